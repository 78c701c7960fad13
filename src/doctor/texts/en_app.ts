/**
 * English: the app's credentials, the regions, and where DNS servers go out.
 *
 * @module
 */

import { explainErrorCode } from "../../errors/mod.ts";
import type { OriginFact, RefusalFacts, RegionFact } from "../facts.ts";
import { firstOf, time } from "../format.ts";
import type { FindingTexts } from "./texts.ts";

const saw = ({ code, info, requestId }: RefusalFacts) =>
  `error ${code}: ${info}${requestId && ` (RequestId ${requestId})`}`;

const where = ({ address, asn, operator, country }: OriginFact) =>
  `${address} (${
    [asn, operator, country && `registered in ${country}`].filter(Boolean).join(", ")
  })`;

function measured({ id, host, tcpMs, tlsMs, fault }: RegionFact): string {
  return fault || tcpMs === undefined || tlsMs === undefined
    ? `${id} ${host}: ${fault}`
    : `${id} ${host}: TCP ${time(tcpMs)} + TLS ${time(tlsMs)}`;
}

/** English texts of these checks. */
export const enApp: FindingTexts<"credentials" | "regions" | "egress"> = {
  "credentials.accepted": ({ sdkAppId, identifier, tookMs }) => ({
    saw: `SDKAppID ${sdkAppId}, key and administrator ${identifier} are accepted (${time(tookMs)})`,
  }),
  "credentials.unusable": ({ detail }) => ({
    saw: detail,
    means: `The credentials cannot work (${detail}).`,
    remedy: "Copy SDKAppID and secret key again from the console, of one and the same app.",
  }),
  "credentials.unknown-app": (facts) => ({
    saw: saw(facts),
    means: `${facts.host} does not know the app ${facts.sdkAppId} (error ${facts.code}).`,
    remedy: "Check TIM_SDK_APP_ID; if it is right, the app belongs to another region: " +
      "run with --regions, which finds it.",
  }),
  "credentials.wrong-region": (facts) => ({
    saw: `${saw(facts)}; accepted at ${facts.right.host}`,
    means: `The app ${facts.sdkAppId} does not belong to ${facts.host}: ${facts.right.host} ` +
      "accepts the same credentials.",
    remedy: `Set TIM_REGION=${facts.right.id}.`,
  }),
  "credentials.wrong-key": (facts) => ({
    saw: `${saw(facts)}; the signature is sound by itself`,
    means: `The secret key is not that of the app ${facts.sdkAppId} (error ${facts.code}): ` +
      "the signature made with it is sound, and the backend refuses it.",
    remedy: facts.keyLooksRight
      ? "Copy the key of this very SDKAppID from the console; if it is the right one, the app may belong " +
        "to another region: run with --regions."
      : "The key does not look like one (64 hexadecimal digits): copy it again from the console.",
  }),
  "credentials.expired": (facts) => ({
    saw: `${saw(facts)}; it was signed just now`,
    means: `A UserSig signed just now counts as expired at ${facts.host} (error ${facts.code}).`,
    remedy: "This machine's clock is behind, or a date is given to the signer: see the line Clock.",
  }),
  "credentials.not-admin": (facts) => ({
    saw: saw(facts),
    means: `"${facts.identifier}" is not an administrator of the app ${facts.sdkAppId} ` +
      `(error ${facts.code}).`,
    remedy: "Set TIM_IDENTIFIER to an administrator of the console (mostly: administrator).",
  }),
  "credentials.address-refused": (facts) => ({
    saw: saw(facts),
    means: `The app ${facts.sdkAppId} may not be called from this machine's address` +
      `${facts.egress && ` ${facts.egress}`} (error ${facts.code}).`,
    remedy: "Put that address on the app's list of allowed IP addresses in the console.",
  }),
  "credentials.rate-limited": (facts) => ({
    saw: saw(facts),
    means: `The app ${facts.sdkAppId} is called too often (error ${facts.code}).`,
    remedy: explainErrorCode(facts.code)?.remedy ?? "Wait a minute, then call less often.",
  }),
  "credentials.refused": (facts) => ({
    saw: saw(facts),
    means: `The backend refuses a signed call with error ${facts.code}: ${
      explainErrorCode(facts.code)?.meaning ?? `${facts.info || "no text"}.`
    }`,
    remedy: explainErrorCode(facts.code)?.remedy ??
      "Look the code up on the command's page, and report the RequestId.",
  }),
  "credentials.failed": ({ detail }) => ({
    saw: `the signed call did not come through: ${detail}`,
  }),

  "regions.measured": ({ hosts, nearest }) => ({
    saw: `nearest is ${nearest}. ${hosts.map(measured).join("; ")}`,
  }),
  "regions.far": ({ hosts, host, region, nearest, nearestMs, hereMs = 0 }) => ({
    saw: `nearest is ${nearest}. ${hosts.map(measured).join("; ")}`,
    means: `${host} (${region}) is far from here: a new connection takes ${
      time(hereMs)
    }, to ${nearest} only ${time(nearestMs)}.`,
    remedy: "An app stays in the region where it was created: run this machine near that region, " +
      "or create the app in the near one.",
  }),
  "regions.silent": ({ hosts }) => ({
    saw: `no region's host answers: ${firstOf(hosts.map(measured))}`,
  }),

  "egress.matches": ({ machine, resolvers }) => ({
    saw: `machine ${where(machine)}, DNS ${firstOf(resolvers.map(where))}: same operator`,
  }),
  "egress.passed-on": ({ machine, resolvers, clientSubnet }) => ({
    saw: `machine ${where(machine)}, DNS ${
      firstOf(resolvers.map(where))
    }, which passes on ${clientSubnet}`,
  }),
  "egress.other-operator": ({ machine, resolvers }) => ({
    saw: `machine ${where(machine)}, DNS ${firstOf(resolvers.map(where))}: another operator`,
    means: `The DNS servers go out at ${firstOf(resolvers.map(where))}, this machine at ${
      where(machine)
    }: answers are made for the other operator's network.`,
    remedy:
      "Use the DNS servers of this machine's own operator or cloud, or a public one that passes " +
      "the client's network on (119.29.29.29, 223.5.5.5).",
  }),
  "egress.other-country": ({ machine, resolvers }) => ({
    saw: `machine ${where(machine)}, DNS ${firstOf(resolvers.map(where))}: another country`,
    means: `The DNS servers go out at ${firstOf(resolvers.map(where))}, this machine at ${
      where(machine)
    }: answers are made for another country, so that calls may take a long way.`,
    remedy:
      "Use DNS servers of this machine's own country and operator, as the documentation asks for.",
  }),
  "egress.unknown": ({ missing }) => ({
    saw: missing === "machine"
      ? "the services asked do not tell this machine's address and network"
      : "the services asked do not tell where the DNS servers go out",
  }),
};
