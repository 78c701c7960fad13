/**
 * What the help of `tim doctor` says besides its options: whom it asks, its checks, the regions.
 *
 * @module
 */

import { regions } from "../../core/regions.ts";
import { allChecks } from "../../doctor/checks/all.ts";
import { wrap } from "../help_text.ts";

/** Writes it. */
export function doctorNotes(): string {
  const hosts = regions.map(({ id, label, host, backupHost }) =>
    `  ${id.padEnd(4)} ${label.padEnd(15)} ${host.padEnd(26)} ${backupHost}`
  ).join("\n");
  const names = allChecks.map(({ id }) => id);
  const checks = wrap(names.join(" "), "  ");
  return `${wrap(SOURCES)}

Checks:
${checks}

Regions, their hosts and backup hosts:
${hosts}`;
}

const SOURCES = `Without --host and --region, TIM_REGION or TIM_BASE_URL says where to look; \
without these, it is China's host. NO_COLOR is honoured. Ctrl-C prints what is known by then.

It asks the host itself and the configured DNS servers; for a documented host also the hosts of all \
regions, by TLS handshakes. When TIM_SDK_APP_ID and TIM_SECRET_KEY are set (TIM_IDENTIFIER: \
administrator), it makes one signed call that only reads, over a verified certificate, and if the host \
does not know the app, the same call to the other regions' hosts; the key never leaves this machine.

--no-third-party leaves out whom it asks besides:
  doh.pub (DNSPod) and cloudflare-dns.com, for the host's name, to compare with;
    they see that name and this machine's address
  whoami.ds.akahelp.net, whoami.v4.powerdns.org, o-o.myaddr.l.google.com and
    myip.opendns.com, by DNS, for the addresses with which this machine and its
    DNS servers go out; and cymru.com, by DNS, for the networks of these
  223.5.5.5 (dns.alidns.com) and 1.1.1.1, by a TLS handshake, only after the
    host has failed: do they answer?

The project file switches checks off and accepts findings, for a reason and until a day:
  {"off": ["large"], "accept":
    [{"id": "reuse.closed", "reason": "...", "until": "2027-01-31"}]}`;
