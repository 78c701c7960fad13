/**
 * The help of `tim doctor`, which also says whom it asks.
 *
 * @module
 */

import { regions } from "../core/regions.ts";
import { allChecks } from "../doctor/checks/all.ts";
import { languages } from "../doctor/texts/all.ts";

/** Writes it. */
export function doctorHelp(): string {
  const hosts = regions.map(({ id, label, host, backupHost }) =>
    `  ${id.padEnd(4)} ${label.padEnd(15)} ${host.padEnd(26)} ${backupHost}`
  ).join("\n");
  const names = allChecks.map(({ id }) => id);
  const half = Math.ceil(names.length / 2);
  const checks = `  ${names.slice(0, half).join(" ")}\n  ${names.slice(half).join(" ")}`;
  return `Finds out why calls to the backend fail from this machine, or that they
should not.

Usage: deno task doctor [options]        (or: tim doctor [options])
       tim doctor diff A.json B.json     (what differs between two reports)

  --host HOST[:PORT]   the host to look at, over HTTPS
  --region REGION      the host of a region, see below
  --resolve HOST:IP    connect to this address in place of what DNS says;
                       repeatable
  --ca FILE            trust this root certificate (PEM) too, for a private host
  --timeout SECONDS    the longest a single probe may take (5; a call gets 4 at
                       least)
  --only CHECK,...     only these checks, and those they need; see below
  --idle SECONDS       watch how long an idle connection lives; takes that time
  --regions            measure every region's host, and find the app's own, even
                       for a host of your own; --no-regions: not even for a
                       documented one
  --no-credentials     make no signed call, even if TIM_SDK_APP_ID and
                       TIM_SECRET_KEY are set
  --no-third-party     ask nobody but the backend's hosts and the configured
                       DNS servers
  --config FILE        the project file (tim-doctor.json), see below
  --watch SECONDS      look again and again; Ctrl-C ends it
  --json               the report as JSON, for programs; --schema prints its
                       JSON Schema
  --html FILE          the report as one HTML page
  --report FILE        the report as JSON to attach to a ticket: no key, no
                       user name
  --lang LANGUAGE      ${languages.join(", ")}; otherwise the locale's
  --strict             warnings give exit code 3
  -h, --help           this text

Without --host and --region, TIM_REGION or TIM_BASE_URL says where to look;
without these, it is China's host. NO_COLOR is honoured. Ctrl-C prints what is
known by then.

Whom it asks: the host itself and the configured DNS servers; for a documented
host also the hosts of all regions, by TLS handshakes. When TIM_SDK_APP_ID and
TIM_SECRET_KEY are set (TIM_IDENTIFIER: administrator), it makes one signed
call that only reads, over a verified certificate, and if the host does not
know the app, the same call to the other regions' hosts. The key never leaves
this machine.

--no-third-party leaves out whom it asks besides:
  doh.pub (DNSPod) and cloudflare-dns.com, for the host's name, to compare with;
    they see that name and this machine's address
  whoami.ds.akahelp.net, whoami.v4.powerdns.org, o-o.myaddr.l.google.com and
    myip.opendns.com, by DNS, for the addresses with which this machine and its
    DNS servers go out; and cymru.com, by DNS, for the networks of these
  223.5.5.5 (dns.alidns.com) and 1.1.1.1, by a TLS handshake, only after the
    host has failed: do they answer?

The project file switches checks off and accepts findings, for a reason and
until a day:
  {"off": ["large"], "accept": [
    {"id": "reuse.closed", "reason": "...", "until": "2027-01-31"}]}

Examples:
  deno task doctor --region sgp
  deno task doctor --host console.tim.qq.com --json > report.json
  deno task doctor --only tls,clock --html report.html
  TIM_BASE_URL=http://127.0.0.1:8788 deno task doctor      (a local emulator)
  deno task doctor --host tim.internal:8443 --ca company-root.pem

Exit codes: 0 healthy, 1 a problem, 2 used wrongly, 3 warnings (--strict),
4 could not look

Checks:
${checks}

Regions, their hosts and backup hosts:
${hosts}
`;
}
