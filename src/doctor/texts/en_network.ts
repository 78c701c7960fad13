/**
 * English: from the machine to an open connection.
 *
 * @module
 */

import type { ControlFact, NameserverFact } from "../facts.ts";
import { attempts, firstOf, time, timeOf } from "../format.ts";
import type { FindingTexts } from "./texts.ts";

const open = (port: number) =>
  `open TCP ${port} outbound to the host in firewall, security group and network ACL`;

/** What one server said. */
function said(fact: NameserverFact): string {
  const { server, tookMs, rcode, fault, unanswered, cnames, addresses, ttl } = fact;
  if (rcode === undefined) return `${server}: ${fault}`;
  const what = addresses.length ? firstOf(addresses) : rcode === "NOERROR" ? "no address" : rcode;
  const valid = ttl === undefined ? "" : `, TTL ${ttl} s`;
  const via = cnames.length ? ` by way of ${cnames.at(-1)}` : "";
  const half = unanswered ? `, ${unanswered} ${fault}` : "";
  return `${server}: ${what}${via} (${time(tookMs ?? 0)}${valid})${half}`;
}

function control({ host, tookMs, fault }: ControlFact): string {
  return tookMs === undefined ? `${host} ${fault}` : `${host} in ${time(tookMs)}`;
}

/** English texts of these checks. */
export const enNetwork: FindingTexts<"dns" | "nameservers" | "answers" | "tcp" | "control"> = {
  "dns.literal": ({ host }) => ({ saw: `${host} is an address: no name to resolve` }),
  "dns.by-proxy": ({ host }) => ({ saw: `the proxy resolves ${host}` }),
  "dns.given": ({ host, addresses }) => ({
    saw: `${host} is taken to be ${firstOf(addresses)}, as you said`,
  }),
  "dns.resolved": ({ host, addresses, tookMs, limitMs }) => ({
    saw: `${host} is ${firstOf(addresses)} (${timeOf(tookMs, limitMs)})`,
  }),
  "dns.slow": ({ host, addresses, tookMs, limitMs }) => ({
    saw: `${host} is ${firstOf(addresses)}, but that took ${timeOf(tookMs, limitMs)}`,
    means: `Resolving ${host} took ${time(tookMs)}, and every new connection waits for it.`,
    remedy:
      "Remove servers from the resolver's configuration that do not answer, or use a nearer one.",
  }),
  "dns.unknown-name": ({ host, documented }) => ({
    saw: `the resolver says that ${host} does not exist`,
    means: `The name ${host} does not exist, says this machine's resolver.`,
    remedy: documented
      ? "The name is right, so the resolver filters it or has no way out itself: try another one, for " +
        "instance with dig @223.5.5.5, and ask the network's owner."
      : "Check its spelling (regions and their hosts: tim doctor --help). If it is right, the " +
        "resolver filters it: try another one, for instance with dig @223.5.5.5.",
  }),
  "dns.silent": ({ host, limitMs }) => ({
    saw: `no answer for ${host} within ${time(limitMs)}`,
    means: `The DNS server does not answer: ${host} got no address within ${time(limitMs)}.`,
    remedy:
      "Check the servers in /etc/resolv.conf (or the system's network settings), and that UDP and " +
      "TCP port 53 to them are open.",
  }),
  "dns.failed": ({ host, detail }) => ({
    saw: `${host} could not be resolved: ${detail}`,
    means: `The DNS server refuses or fails to resolve ${host}.`,
    remedy: "Use another DNS server: this one fails, or does not serve this machine.",
  }),

  "nameservers.asked": ({ servers }) => ({ saw: servers.map(said).join("; ") }),
  "nameservers.partly-dead": ({ servers, dead, host, limitMs }) => ({
    saw: servers.map(said).join("; "),
    means: `The DNS server ${firstOf(dead)} gives no address for ${host} within ${
      time(limitMs)
    }; another one hides that.`,
    remedy:
      "Remove it from the system's configuration: whenever it is asked first, every new connection " +
      "waits for seconds.",
  }),
  "nameservers.half-silent": ({ servers, dead, host, limitMs, unanswered }) => ({
    saw: servers.map(said).join("; "),
    means: `The DNS server ${firstOf(dead)} knows ${host}, but does not answer the question for ` +
      `${unanswered} records within ${time(limitMs)}, and every new connection waits for that.`,
    remedy:
      "Have it answer that question too, if only with no address, or use another DNS server; " +
      "where AAAA is not answered, options no-aaaa in /etc/resolv.conf (glibc 2.36) avoids the question.",
  }),
  "nameservers.hidden": ({ host, servers }) => ({
    saw: servers.map(said).join("; "),
    means: `This network's DNS denies that ${host} exists, while public DNS servers know it.`,
    remedy:
      "A filter or an internal zone hides the name: have it exempted, or use another DNS server.",
  }),
  "nameservers.differ": ({ servers, host, here }) => ({
    saw: servers.map(said).join("; "),
    means: `This network's DNS gives ${host} an address that public DNS does not (${
      firstOf(here)
    }), and another server answers there.`,
    remedy:
      "The answer is most likely forged on the way: use DNS over HTTPS, or a resolver that is not " +
      "tampered with.",
  }),
  "nameservers.split": ({ servers, host, here, public: elsewhere }) => ({
    saw: servers.map(said).join("; "),
    means: `This network's DNS sends ${host} to ${firstOf(here)}, public DNS to ${
      firstOf(elsewhere)
    }.`,
    remedy:
      "Right for a private link; otherwise a filter, or an old internal record: have it removed, or use " +
      "another DNS server.",
  }),
  "nameservers.unseen": ({ servers }) => ({
    saw: servers.length
      ? `none can be asked directly: ${servers.map(said).join("; ")}`
      : "none is known to ask directly",
  }),

  "answers.public": ({ addresses }) => ({
    saw: firstOf(addresses.map(({ address, kind }) => `${address} is ${kind}`)),
  }),
  "answers.private": ({ host, addresses }) => ({
    saw: firstOf(addresses.map(({ address, kind }) => `${address} is ${kind}`)),
    means: `${host} resolves to a private address here: ${
      firstOf(addresses.map(({ address }) => address))
    }.`,
    remedy:
      "Right for a private link; otherwise an old internal DNS record or a filter: remove it.",
  }),
  "answers.fake-ip": ({ addresses }) => ({
    saw:
      `${firstOf(addresses.map(({ address }) => address))}: invented by a proxy program (Clash, ` +
      "mihomo, sing-box, Surge), which resolves the name itself",
  }),
  "answers.nowhere": ({ host, addresses }) => ({
    saw: firstOf(addresses.map(({ address, kind }) => `${address} is ${kind}`)),
    means: `The resolver sends ${host} to ${
      firstOf(addresses.map(({ address, kind }) => `${address} (${kind})`))
    }, where it cannot be.`,
    remedy:
      "A filter, an ad blocker, a hosts file or a forged answer does this: exempt the host there, " +
      "or use another DNS server.",
  }),

  "tcp.by-proxy": ({ host, port }) => ({ saw: `the proxy connects to ${host}:${port}` }),
  "tcp.connected": ({ addresses, limitMs }) => ({
    saw: `connected to ${attempts(addresses)} (limit ${time(limitMs)})`,
  }),
  "tcp.partly": ({ port, addresses, limitMs }) => {
    const dead = addresses.filter(({ fault }) => fault).map(({ address }) => address);
    return {
      saw: `${attempts(addresses)} (limit ${time(limitMs)})`,
      means: `Port ${port} answers on some addresses of the host, but not on ${firstOf(dead)}.`,
      remedy:
        `Calls that try the dead address first wait or fail: ${open(port)}, for every address; ` +
        "if only IPv6 fails, repair it or prefer IPv4 (--dns-result-order=ipv4first).",
    };
  },
  "tcp.refused": ({ host, port, addresses, attempts: count }) => ({
    saw: `${attempts(addresses)} (${count} attempts)`,
    means: `Port ${port} of ${host} is closed: the connection was refused ${count} times.`,
    remedy: `If the host and port are right, a firewall refuses: ${open(port)}.`,
  }),
  "tcp.silent": ({ host, port, addresses, limitMs }) => ({
    saw: `${attempts(addresses)} after ${time(limitMs)}`,
    means: `Port ${port} of ${host} does not answer: no connection within ${time(limitMs)}.`,
    remedy:
      `Something drops the packets: ${
        open(port)
      }; in a cloud, check that there is a public address or ` +
      "a NAT gateway.",
  }),
  "tcp.unreachable": ({ host, addresses, attempts: count }) => ({
    saw: `${attempts(addresses)} (${count} attempts)`,
    means: `There is no route from this machine to ${host}.`,
    remedy: "Check that the machine is online: network interface, default route, NAT gateway.",
  }),
  "tcp.failed": ({ host, port, detail }) => ({
    saw: detail,
    means: `No connection to port ${port} of ${host} comes about.`,
    remedy: `Check firewall and route: ${open(port)}.`,
  }),

  "control.spared": () => ({ saw: "not needed: the host itself can be connected to" }),
  "control.answers": ({ hosts }) => ({
    saw: `unrelated hosts answer, so it is not the whole network: ${hosts.map(control).join(", ")}`,
  }),
  "control.nobody": ({ hosts }) => ({
    saw: `unrelated hosts do not answer either: ${hosts.map(control).join(", ")}`,
    means: `This machine reaches no HTTPS host at all: neither this one nor ${
      firstOf(hosts.map(({ host }) => host))
    }.`,
    remedy:
      "Open TCP 443 outbound in firewall, security group and network ACL; in a cloud, check the " +
      "default route and that there is a public address or a NAT gateway.",
  }),
  "control.same-issuer": ({ hosts, issuer }) => ({
    saw: `unrelated hosts have certificates of ${issuer} too: ${hosts.map(control).join(", ")}`,
    means: `All TLS of this machine is decrypted on the way: unrelated hosts show certificates ` +
      `from "${issuer}" too, which this runtime does not trust.`,
    remedy:
      "Have the host exempted from decryption, since every URL carries a UserSig; or give the " +
      "runtime that root: NODE_EXTRA_CA_CERTS=root.pem (here also --ca root.pem).",
  }),
};
