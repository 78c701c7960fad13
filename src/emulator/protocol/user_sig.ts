/**
 * The `usersig` parameter: verified for real, each fault answered with the backend's code.
 *
 * @module
 */

import { fromUserSigText } from "../../core/base64.ts";
import { type UserSigFault, verifyUserSig } from "../../core/user_sig_verify.ts";
import { inflate } from "../../core/zlib.ts";
import { refuse } from "../refusal.ts";
import type { RunningApp } from "../worlds/running_app.ts";
import { missing } from "./query.ts";

/** Source: "Error Codes" of the Chat documentation. */
const FAULTS: Record<Exclude<UserSigFault, "wrong-userbuf">, [code: number, info: string]> = {
  "empty": [70002, "The UserSig is empty"],
  "not-base64": [
    70003,
    "The UserSig is not in its base64 variant (letters, digits, * - _); cut or encoded twice?",
  ],
  "not-zlib": [70003, "The UserSig holds no complete zlib stream; was it cut?"],
  "too-large": [70003, "The UserSig inflates to more than 64 KiB"],
  "not-json": [70003, "The UserSig holds no JSON object"],
  "unsupported-version": [
    70003,
    "The UserSig is not of version 2.0; the old ECDSA algorithm is not taken",
  ],
  "missing-field": [70003, "The UserSig's document lacks a field"],
  "bad-type": [70003, "A field of the UserSig's document has the wrong JSON type or range"],
  "wrong-app": [70014, "The UserSig was made for another SDKAppID"],
  "wrong-identifier": [70013, "The UserSig was made for another identifier"],
  "bad-signature": [70009, "The UserSig was not signed with the secret key of this app"],
  "expired": [70001, "The UserSig has expired"],
};

/** Clients that sign anew for every call must not fill the memory. */
const MOST_REMEMBERED = 10_000;

/** Refuses a UserSig that does not prove that `identifier` of this app calls now. */
export async function checkUserSig(
  query: URLSearchParams,
  app: RunningApp,
  identifier: string,
  nowMs: number,
): Promise<void> {
  const userSig = query.get("usersig") ?? refuse(70002, missing(query, "usersig"));
  const known = app.verified.get(userSig);
  if (known?.identifier === identifier && Math.floor(nowMs / 1000) <= known.expiresAt) return;
  const verdict = await verifyUserSig(userSig, {
    sdkAppId: app.sdkAppId,
    secretKey: await app.key(),
    identifier,
    currentDate: new Date(nowMs),
  });
  // No userbuf is expected here, so `wrong-userbuf` cannot come up: a PrivateMapKey is a UserSig too.
  if (verdict.valid) {
    if (app.verified.size >= MOST_REMEMBERED) app.verified.clear();
    app.verified.set(userSig, verdict.claims);
    return;
  }
  if (verdict.reason === "wrong-userbuf") return;
  if (verdict.reason === "bad-type" && await diesBeforeBirth(userSig)) {
    refuse(70001, "The UserSig has a negative lifetime, so it has expired");
  }
  const [code, info] = FAULTS[verdict.reason];
  refuse(code, verdict.reason === "expired" ? info + byWhichClock(nowMs) : info);
}

/** A clock that somebody has moved is what a test forgets first. */
function byWhichClock(nowMs: number): string {
  if (Math.abs(nowMs - Date.now()) < 60_000) return "";
  return ` by the emulator's clock, which was moved to ${new Date(nowMs).toISOString()}`;
}

/** A negative lifetime: malformed for our own verifier, over for the backend, which only adds it up. */
async function diesBeforeBirth(userSig: string): Promise<boolean> {
  const bytes = await inflate(fromUserSigText(userSig)!, 65_536) as Uint8Array;
  const expire = JSON.parse(new TextDecoder().decode(bytes))["TLS.expire"];
  return Number.isSafeInteger(expire) && expire < 0;
}
