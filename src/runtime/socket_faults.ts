/**
 * What the runtimes' errors of sockets, TLS and name look-ups mean, in the doctor's words.
 *
 * @module
 */

import { ProbeError, type ProbeErrorKind } from "../doctor/platform.ts";

/** First match wins; matched against the code, the name and the message together. */
const kinds: [pattern: RegExp, kind: ProbeErrorKind][] = [
  [/NotCapable|PermissionDenied|ERR_ACCESS_DENIED|\bEPERM\b|\bEACCES\b/, "not-permitted"],
  [/\bENOTFOUND\b|\bENODATA\b|EAI_NONAME|EAI_NODATA/, "no-name"],
  [/\bEAI_AGAIN\b|ETIMEOUT\b/, "resolver-silent"],
  [/\bEAI_|\bESERVFAIL\b|\bEREFUSED\b/, "resolver-failed"],
  [/\bECONNREFUSED\b/, "refused"],
  [/\bE(?:HOST|NET)(?:UNREACH|DOWN)\b|\bEADDRNOTAVAIL\b|\bEINVAL\b/, "unreachable"],
  [/\bETIMEDOUT\b/, "timeout"],
  [/\bE[MN]FILE\b|\bENOBUFS\b/, "exhausted"],
  [/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|InvalidContentType/i, "not-tls"],
  [/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|NO_PROTOCOLS/i, "tls-version"],
  [/CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|INVALID_CA|UnknownIssuer/, "untrusted"],
  [/\bECONNRESET\b|\bECONNABORTED\b|\bEPIPE\b|socket hang up|ERR_SOCKET_CLOSED/, "reset"],
];

/** Turns whatever a runtime threw into the doctor's error. */
export function probeError(error: unknown): ProbeError {
  if (error instanceof ProbeError) return error;
  const { code, name, message } = error as { code?: unknown; name?: unknown; message?: unknown };
  const words = [code, name, message].filter((word) => typeof word === "string").join(" ");
  const kind = kinds.find(([pattern]) => pattern.test(words))?.[1] ?? "other";
  return new ProbeError(
    kind,
    typeof message === "string" ? message : String(error),
    typeof code === "string" ? code : "",
  );
}
