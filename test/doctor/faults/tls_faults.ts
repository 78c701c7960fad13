/**
 * Illnesses of TLS and its certificates.
 */

import { createServer as createTlsServer } from "node:tls";
import { createAuthority } from "../../support/certificates.ts";
import { days, examineServer, type Fault, HOST, withCertificate } from "./examine.ts";
import { startBackend, startTcp } from "../../support/tls_backend.ts";

/** Illnesses of TLS and its certificates. */
export const tlsFaults: readonly Fault[] = [
  {
    name: "a server that accepts and says nothing",
    slow: true,
    cause: "tls-silent",
    status: "error",
    sentence: "api.test accepts the connection, but its TLS handshake does not come within 1 s.",
    lines: [/✓ TCP +connected to 127\.0\.0\.1 in /, /– POST +skipped because TLS failed/],
    examine: async (roots) =>
      await examineServer(roots, await startTcp(() => {}), { timeoutMs: 1000 }),
  },
  {
    name: "plain HTTP on the TLS port",
    cause: "not-tls",
    status: "error",
    sentence:
      "Port PORT of api.test does not speak TLS: plain HTTP or another protocol answers there.",
    examine: async (roots) => await examineServer(roots, await startBackend()),
  },
  {
    name: "a connection closed within the handshake",
    cause: "tls-reset",
    status: "error",
    sentence: "TCP connects, but the TLS handshake with api.test is cut off, 3 times out of 3.",
    examine: async (roots) =>
      await examineServer(
        roots,
        await startTcp((socket) => socket.once("data", () => socket.end())),
      ),
  },
  {
    name: "a connection reset within the handshake",
    cause: "tls-reset",
    status: "error",
    sentence: "TCP connects, but the TLS handshake with api.test is cut off, 3 times out of 3.",
    examine: async (roots) =>
      await examineServer(
        roots,
        await startTcp((socket) => socket.once("data", () => socket.resetAndDestroy())),
      ),
  },
  {
    name: "a server that has no safe version of TLS",
    cause: "tls-too-old",
    status: "error",
    sentence: "api.test offers only TLS versions that this runtime refuses as unsafe.",
    // A fatal alert, protocol_version, as such servers send it.
    examine: async (roots) =>
      await examineServer(
        roots,
        await startTcp((socket) =>
          socket.once("data", () => socket.end(Uint8Array.of(0x15, 3, 1, 0, 2, 2, 70)))
        ),
      ),
  },
  {
    name: "an expired certificate",
    cause: "certificate-expired",
    status: "error",
    sentence: `The certificate of api.test expired on ${days(-1)}; this machine's date is ${
      days(0)
    }.`,
    lines: [/✗ TLS +the certificate \(issuer Test Root\) ended on .*, 1 day ago/],
    examine: withCertificate(({ root }) =>
      root.issue({ names: [HOST], fromDays: -20, toDays: -1 })
    ),
  },
  {
    name: "a certificate that is not yet valid",
    cause: "certificate-not-yet-valid",
    status: "error",
    sentence: `The certificate of api.test is valid from ${days(2)} only; this machine's date is ${
      days(0)
    }.`,
    examine: withCertificate(({ root }) => root.issue({ names: [HOST], fromDays: 2 })),
  },
  {
    name: "a certificate that ends soon",
    cause: "certificate-expiring",
    status: "warning",
    sentence: `The certificate of api.test ends in 4 days, on ${days(5)}.`,
    examine: withCertificate(({ root }) => root.issue({ names: [HOST], toDays: 5 })),
  },
  {
    name: "a certificate for another host",
    cause: "wrong-host-name",
    status: "error",
    sentence: "Another server answers for api.test: its certificate is for DNS:portal.test, " +
      "IP Address:127.0.0.1.",
    examine: withCertificate(({ root }) => root.issue({ names: ["portal.test"] })),
  },
  {
    name: "an issuer that nobody knows",
    cause: "issuer-untrusted",
    status: "error",
    sentence:
      'The certificate of api.test comes from "Corporate Proxy", which this runtime does not trust.',
    lines: [
      /UNABLE_TO_VERIFY_LEAF_SIGNATURE/,
      /What to do: The server sends its certificate alone: if it is yours, let it send those between/,
    ],
    examine: withCertificate(({ stranger }) => stranger.issue({ names: [HOST] })),
  },
  {
    name: "a proxy that decrypts and sends its own root",
    cause: "issuer-untrusted",
    status: "error",
    sentence:
      'The certificate of api.test comes from "Corporate Proxy", which this runtime does not trust.',
    lines: [
      /SELF_SIGNED_CERT_IN_CHAIN \(chain of 2\)/,
      /What to do: If your network decrypts TLS on purpose/,
    ],
    examine: withCertificate(({ stranger }) => stranger.issue({ names: [HOST], withRoot: true })),
  },
  {
    name: "a product that decrypts",
    cause: "intercepted",
    status: "error",
    sentence:
      'TLS to api.test is decrypted on the way: its certificate comes from "Zscaler Root CA", ' +
      "which this runtime does not trust.",
    examine: async (roots) => {
      const zscaler = await createAuthority("Zscaler Root CA");
      const identity = await zscaler.issue({ names: [HOST], withRoot: true });
      return await examineServer(roots, await startBackend(identity));
    },
  },
  {
    name: "a product that decrypts and is trusted",
    cause: "intercepted",
    status: "warning",
    sentence: 'TLS to api.test is decrypted on the way: its certificate comes from "mitmproxy".',
    examine: async (roots) => {
      const proxy = await createAuthority("mitmproxy");
      const identity = await proxy.issue({ names: [HOST] });
      return await examineServer(roots, await startBackend(identity), { extraCa: proxy.pem });
    },
  },
  {
    name: "a proxy that decrypts everything",
    cause: "intercepted",
    status: "error",
    sentence:
      "All TLS of this machine is decrypted on the way: unrelated hosts show certificates " +
      'from "Corporate Proxy" too, which this runtime does not trust.',
    examine: async (roots) => {
      const other = await startBackend(await roots.stranger.issue({ names: ["other.test"] }));
      const server = await startBackend(await roots.stranger.issue({ names: [HOST] }));
      const examined = await examineServer(roots, server, {
        controlHosts: [{ host: "other.test", address: "127.0.0.1", port: other.port }],
      });
      await other.close();
      return examined;
    },
  },
  {
    name: "one address of two that shows another host's certificate",
    cause: "tls-partly",
    status: "warning",
    sentence: "TLS is right on some addresses of api.test, but not on 127.0.0.2 (wrong-name).",
    lines: [/✓ TCP +connected to 127\.0\.0\.1 in .*, 127\.0\.0\.2 in /],
    examine: async (roots) => {
      const server = await startBackend(await roots.root.issue({ names: [HOST] }));
      const { key, cert } = await roots.root.issue({ names: ["portal.test"] });
      const second = createTlsServer({ key, cert }, (socket) => socket.on("error", () => {}));
      await new Promise<void>((resolve) => second.listen(server.port, "127.0.0.2", resolve));
      const examined = await examineServer(roots, server, { resolve: ["127.0.0.1", "127.0.0.2"] });
      second.close();
      return examined;
    },
  },
];
