import { test } from "uvu";
import * as assert from "uvu/assert";
import { surelyNotSent } from "../../src/core/network_faults.ts";

/** An error as Node's fetch throws it. */
function nodeError(code: string, message: string): Error {
  return new TypeError("fetch failed", { cause: withCode(code, message) });
}

function withCode(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

const deno = "error sending request for url (https://host/?usersig=eJDNS): client error";

const notSent: [string, unknown][] = [
  ["Node, nobody listens", nodeError("ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:9")],
  [
    "Node, nobody listens at both addresses",
    new TypeError("fetch failed", {
      cause: new AggregateError([withCode("ECONNREFUSED", "connect ECONNREFUSED ::1:9")]),
    }),
  ],
  ["Node, no route to the host", nodeError("EHOSTUNREACH", "connect EHOSTUNREACH 10.0.0.1:9")],
  ["Node, no route to the network", nodeError("ENETUNREACH", "connect ENETUNREACH 10.0.0.1:9")],
  ["Node, no such name", nodeError("ENOTFOUND", "getaddrinfo ENOTFOUND nobody.test")],
  ["Node, no connection in time", nodeError("UND_ERR_CONNECT_TIMEOUT", "Connect Timeout Error")],
  [
    "Node, an authority that nobody knows",
    nodeError("SELF_SIGNED_CERT_IN_CHAIN", "self-signed certificate in certificate chain"),
  ],
  [
    "Node, another's certificate",
    nodeError("ERR_TLS_CERT_ALTNAME_INVALID", "Hostname/IP does not match certificate's altnames"),
  ],
  [
    "Deno, nobody listens",
    new TypeError(`${deno} (Connect): tcp connect error: Connection refused (os error 111)`),
  ],
  ["Deno, no such name", new TypeError(`${deno} (Connect): dns error: failed to lookup address`)],
  ["Deno, TLS", new TypeError(`${deno} (Connect): invalid peer certificate: UnknownIssuer`)],
  ["Bun, nobody listens", withCode("ECONNREFUSED", "ECONNREFUSED: Unable to connect.")],
  ["Bun 1.1, nobody listens", withCode("ConnectionRefused", "Unable to connect. Is the computer")],
  ["Bun 1.1, no such name", withCode("FailedToOpenSocket", "Was there a typo in the url or port?")],
  ["Bun 1.1, TLS", withCode("DEPTH_ZERO_SELF_SIGNED_CERT", "DEPTH_ZERO_SELF_SIGNED_CERT fetching")],
  ["a cause that is a text", new TypeError("fetch failed", { cause: "ECONNREFUSED" })],
];

for (const [what, error] of notSent) {
  test(`nothing was sent: ${what}`, () => assert.is(surelyNotSent(error), true));
}

const circle: { message: string; cause?: unknown } = { message: "a circle" };
circle.cause = circle;

const maybeSent: [string, unknown][] = [
  ["Node, the connection broke", nodeError("ECONNRESET", "read ECONNRESET")],
  ["Node, the other side closed", nodeError("UND_ERR_SOCKET", "other side closed")],
  [
    "Node, a record that was tampered with",
    withCode("ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC", "SSL routines"),
  ],
  [
    "Node, no TLS, from the beginning or later",
    nodeError("ERR_SSL_WRONG_VERSION_NUMBER", "SSL routines"),
  ],
  ["Deno, the connection broke", new TypeError(`${deno} (SendRequest): connection closed`)],
  ["Bun, the connection broke", withCode("ECONNRESET", "The socket connection was closed")],
  ["Bun, a handshake that broke", withCode("EPROTO", "EPROTO: The TLS handshake failed.")],
  ["nothing at all", undefined],
  ["a number for a code", { code: 7, message: null }],
  ["a circle", circle],
];

for (const [what, error] of maybeSent) {
  test(`it may have been sent: ${what}`, () => assert.is(surelyNotSent(error), false));
}

test.run();
