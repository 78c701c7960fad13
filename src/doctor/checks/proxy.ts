/**
 * Do the runtime's calls go through a proxy, and does it let them through?
 *
 * @module
 */

import { toBase64 } from "../../core/base64.ts";
import { utf8 } from "../../core/utf8.ts";
import { attempt, type Check, conclude, type Conclusion, type Examination } from "../check.ts";
import { addressOf, throughProxy } from "../connections.ts";
import type { Target } from "../target.ts";

/** The variables that each runtime looks at for HTTPS, the one that counts first; measured, for they differ. */
const VARIABLES: Record<string, string[]> = {
  Deno: ["ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy"],
  Bun: ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"],
  Node: ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"],
};

/** Reads the proxy variables as the runtime does, and tries the proxy. */
export const proxyCheck: Check = {
  id: "proxy",
  needs: [],
  async examine(examination: Examination): Promise<Conclusion> {
    const { platform: { env, runtime }, target } = examination;
    const { name } = runtime;
    const variable = (VARIABLES[name] ?? ["https_proxy", "HTTPS_PROXY"]).find((each) => env[each]);
    if (!variable || !target.secure) return conclude("ok", "proxy.none", {});
    const url = readProxy(env[variable]!);
    const facts = { variable, proxy: url ? `${url.protocol}//${url.host}` : "***", name };
    if (name === "Node" && !nodeObeys(env, runtime.version)) {
      return conclude("info", "proxy.ignored", facts);
    }
    if (isExempt(target, env, name)) {
      return conclude("info", "proxy.exempt", { ...facts, host: target.host });
    }
    if (url?.protocol !== "http:") return conclude("unknown", "proxy.unsupported", facts);
    return await tryProxy(examination, url, facts);
  },
};

async function tryProxy(
  examination: Examination,
  url: URL,
  facts: { variable: string; proxy: string; name: string },
): Promise<Conclusion> {
  const { platform, target: { host }, evidence } = examination;
  const name = url.hostname.replace(/^\[|\]$/g, "");
  const port = Number(url.port) || 80;
  const login = `${unescaped(url.username)}:${unescaped(url.password)}`;
  const outcome = await attempt(platform, async () => {
    const proxy = {
      address: await addressOf(examination, name, port),
      port,
      ...(url.username && { authorization: `Basic ${toBase64(utf8(login))}` }),
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

/** A proxy as people write it: mostly with its scheme, sometimes `HOST:PORT` alone. */
function readProxy(value: string): URL | undefined {
  const url = /^[a-z][a-z\d+.-]*:\/\//i.test(value.trim()) ? value : `http://${value.trim()}`;
  return URL.canParse(url) ? new URL(url) : undefined;
}

/** A part of a URL without its escapes; one with a bare `%` in it is meant as it stands. */
function unescaped(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Node obeys these variables when it is told to, and only since 22.21 and 24. */
function nodeObeys(
  { NODE_USE_ENV_PROXY, NODE_OPTIONS = "" }: Record<string, string | undefined>,
  version: string,
): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const told = NODE_USE_ENV_PROXY === "1" || /(^|\s)--use-env-proxy(\s|$)/.test(NODE_OPTIONS);
  return told && (major >= 24 || major === 22 && minor >= 21);
}

/**
 * `NO_PROXY` holds names that stand for themselves and all below them, or `*`. Deno takes them as they stand:
 * in small letters, without a port, and with no `*.` before them.
 */
function isExempt(
  { host, port }: Target,
  { no_proxy: small, NO_PROXY: capital }: Record<string, string | undefined>,
  runtime: string,
): boolean {
  const list = (runtime === "Node" ? small ?? capital : small || capital) ?? "";
  return list.split(/[\s,]+/).filter(Boolean).some((entry) => {
    if (entry === "*") return true;
    if (runtime === "Deno") return isBelow(host, entry.replace(/^\./, ""));
    const [, name = entry, only] = /^([^:]+|\[.*\]):(\d+)$/.exec(entry) ?? [];
    const plain = name.replace(/^\*?\./, "").replace(/^\[|\]$/g, "").toLowerCase();
    return (only === undefined || Number(only) === port) && isBelow(host, plain);
  });
}

function isBelow(host: string, name: string): boolean {
  return host === name || host.endsWith(`.${name}`);
}
