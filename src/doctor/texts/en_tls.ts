/**
 * English: TLS.
 *
 * @module
 */

import { attempts, firstOf, time, timeOf } from "../format.ts";
import { CLOCK } from "./en_words.ts";
import { isAlone } from "./formats.ts";
import type { FindingTexts } from "./texts.ts";

const day = (iso: string) => iso.slice(0, 10);
const days = (count: number) => count === 1 ? "1 day" : `${count} days`;
const TRUST =
  "If your network decrypts TLS on purpose, give the runtime its root: NODE_EXTRA_CA_CERTS=root.pem " +
  "on Node, Bun and Deno, or --ca root.pem here. If not, somebody else reads along: do not send a UserSig.";
const ALONE = "The server sends its certificate alone: if it is yours, let it send those between " +
  "that and the root too (fullchain.pem). ";

/** English texts of these checks. */
export const enTls: FindingTexts<"tls" | "resumption"> = {
  "tls.none": ({ url }) => ({ saw: `${url} is plain HTTP: no TLS to look at` }),
  "tls.trusted": ({ protocol, cipher, alpn, issuer, chain, daysLeft, tookMs, limitMs }) => ({
    saw:
      `${protocol}, ${cipher}, ${
        alpn || "no ALPN"
      }, issuer ${issuer} (chain of ${chain.length}), ` +
      `${days(daysLeft)} left, ${timeOf(tookMs, limitMs)}`,
  }),
  "tls.verified": () => ({
    saw: "the platform verifies the certificate, and shows neither it nor the handshake",
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
    means: `The certificate of ${host} comes from "${issuer}", which this runtime does not trust.`,
    remedy: isAlone(code, chain) ? ALONE + TRUST : TRUST,
  }),
  "tls.intercepted": ({ host, issuer, chain, trusted }) => ({
    saw: `issuer ${issuer}, a product that decrypts (chain of ${chain.length})${
      trusted ? "; this runtime trusts it" : ""
    }`,
    means: `TLS to ${host} is decrypted on the way: its certificate comes from "${issuer}"${
      trusted ? "" : ", which this runtime does not trust"
    }.`,
    remedy: trusted
      ? "Calls work, but whoever runs that product can read the UserSig in every URL: have the host exempted."
      : "Have the host exempted from decryption, since every URL carries a UserSig; or give the runtime " +
        "that product's root: NODE_EXTRA_CA_CERTS=root.pem (here also --ca root.pem).",
  }),
  "resumption.works": ({ protocol, by, firstMs, tookMs, limitMs }) => ({
    saw: `${protocol}, a second handshake resumes the first by ${
      by === "id" ? "session id" : "ticket"
    }: ${timeOf(tookMs, limitMs)}, the first took ${time(firstMs)}`,
  }),
  "resumption.absent": ({ protocol, offered, firstMs, tookMs, limitMs }) => ({
    saw: `${protocol}, ${
      offered === undefined
        ? "no resumption"
        : offered
        ? "a session was offered, but not resumed"
        : "no session was offered"
    }; the second handshake was a full one: ${timeOf(tookMs, limitMs)}, the first took ${
      time(firstMs)
    }`,
  }),
  "resumption.unseen": ({ name, protocol }) => ({
    saw: `not to be seen: ${name} does not resume sessions of ${protocol}`,
  }),
  "resumption.failed": ({ detail }) => ({ saw: `no second handshake: ${detail}` }),
  "tls.partly": ({ host, addresses, limitMs }) => ({
    saw: `${attempts(addresses)} (limit ${time(limitMs)})`,
    means: `TLS is right on some addresses of ${host}, but not on ${
      firstOf(addresses.flatMap(({ address, fault }) => fault ? [`${address} (${fault})`] : []))
    }.`,
    remedy:
      "Calls that meet that address fail: report it to whoever runs the host, and check the DNS " +
      "answer that names it.",
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
      "network's owner, and try the backup host (names: tim doctor --help).",
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
    remedy:
      "Mostly a proxy or a filter in between does this: the command openssl s_client, given with this " +
      "finding, shows how far the handshake comes.",
  }),
};
