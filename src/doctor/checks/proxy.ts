/**
 * Do the runtime's calls go through a proxy, and does it let them through?
 *
 * @module
 */

import { attempt, type Check, conclude, type Conclusion, type Examination } from "../check.ts";
import { throughProxy } from "../connections.ts";
import { ProbeError } from "../platform.ts";
import { isAddress } from "./dns.ts";

/** Reads the proxy variables as the runtime does, and tries the proxy. */
export const proxyCheck: Check = {
  id: "proxy",
  needs: [],
  async examine(examination: Examination): Promise<Conclusion> {
    const { platform: { env, runtime: { name } }, target: { host, secure } } = examination;
    const variable = ["https_proxy", "HTTPS_PROXY"].find((each) => env[each]);
    if (!variable || !secure) return conclude("ok", "proxy.none", {});
    const value = env[variable]!;
    const url = URL.canParse(value) ? new URL(value) : new URL(`http://${value}`);
    const facts = { variable, proxy: `${url.protocol}//${url.host}`, name };
    if (name === "Node" && env.NODE_USE_ENV_PROXY !== "1") {
      return conclude("info", "proxy.ignored", facts);
    }
    if (isExempt(host, env.no_proxy ?? env.NO_PROXY ?? "")) {
      return conclude("info", "proxy.exempt", { ...facts, host });
    }
    if (url.protocol !== "http:") return conclude("unknown", "proxy.unsupported", facts);
    return await tryProxy(examination, url, facts);
  },
};

async function tryProxy(
  examination: Examination,
  url: URL,
  facts: { variable: string; proxy: string; name: string },
): Promise<Conclusion> {
  const { platform, target: { host }, timeoutMs, evidence } = examination;
  const name = url.hostname.replace(/^\[|\]$/g, "");
  const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const outcome = await attempt(platform, async () => {
    const [first] = isAddress(name) ? [{ address: name }] : await platform.lookup(name, timeoutMs);
    if (!first) throw new ProbeError("no-name", `${name} has no address`);
    const proxy = {
      address: first.address,
      port: Number(url.port) || 80,
      ...(url.username && { authorization: `Basic ${btoa(login)}` }),
    };
    const { connection, status } = await throughProxy(examination, proxy);
    connection.close();
    return { proxy, status };
  });
  if ("error" in outcome) {
    return conclude("error", "proxy.dead", { ...facts, fault: outcome.error.kind });
  }
  const { proxy, status } = outcome.value;
  if (status !== 200) return conclude("error", "proxy.refuses", { ...facts, host, status });
  evidence.proxy = proxy;
  return conclude("info", "proxy.works", { ...facts, tookMs: outcome.tookMs });
}

/** `NO_PROXY` holds names that stand for themselves and all below them, or `*`. */
function isExempt(host: string, noProxy: string): boolean {
  return noProxy.split(/[\s,]+/).filter(Boolean).some((entry) => {
    const name = entry.replace(/:\d+$/, "").replace(/^\*?\./, "").toLowerCase();
    return entry === "*" || host === name || host.endsWith(`.${name}`);
  });
}
