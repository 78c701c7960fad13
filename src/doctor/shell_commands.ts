/**
 * Ordinary commands that show what a check saw, to paste into a shell.
 *
 * @module
 */

import { COMMAND } from "./connections.ts";
import { authority, type Target } from "./target.ts";

/** Phases as `curl` names them. */
const PHASES = "dns %{time_namelookup} tcp %{time_connect} tls %{time_appconnect} " +
  "first byte %{time_starttransfer} total %{time_total}\\n";

/**
 * The command for a check; nothing where no ordinary command shows the same.
 *
 * @param check The check's name.
 * @param target The host under examination.
 */
export function shellCommand(check: string, target: Target): string | undefined {
  const { host, port, secure, baseUrl } = target;
  const bracketed = host.includes(":") ? `[${host}]` : host;
  const root = `${secure ? "https" : "http"}://${authority(target)}/`;
  const call = `'${baseUrl}/v4/${COMMAND}?contenttype=json'`;
  const post = "-sS -H 'content-type: application/json' -d '{}'";
  const commands: Record<string, string> = {
    proxy: "env | grep -i _proxy",
    hosts: `grep -n ${host} /etc/hosts`,
    routes: "ip route show default; ip -6 route show default",
    resolvers: "cat /etc/resolv.conf; resolvectl dns",
    dns: `dig ${host} A ${host} AAAA +noall +answer +stats`,
    nameservers: `dig @119.29.29.29 ${host} +short; dig ${host} +short`,
    egress: "dig whoami.ds.akahelp.net TXT +short; dig @208.67.222.222 myip.opendns.com +short",
    answers: `getent ahosts ${host}`,
    tcp: `nc -vz -w 5 ${host} ${port}`,
    tls: `openssl s_client -connect ${bracketed}:${port} -servername ${host} -brief </dev/null`,
    control: "curl -sSI https://dns.alidns.com/ https://one.one.one.one/",
    head: `curl -sSI ${root}`,
    post: `curl ${post} -w '\\n${PHASES}' ${call}`,
    large: `head -c 8192 /dev/zero | tr '\\0' x | curl -sS --data-binary @- -m 10 ${call}`,
    reuse: `curl ${post} -v ${call} ${call} 2>&1 | grep -i connection`,
    clock: `curl -sSI ${root} | grep -i ^date; date -u`,
  };
  // An address has no name to look up.
  const named = /[a-z]/i.test(host) && !host.includes(":");
  if (!named && ["dns", "nameservers", "egress", "answers", "hosts"].includes(check)) {
    return undefined;
  }
  if (!secure && check === "tls") return undefined;
  return commands[check];
}
