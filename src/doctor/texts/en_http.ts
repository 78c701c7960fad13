/**
 * English: calls, connections and the clock.
 *
 * @module
 */

import type { SampleFacts } from "../facts.ts";
import { AT_ONCE_MS, duration, size, time, timeOf } from "../format.ts";
import { CLOCK, named } from "./en_words.ts";
import type { FindingText, FindingTexts } from "./texts.ts";

const skew = (skewMs: number) =>
  `${duration(Math.abs(skewMs))} ${skewMs > 0 ? "ahead of" : "behind"} the server's`;

/** What a skew does to signatures; how far ahead the backend bears is not documented. */
function clock(skewMs: number): string {
  return skewMs > 0
    ? "a UserSig signed here claims to come from the future, which the backend may refuse"
    : "a UserSig signed here ends that much earlier (code 70001, expired)";
}

/** The times of a series of calls. */
function spread(
  { samples, answered, overLimit, p50Ms, p90Ms, p99Ms, worstMs, limitMs }: SampleFacts,
): string {
  const count = answered === samples
    ? `${samples} calls`
    : `${answered} of ${samples} calls answered`;
  const over = overLimit ? `, ${overLimit} over ${time(limitMs)}` : "";
  return `${count}${over}: p50 ${time(p50Ms)}, p90 ${time(p90Ms)}, p99 ${time(p99Ms)}, worst ${
    timeOf(worstMs, limitMs)
  }`;
}

function httpFault(fault: string): FindingText {
  if (fault === "closed" || fault === "reset") {
    return { saw: fault === "closed" ? "closed without an answer" : "reset without an answer" };
  }
  return { saw: fault === "not-http" ? "the answer is not HTTP" : fault };
}

/** English texts of these checks. */
export const enHttp: FindingTexts<"head" | "post" | "large" | "reuse" | "idle" | "clock"> = {
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
    saw: `${spread(facts)}; on a new connection ${time(facts.coldMs)}${
      facts.warmMs ? `, on an open one ${time(facts.warmMs)}` : ""
    }; a client should wait ${time(facts.clientTimeoutMs)}`,
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
    remedy: "The connection is fast enough, so the backend or a proxy is slow: let clients wait " +
      `${time(facts.clientTimeoutMs)}, check the region, and report it with the time of this run.`,
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
    remedy: "A captive portal, a proxy or another web server: check host, port and network log-in.",
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
    remedy: "Something on the way breaks off large requests: a proxy's limit, or a path-MTU hole.",
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

  "idle.kept": ({ idleMs }) => ({ saw: `an idle connection still works after ${time(idleMs)}` }),
  "idle.closed": ({ afterMs, idleMs }) => ({
    saw: afterMs < AT_ONCE_MS
      ? "the server closes after its answer: no connection ever idles"
      : `the server closes an idle connection after ${time(afterMs)} (watched for ${
        time(idleMs)
      }): clients should drop theirs earlier`,
  }),
  "idle.lost": ({ host, idleMs, fault }) => ({
    saw: `open after ${time(idleMs)}, but a call over it fails (${fault})`,
    means: `Idle connections to ${host} die unseen: after ${
      time(idleMs)
    } a call over one fails (${fault}).`,
    remedy:
      "A NAT or firewall forgets them: switch TCP keep-alive on (60 s), or drop idle connections " +
      "earlier than that.",
  }),
  "idle.failed": ({ detail }) => ({ saw: detail }),

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
};
