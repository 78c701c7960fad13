/**
 * Ordinary commands that show what a check saw, to paste into a shell.
 *
 * @module
 */

import { regions } from "../../core/regions.ts";
import { isAddress } from "../checks/dns.ts";
import { COMMAND } from "../connections.ts";
import { authority, type Target } from "../target.ts";

/**
 * What the caller gave, and a command must repeat to see the same.
 *
 * @example What the report's commands repeat
 * ```ts
 * import { type Given, renderJson, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const options = { platform: hostPlatform(), host: "chat.example.com:1", only: ["tcp"] };
 * const report = await runDoctor({ ...options, resolve: ["127.0.0.1"] });
 * const { resolve }: Given = report.given;
 * console.log(resolve?.join()); // 127.0.0.1
 * console.log(renderJson(report).findings.at(-1)?.command); // nc -vz -w 5 127.0.0.1 1
 * ```
 */
export interface Given {
  /** Addresses in place of what the resolver says. */
  resolve?: readonly string[];
  /** File of a further root to trust. */
  caFile?: string;
  /** How long an idle connection was watched, in milliseconds. */
  idleMs?: number;
}

/** Phases as `curl` names them. */
const PHASES = "dns %{time_namelookup} tcp %{time_connect} tls %{time_appconnect} " +
  "first byte %{time_starttransfer} total %{time_total}\\n";
/** Checks of a name: an address has none to look up, and with given addresses nobody looks it up. */
const OF_NAMES = ["dns", "nameservers", "egress", "answers", "hosts"];

/**
 * The command for a check; nothing where no ordinary command shows the same.
 *
 * @param check The check's name.
 * @param target The host under examination.
 * @param given What a command must repeat.
 */
export function shellCommand(check: string, target: Target, given: Given = {}): string | undefined {
  const { host, secure } = target;
  if ((isAddress(host) || given.resolve?.length) && OF_NAMES.includes(check)) return undefined;
  if (!secure && (check === "tls" || check === "resumption")) return undefined;
  return commands(target, given)[check];
}

function commands(target: Target, given: Given): Record<string, string> {
  const { host, port, secure, baseUrl } = target;
  const { resolve = [], caFile, idleMs = 0 } = given;
  const bracket = (address: string) => address.includes(":") ? `[${address}]` : address;
  const root = `${secure ? "https" : "http"}://${authority(target)}/`;
  const call = `'${baseUrl}/v4/${COMMAND}?contenttype=json'`;
  const trusted = caFile === undefined || !secure ? "" : quote(caFile);
  const curl = [
    "curl -sS",
    ...(resolve.length
      ? [`--resolve ${quote(`${bracket(host)}:${port}:${resolve.map(bracket).join(",")}`)}`]
      : []),
    ...(trusted && [`--cacert ${trusted}`]),
  ].join(" ");
  const reached = resolve[0] ?? host;
  const named = isAddress(host) ? `-verify_ip ${host}` : `-servername ${host}`;
  const check = isAddress(host) ? "" : ` -verify_hostname ${host}`;
  const handshake = `openssl s_client -connect ${bracket(reached)}:${port} ${named}` +
    (trusted && ` -CAfile ${trusted}`);
  const post = `${curl} -H 'content-type: application/json' -d '{}'`;
  const line = `HEAD / HTTP/1.1\\r\\nHost: ${authority(target)}\\r\\n\\r\\n`;
  const hosts = regions.filter(({ status }) => status === "documented")
    .flatMap((region) => [region.host, region.backupHost]).join(" ");
  return {
    runtime: "env | grep -E '^(NODE|DENO|BUN|SSL)_'",
    proxy: "env | grep -i _proxy",
    hosts: `grep -n ${host} /etc/hosts`,
    routes: "ip route show default; ip -6 route show default",
    resolvers: "resolvectl dns 2>/dev/null || cat /etc/resolv.conf",
    dns: `dig ${host} A ${host} AAAA +noall +answer +comments +stats`,
    nameservers: `dig @119.29.29.29 ${host} +short; dig ${host} +short`,
    egress: "dig whoami.ds.akahelp.net TXT +short; dig @208.67.222.222 myip.opendns.com +short",
    answers: `getent ahosts ${host}`,
    tcp: `nc -vz -w 5 ${reached} ${port}`,
    tls: `${handshake}${check} -brief </dev/null`,
    resumption: `s=$(mktemp); (sleep 1) | ${handshake} -sess_out $s >/dev/null 2>&1; ` +
      `${handshake} -sess_in $s </dev/null 2>/dev/null | grep -E '^(New|Reused),'; rm $s`,
    control: "curl -sSI https://dns.alidns.com/ https://one.one.one.one/",
    head: `${curl} -I ${root}`,
    post: `${post} -w '\\n${PHASES}' ${call}`,
    large: `head -c 8192 /dev/zero | tr '\\0' x | ${curl} --data-binary @- -m 10 ${call}`,
    reuse: `${post} -v ${call} ${call} 2>&1 | grep -iE '^(\\*.* connection|< (HTTP|connection))'`,
    // One line "HTTP" for each answer: two, if the connection has outlived the pause.
    idle: `(printf '${line}'; sleep ${Math.ceil(idleMs / 1000)}; printf '${line}'; sleep 2) | ` +
      `${secure ? `${handshake} -quiet 2>/dev/null` : `nc ${reached} ${port}`} | grep ^HTTP`,
    clock: `${curl} -I ${root} | grep -i ^date; date -u`,
    regions: `for h in ${hosts}; do ` +
      `curl -sSI -o /dev/null -w "$h tcp %{time_connect} tls %{time_appconnect}\\n" https://$h/; done`,
  };
}

/** A word of the shell, in quotes where it needs them. */
function quote(word: string): string {
  return /^[\w./:,[\]-]+$/.test(word) && !/[[\]]/.test(word)
    ? word
    : `'${word.replaceAll("'", `'\\''`)}'`;
}
