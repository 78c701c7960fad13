/**
 * What `tim usersig` prints about a UserSig.
 *
 * @module
 */

import { decodeUserBuf, type RoomPrivilege, type UserBufContent } from "../core/user_buf.ts";
import type { UserSigClaims, UserSigFault } from "../core/user_sig_verify.ts";
import { durationInWords, momentInWords } from "./times.ts";

const privilegeWords: Record<RoomPrivilege, string> = {
  createRoom: "create the room",
  enterRoom: "enter the room",
  sendAudio: "send audio",
  receiveAudio: "receive audio",
  sendVideo: "send video",
  receiveVideo: "receive video",
  sendScreen: "send the second video (screen)",
  receiveScreen: "receive the second video (screen)",
};

const faultWords: Record<UserSigFault, string> = {
  "empty": "it is empty",
  "not-base64":
    "it is not UserSig's base64 variant (letters, digits, * - and _ at the end); it may be cut, or " +
    "a * or - was changed on the way",
  "not-zlib": "there is no whole zlib stream inside; it may be cut, or changed on the way",
  "too-large": "it inflates beyond 64 KiB, which no real one does",
  "not-json": "there is no JSON object inside",
  "unsupported-version":
    "it is not version 2.0; an app that still signs with the old algorithm (ECDSA) can be switched to " +
    "HMAC-SHA256 in the console",
  "missing-field": "a needed field is missing inside",
  "bad-type": "a field inside has the wrong type or range",
  "wrong-app": "it was made for another SDKAppID",
  "wrong-identifier": "it was made for another user",
  "bad-signature": "the signature does not fit: another secret key made it, or it was changed",
  "expired": "it is genuine, but has expired",
  "wrong-userbuf": "it is genuine, but its userbuf is another one",
};

/** Why a UserSig is not valid, for people. */
export function faultInWords(reason: UserSigFault): string {
  return faultWords[reason];
}

/** Text from outside, without what could steer a terminal or hide from the eye. */
function printable(text: string): string {
  return text.replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`,
  );
}

/** The claims as lines. */
export function claimsInWords(claims: UserSigClaims, now: number): string {
  const left = claims.expiresAt - now;
  const rows: [label: string, text: string][] = [
    ["Identifier", printable(claims.identifier)],
    ["SDKAppID", `${claims.sdkAppId}`],
    ["Signed", momentInWords(claims.time) + (claims.time > now ? ", in the future" : "")],
    ["Lifetime", `${durationInWords(claims.expire)} (${claims.expire} s)`],
    ["Expires", momentInWords(claims.expiresAt)],
    ["Expired", left < 0 ? `yes, ${durationInWords(left)} ago` : `no, in ${durationInWords(left)}`],
    ...userBufRows(claims, now),
  ];
  return rows.map(([label, text]) => `${label.padEnd(14)}${text}\n`).join("");
}

function userBufRows(
  { userBuf, identifier, sdkAppId }: UserSigClaims,
  now: number,
): [string, string][] {
  if (userBuf === undefined) return [];
  const content = decodeUserBuf(userBuf);
  if (content === undefined) {
    return [["Userbuf", `${userBuf.length} bytes that are not laid out like a PrivateMapKey`]];
  }
  const rows: [string, string][] = [
    ["Room", roomInWords(content)],
    ["Privileges", privilegesInWords(content)],
    [
      "Room expires",
      momentInWords(content.expiresAt) + (content.expiresAt < now ? ", which is over" : ""),
    ],
  ];
  if (content.identifier !== identifier) {
    rows.push(["Room user", `${printable(content.identifier)}, who is not the identifier`]);
  }
  if (content.sdkAppId !== sdkAppId) {
    rows.push(["Room SDKAppID", `${content.sdkAppId}, which is another app`]);
  }
  return rows;
}

function roomInWords({ strRoomId, roomId }: UserBufContent): string {
  return strRoomId === undefined ? `${roomId} (number)` : `${printable(strRoomId)} (text)`;
}

function privilegesInWords({ privileges, privilegeMap }: UserBufContent): string {
  const words = privileges.map((name) => privilegeWords[name]);
  if (privilegeMap > 255) words.push("bits without a documented meaning");
  const list = privileges.length === 8 ? ["everything", ...words.slice(8)] : words;
  return `${list.join(", ") || "none"} (${privilegeMap})`;
}

/** The claims as plain data for `--json`. */
export function claimsAsData(claims: UserSigClaims, now: number): Record<string, unknown> {
  const { userBuf, ...rest } = claims;
  return {
    ...rest,
    signedAtUtc: isoOrNull(claims.time),
    expiresAtUtc: isoOrNull(claims.expiresAt),
    expired: now > claims.expiresAt,
    secondsLeft: claims.expiresAt - now,
    ...userBuf && {
      userBufHex: Array.from(userBuf, (byte) => byte.toString(16).padStart(2, "0")).join(""),
      room: decodeUserBuf(userBuf) ?? null,
    },
  };
}

function isoOrNull(seconds: number): string | null {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
