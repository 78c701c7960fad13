/**
 * English.
 *
 * @module
 */

import { attempts, duration, firstOf, size, time, timeOf } from "../format.ts";
import type { SampleFacts } from "../facts.ts";
import type { FindingText, Texts } from "./texts.ts";

const day = (iso: string) => iso.slice(0, 10);
const days = (count: number) => count === 1 ? "1 day" : `${count} days`;
const named = (server: string) => server && ` (server: ${server})`;
const skew = (skewMs: number) =>
  `${duration(Math.abs(skewMs))} ${skewMs > 0 ? "ahead of" : "behind"} the server's`;

const TRUST =
  "If your network decrypts TLS on purpose, give the runtime its root: NODE_EXTRA_CA_CERTS=root.pem " +
  "on Node, Bun and Deno, or --ca root.pem here. If not, somebody else reads along: do not send a UserSig.";
const open = (port: number) =>
  `open TCP ${port} outbound to the host in firewall, security group and network ACL`;
const CLOCK = "Set the clock (NTP; after sleep or in WSL: sudo hwclock -s).";

/** What a skew does to signatures; how far ahead the backend bears is not documented. */
function clock(skewMs: number): string {
  return skewMs > 0
    ? "a UserSig signed here claims to come from the future, which the backend may refuse"
    : "a UserSig signed here ends that much earlier (code 70001, expired)";
}

/** The times of a series of calls. */
function spread({ samples, answered, p50Ms, p90Ms, p99Ms, worstMs, limitMs }: SampleFacts): string {
  const count = answered === samples
    ? `${samples} calls`
    : `${answered} of ${samples} calls answered`;
  return `${count}: p50 ${time(p50Ms)}, p90 ${time(p90Ms)}, p99 ${time(p99Ms)}, worst ${
    timeOf(worstMs, limitMs)
  }`;
}

function httpFault(fault: string): FindingText {
  if (fault === "closed" || fault === "reset") {
    return { saw: fault === "closed" ? "closed without an answer" : "reset without an answer" };
  }
  return { saw: fault === "not-http" ? "the answer is not HTTP" : fault };
}

/** The English texts. */
export const en: Texts = {
  checks: {
    dns: "DNS",
    tcp: "TCP",
    tls: "TLS",
    head: "HEAD /",
    post: "POST",
    large: "8 KB",
    reuse: "Reuse",
    clock: "Clock",
  },
  findings: {
    "dns.literal": ({ host }) => ({ saw: `${host} is an address: no name to resolve` }),
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
    "dns.unknown-name": ({ host }) => ({
      saw: `the resolver says that ${host} does not exist`,
      means: `The name ${host} does not exist, says this machine's resolver.`,
      remedy:
        "Check its spelling (regions and their hosts: deno task doctor --help). If it is right, the " +
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

    "tls.none": ({ url }) => ({ saw: `${url} is plain HTTP: no TLS to look at` }),
    "tls.trusted": ({ protocol, alpn, issuer, chain, daysLeft, tookMs, limitMs }) => ({
      saw: `${protocol}, ${alpn || "no ALPN"}, issuer ${issuer} (chain of ${chain.length}), ` +
        `${days(daysLeft)} left, ${timeOf(tookMs, limitMs)}`,
    }),
    "tls.expiring": ({ host, protocol, issuer, daysLeft, validTo }) => ({
      saw: `${protocol}, issuer ${issuer}, only ${days(daysLeft)} of 14 left`,
      means: `The certificate of ${host} ends in ${days(daysLeft)}, on ${day(validTo)}.`,
      remedy: "Have it renewed by whoever runs the host; after that day every call fails.",
    }),
    "tls.expired": ({ host, issuer, validTo, now, days: count }) => ({
      saw: `the certificate (issuer ${issuer}) ended on ${day(validTo)}, ${days(count)} ago`,
      means: `The certificate of ${host} expired on ${day(validTo)}; this machine's date is ${
        day(now)
      }.`,
      remedy: "If that date is right, whoever runs the host must renew it. If not: " + CLOCK,
    }),
    "tls.not-yet-valid": ({ host, issuer, validFrom, now }) => ({
      saw: `the certificate (issuer ${issuer}) begins on ${day(validFrom)}`,
      means: `The certificate of ${host} is valid from ${
        day(validFrom)
      } only; this machine's date is ${day(now)}.`,
      remedy: "Most likely this machine's clock is behind. " + CLOCK,
    }),
    "tls.wrong-name": ({ host, names, issuer }) => ({
      saw: `the certificate is for ${firstOf(names, 3)} (issuer ${issuer})`,
      means: `Another server answers for ${host}: its certificate is for ${firstOf(names)}.`,
      remedy:
        "Check the DNS answer and the hosts file; a captive portal or a filter answers like this too.",
    }),
    "tls.untrusted": ({ host, issuer, code, chain }) => ({
      saw: `issuer ${issuer} is not trusted: ${code} (chain of ${chain.length})`,
      means:
        `The certificate of ${host} comes from "${issuer}", which this runtime does not trust.`,
      remedy: TRUST,
    }),
    "tls.old-version": ({ host }) => ({
      saw: "no TLS version in common",
      means: `${host} offers only TLS versions that this runtime refuses as unsafe.`,
      remedy:
        "The backend speaks TLS 1.2 and later: an old proxy stands in between; have it updated.",
    }),
    "tls.not-tls": ({ host, port }) => ({
      saw: "the answer to the TLS handshake is not TLS",
      means:
        `Port ${port} of ${host} does not speak TLS: plain HTTP or another protocol answers there.`,
      remedy: "Check the port. For an emulator without TLS use TIM_BASE_URL=http://127.0.0.1:PORT.",
    }),
    "tls.reset": ({ host, attempts: count }) => ({
      saw: `the connection was cut within the handshake (${count} attempts)`,
      means:
        `TCP connects, but the TLS handshake with ${host} is cut off, ${count} times out of ${count}.`,
      remedy:
        "A filter that matches the host's name does this, or a server that closes at once: ask the " +
        "network's owner, and try the backup host (names: deno task doctor --help).",
    }),
    "tls.silent": ({ host, limitMs }) => ({
      saw: `no handshake within ${time(limitMs)}`,
      means: `${host} accepts the connection, but its TLS handshake does not come within ${
        time(limitMs)
      }.`,
      remedy:
        "A filter that swallows TLS, or too large an MTU (try 1400), does this; so does an overloaded " +
        "server.",
    }),
    "tls.failed": ({ host, detail }) => ({
      saw: detail,
      means: `The TLS handshake with ${host} fails.`,
      remedy: `See for yourself: openssl s_client -connect ${host}:443 -servername ${host}`,
    }),

    "head.ok": ({ status, server, tookMs, limitMs }) => ({
      saw: `${status}${named(server)}, ${timeOf(tookMs, limitMs)}`,
    }),
    "head.redirect": ({ host, status, location }) => ({
      saw: `${status} to ${location}`,
      means:
        `HEAD / of ${host} is redirected (${status}) to ${location}, which the backend never does.`,
      remedy: "A captive portal or a proxy answers: log in with a browser, or exempt the host.",
    }),
    "head.status": ({ host, status, server }) => ({
      saw: `${status} instead of 200${named(server)}`,
      means: `HEAD / of ${host} is answered ${status} instead of 200${named(server)}.`,
      remedy:
        "A firewall for web traffic or a proxy in between answers: ask its owner to let the host pass.",
    }),
    "head.silent": ({ host, limitMs }) => ({
      saw: `no answer within ${time(limitMs)}`,
      means: `HEAD / of ${host} gets no answer within ${time(limitMs)}.`,
      remedy: "Something in between swallows HEAD requests; calls are POSTs, see the line POST.",
    }),
    "head.failed": ({ host, fault, detail }) => ({
      saw: `${httpFault(fault).saw}: ${detail}`,
      means: `HEAD / of ${host} gets no proper answer (${httpFault(fault).saw}).`,
      remedy: "A proxy in between answers or breaks off; ask its owner to let the host pass.",
    }),

    "post.ok": (facts) => ({
      saw: `${spread(facts)}; a client should wait ${time(facts.clientTimeoutMs)}`,
    }),
    "post.near-limit": (facts) => ({
      saw: spread(facts),
      means: `Calls to ${facts.host} come near the backend's limit: worst ${
        timeOf(facts.worstMs, facts.limitMs)
      }.`,
      remedy: "Use the host of the app's own region from a machine near it, and let clients wait " +
        `${time(facts.clientTimeoutMs)} for an answer.`,
    }),
    "post.slow": (facts) => ({
      saw: spread(facts),
      means: `Calls to ${facts.host} are too slow: ${
        timeOf(facts.p50Ms, facts.limitMs)
      }, the backend's own limit.`,
      remedy:
        "The connection is fast enough, so the backend or a proxy is slow: let clients wait " +
        `${
          time(facts.clientTimeoutMs)
        }, check the region, and report it with the time of this run.`,
    }),
    "post.silent": ({ host, samples, timeoutMs }) => ({
      saw: `none of ${samples} calls answered within ${time(timeoutMs)}`,
      means: `${host} takes calls but answers none of ${samples} within ${time(timeoutMs)}.`,
      remedy:
        "The way there is open, so the backend or a proxy in front of it hangs: try again, then the " +
        "backup host.",
    }),
    "post.partly-silent": ({ timeoutMs, ...facts }) => ({
      saw: `${spread(facts)}; the others not within ${time(timeoutMs)}`,
      means: `Only ${facts.answered} of ${facts.samples} calls to ${facts.host} were answered.`,
      remedy:
        "Packets are lost, or one of several servers hangs: try the backup host, and repeat only " +
        "calls that may happen twice.",
    }),
    "post.status": ({ host, status, server }) => ({
      saw: `HTTP ${status} instead of 200${named(server)}`,
      means: `Calls to ${host} are answered HTTP ${status}; the backend itself always answers 200.`,
      remedy: "A proxy or gateway in between answers: look there.",
    }),
    "post.not-json": ({ host, contentType, beginning }) => ({
      saw: `the answer is ${contentType || "of no type"}, not JSON: ${beginning}`,
      means: `Something else answers in place of ${host}: a call gets ${
        /html|^<!?\w/i.test(contentType + beginning) ? "an HTML page" : "text"
      } instead of JSON.`,
      remedy:
        "A captive portal, a proxy or another web server: check host, port and network log-in.",
    }),
    "post.not-envelope": ({ host, beginning }) => ({
      saw: `JSON without ActionStatus and ErrorCode: ${beginning}`,
      means: `Something else answers in place of ${host}: its JSON is not the backend's.`,
      remedy: "Check host and port: another service or a gateway answers there.",
    }),
    "post.failed": ({ host, fault, detail }) => ({
      saw: `${httpFault(fault).saw}: ${detail}`,
      means: `Calls to ${host} get no proper answer (${httpFault(fault).saw}).`,
      remedy:
        "A proxy in between, or the server, breaks off: try the backup host and other networks.",
    }),

    "large.ok": ({ bytes, worstMs, limitMs }) => ({
      saw: `bodies of ${size(bytes)} are answered too, worst ${timeOf(worstMs, limitMs)}`,
    }),
    "large.silent": ({ host, bytes, samples, timeoutMs }) => ({
      saw: `none of ${samples} bodies of ${size(bytes)} answered within ${time(timeoutMs)}`,
      means: `Small calls to ${host} are answered, but no body of ${
        size(bytes)
      }: large packets get lost.`,
      remedy: "A path-MTU hole: lower the MTU (ip link set dev eth0 mtu 1400; in Docker --opt " +
        "com.docker.network.driver.mtu=1400), or let ICMP type 3 code 4 through.",
    }),
    "large.status": ({ host, bytes, status, server }) => ({
      saw: `a body of ${size(bytes)} gets HTTP ${status}${named(server)}`,
      means: `Calls with ${size(bytes)} to ${host} are refused on the way with HTTP ${status}.`,
      remedy: "A proxy in between limits the size of bodies: raise its limit.",
    }),
    "large.failed": ({ host, bytes, fault, detail }) => ({
      saw: `${httpFault(fault).saw}: ${detail}`,
      means: `Small calls to ${host} are answered, but a body of ${size(bytes)} is not (${
        httpFault(fault).saw
      }).`,
      remedy:
        "Something on the way breaks off large requests: a proxy's limit, or a path-MTU hole.",
    }),

    "reuse.kept": ({ firstMs, secondMs, handshakeMs }) => ({
      saw: `second call over the same connection in ${time(secondMs)} (first ${time(firstMs)}); ` +
        `saves a handshake of ${time(handshakeMs)}`,
    }),
    "reuse.closed": ({ host, announced, handshakeMs }) => ({
      saw: `closed after one answer${announced ? " (connection: close)" : ""}; ` +
        `each call pays a handshake of ${time(handshakeMs)}`,
      means:
        `${host} closes the connection after every answer, so each call costs a new handshake of ${
          time(handshakeMs)
        }.`,
      remedy: "The backend itself keeps connections: let the proxy in between do so too.",
    }),
    "reuse.failed": ({ detail }) => ({ saw: detail }),

    "clock.right": ({ skewMs, limitMs }) => ({
      saw: Math.abs(skewMs) < 1000
        ? `within 1 s of the server's (limit ${time(limitMs)})`
        : `${skew(skewMs)} (limit ${time(limitMs)})`,
    }),
    "clock.off": ({ skewMs, limitMs }) => ({
      saw: `${skew(skewMs)} (limit ${time(limitMs)})`,
      means: `This machine's clock is ${skew(skewMs)}.`,
      remedy: CLOCK,
    }),
    "clock.wrong": ({ skewMs, limitMs, server, here }) => ({
      saw: `${skew(skewMs)} (limit ${duration(limitMs)}): here ${here}, server ${server}`,
      means: `This machine's clock is ${skew(skewMs)}: ${clock(skewMs)}.`,
      remedy: CLOCK,
    }),
    "clock.unknown": () => ({ saw: "no answer carried a date to compare with" }),

    "check.skipped": ({ because }) => ({ saw: `skipped because ${en.checks[because]} failed` }),
    "check.not-permitted": ({ detail }) => ({
      saw: `not permitted: ${detail}`,
      means: "The doctor may not look: this process is not permitted to use the network.",
      remedy: "Run it with that permission (deno run --allow-net --allow-env --allow-read).",
    }),
    "check.broken": ({ detail }) => ({
      saw: `the check itself failed: ${detail}`,
      means: "A check of the doctor failed by itself; nothing else was found.",
      remedy: "Please report this with the output of --json.",
    }),
  },
  healthy: (host) =>
    `${host} is healthy from here: names, port, certificate, calls and clock are fine.`,
  unexplained: "Something is wrong that has no name yet; see the findings.",
  remedy: "What to do",
  verdict: { ok: "Healthy", warning: "Works, but", error: "Unhealthy", unknown: "Could not look" },
  lookedAt: (url, runtime, tookMs) => `Looked at ${url} from ${runtime} in ${time(tookMs)}.`,
};
