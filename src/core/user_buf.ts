/**
 * PrivateMapKey: a UserSig that also says into which TRTC room its owner may go, and what he may do there.
 *
 * @module
 */

import { ConfigError } from "./errors.ts";
import { millis } from "./signing.ts";
import { type SignerOptions, UserSigSigner } from "./user_sig.ts";
import { checkedFacts, checkIdentifier, checkSdkAppId, isUint32, shown } from "./user_sig_rules.ts";
import { utf8 } from "./utf8.ts";

/**
 * The documented privileges and their bits ("Enabling Advanced Permission Control" of the TRTC
 * documentation). The second video is the screen.
 *
 * @example As bits
 * ```ts
 * import { roomPrivileges } from "@tim/edge";
 *
 * console.log(roomPrivileges.enterRoom | roomPrivileges.receiveAudio); // 10
 * ```
 */
export const roomPrivileges = {
  /** Create the room. */
  createRoom: 1,
  /** Enter the room. */
  enterRoom: 2,
  /** Send audio. */
  sendAudio: 4,
  /** Receive audio. */
  receiveAudio: 8,
  /** Send video. */
  sendVideo: 16,
  /** Receive video. */
  receiveVideo: 32,
  /** Send the second video (screen). */
  sendScreen: 64,
  /** Receive the second video (screen). */
  receiveScreen: 128,
} as const;

/**
 * The name of a privilege.
 *
 * @example What a listener may do, and a speaker besides
 * ```ts
 * import { decodeUserBuf, encodeUserBuf, type RoomPrivilege } from "@tim/edge";
 *
 * const listener: RoomPrivilege[] = ["enterRoom", "receiveAudio"];
 * const speaker: RoomPrivilege[] = [...listener, "sendAudio"];
 * const userBuf = encodeUserBuf({
 *   sdkAppId: 1400000000,
 *   identifier: "alice",
 *   strRoomId: "coffee_hour",
 *   privileges: speaker,
 *   expiresAt: 1795000000,
 * });
 * console.log(decodeUserBuf(userBuf)?.privileges.join()); // enterRoom,sendAudio,receiveAudio
 * ```
 */
export type RoomPrivilege = keyof typeof roomPrivileges;

/**
 * The room of a PrivateMapKey: its number, or its name, never both.
 *
 * @example A number is one kind of room, a name the other
 * ```ts
 * import { decodeUserBuf, encodeUserBuf, type RoomRef } from "@tim/edge";
 *
 * const roomOf = (name: string): RoomRef =>
 *   /^\d+$/.test(name) ? { roomId: Number(name) } : { strRoomId: name };
 * const alice = { sdkAppId: 1400000000, identifier: "alice", expiresAt: 1795000000 };
 * const userBuf = encodeUserBuf({ ...alice, ...roomOf("10000"), privileges: "all" });
 * console.log(decodeUserBuf(userBuf)?.roomId); // 10000
 * ```
 */
export type RoomRef =
  | {
    /** The numeric room: 1 to 4294967294 by the documentation; 4294967295 is taken too. */
    roomId: number;
    strRoomId?: never;
  }
  | {
    /** The string room: 1 to 64 bytes. "123" is another room than the number 123. */
    strRoomId: string;
    roomId?: never;
  };

/**
 * What {@linkcode encodeUserBuf} writes.
 *
 * @example The host of a room, and who listens to him
 * ```ts
 * import { decodeUserBuf, encodeUserBuf, type UserBufOptions } from "@tim/edge";
 *
 * const host: UserBufOptions = {
 *   sdkAppId: 1400000000,
 *   identifier: "mira",
 *   strRoomId: "coffee_hour",
 *   privileges: "all",
 *   expiresAt: 1795000000,
 * };
 * const guest: UserBufOptions = {
 *   ...host,
 *   identifier: "bob",
 *   privileges: ["enterRoom", "receiveAudio"],
 * };
 * console.log(decodeUserBuf(encodeUserBuf(guest))?.privileges.join()); // enterRoom,receiveAudio
 * ```
 */
export type UserBufOptions = RoomRef & {
  /** The app. */
  sdkAppId: number;
  /** The user. */
  identifier: string;
  /** What he may do: names, `"all"`, or the bits as a number from 0 to 4294967295. */
  privileges: readonly RoomPrivilege[] | "all" | number;
  /** The last second in which it holds, in seconds since 1970; the format keeps the low 32 bits. */
  expiresAt: number;
};

/**
 * What {@linkcode decodeUserBuf} reads.
 *
 * @example May he speak?
 * ```ts
 * import { decodeUserBuf, encodeUserBuf, type UserBufContent } from "@tim/edge";
 *
 * const maySpeak = ({ privileges }: UserBufContent) => privileges.includes("sendAudio");
 * const content = decodeUserBuf(encodeUserBuf({
 *   sdkAppId: 1400000000,
 *   identifier: "alice",
 *   roomId: 10000,
 *   privileges: ["enterRoom", "receiveAudio"],
 *   expiresAt: 1795000000,
 * }));
 * console.log(content && maySpeak(content)); // false
 * ```
 */
export interface UserBufContent {
  /** The app. */
  sdkAppId: number;
  /** The user. */
  identifier: string;
  /** The numeric room; absent for a string room. */
  roomId?: number;
  /** The string room; absent for a numeric one. */
  strRoomId?: string;
  /** The last second in which it holds: the low 32 bits of the seconds since 1970. */
  expiresAt: number;
  /** The privileges by name, in the order of their bits. */
  privileges: RoomPrivilege[];
  /** The privileges as bits, undocumented ones too. */
  privilegeMap: number;
  /** The account type: 0. */
  accountType: number;
}

/**
 * What {@linkcode signPrivateMapKey} takes.
 *
 * @example For everybody who comes to one room
 * ```ts
 * import { type PrivateMapKeyOptions, signPrivateMapKey, verifyUserSig } from "@tim/edge";
 *
 * const visitor = (identifier: string): PrivateMapKeyOptions => ({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   identifier,
 *   strRoomId: "coffee_hour",
 *   privileges: ["enterRoom", "receiveAudio", "receiveVideo"],
 *   expireSeconds: 7200,
 * });
 * const privateMapKey = await signPrivateMapKey(visitor("bob"));
 * console.log((await verifyUserSig(privateMapKey, visitor("bob"))).valid); // true
 * ```
 */
export type PrivateMapKeyOptions = Omit<SignerOptions, "expireSeconds" | "now"> & RoomRef & {
  /** The user: 1 to 32 bytes. */
  identifier: string;
  /** What he may do. */
  privileges: readonly RoomPrivilege[] | "all" | number;
  /**
   * Lifetime in seconds. It is looked at again when a listener becomes a speaker, so a few minutes are
   * too short for that.
   * @default {15552000} 180 days
   */
  expireSeconds?: number;
  /** When it is signed. @default {new Date()} */
  currentDate?: Date;
};

/**
 * Signs a PrivateMapKey for one user and one room.
 *
 * Lengths are counted in UTF-8 bytes, as the official Go, PHP and C++ libraries do; those for Node, Java
 * and Python write something else for names outside ASCII.
 *
 * @example Let alice enter, hear and see
 * ```ts
 * import { signPrivateMapKey } from "@tim/edge";
 *
 * const privateMapKey = await signPrivateMapKey({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   identifier: "alice",
 *   roomId: 10000,
 *   privileges: ["enterRoom", "receiveAudio", "receiveVideo"],
 *   expireSeconds: 3600,
 * });
 * console.log(privateMapKey.length);
 * ```
 *
 * @param options The user, the room, the privileges and the key.
 * @returns The PrivateMapKey, for the client SDK beside the plain UserSig.
 * @throws {ConfigError} When an argument breaks a rule; the message names it.
 */
export async function signPrivateMapKey(options: PrivateMapKeyOptions): Promise<string> {
  // The clock is read once: both expiries must name the same second.
  const currentDate = options.currentDate ?? new Date();
  const { time, expire } = checkedFacts(
    options.sdkAppId,
    options.identifier,
    options.expireSeconds,
    millis(currentDate),
    undefined,
  );
  const userBuf = encodeUserBuf({ ...options, expiresAt: time + expire });
  return await new UserSigSigner(options).sign({
    identifier: options.identifier,
    expireSeconds: expire,
    currentDate,
    userBuf,
  });
}

/**
 * Writes the binary userbuf of a PrivateMapKey.
 *
 * @example There and back
 * ```ts
 * import { decodeUserBuf, encodeUserBuf } from "@tim/edge";
 *
 * const userBuf = encodeUserBuf({
 *   sdkAppId: 1400000000,
 *   identifier: "alice",
 *   roomId: 10000,
 *   privileges: ["enterRoom", "receiveAudio"],
 *   expiresAt: 1795000000,
 * });
 * console.log(decodeUserBuf(userBuf)?.privileges.join()); // enterRoom,receiveAudio
 * ```
 *
 * @param options The user, the room, the privileges and the end.
 * @returns The bytes, for `SignRequest.userBuf`.
 * @throws {ConfigError} When an argument breaks a rule; the message names it.
 */
export function encodeUserBuf(options: UserBufOptions): Uint8Array<ArrayBuffer> {
  checkSdkAppId(options.sdkAppId);
  checkIdentifier(options.identifier);
  if (!Number.isSafeInteger(options.expiresAt) || options.expiresAt < 0) {
    throw new ConfigError(
      `expiresAt is ${shown(options.expiresAt)}, wanted whole seconds since 1970`,
    );
  }
  const account = utf8(options.identifier);
  const room = options.strRoomId === undefined ? undefined : stringRoom(options);
  const buffer = new Uint8Array(23 + account.length + (room ? 2 + room.length : 0));
  const view = new DataView(buffer.buffer);
  view.setUint8(0, room ? 1 : 0);
  view.setUint16(1, account.length);
  buffer.set(account, 3);
  let at = 3 + account.length;
  const numbers = [
    options.sdkAppId,
    room ? 0 : numericRoom(options.roomId),
    options.expiresAt,
    privilegeBits(options.privileges),
    0,
  ];
  for (const number of numbers) {
    view.setUint32(at, number);
    at += 4;
  }
  if (room) {
    view.setUint16(at, room.length);
    buffer.set(room, at + 2);
  }
  return buffer;
}

/**
 * Reads the binary userbuf of a PrivateMapKey back.
 *
 * @example What a PrivateMapKey allows
 * ```ts
 * import { decodeUserBuf, decodeUserSig, signPrivateMapKey } from "@tim/edge";
 *
 * const privateMapKey = await signPrivateMapKey({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   identifier: "alice",
 *   strRoomId: "coffee_hour",
 *   privileges: ["enterRoom", "receiveVideo"],
 * });
 * const decoded = await decodeUserSig(privateMapKey);
 * const content = decoded.ok && decoded.claims.userBuf && decodeUserBuf(decoded.claims.userBuf);
 * if (content) console.log(content.strRoomId, content.privileges.join()); // coffee_hour enterRoom,receiveVideo
 * ```
 *
 * @param userBuf The bytes, from the claims of a UserSig.
 * @returns Its content, or `undefined` when the bytes are not laid out like one.
 */
export function decodeUserBuf(userBuf: Uint8Array): UserBufContent | undefined {
  if (!(userBuf instanceof Uint8Array) || userBuf.length < 23 || userBuf[0]! > 1) return undefined;
  const view = new DataView(userBuf.buffer, userBuf.byteOffset, userBuf.byteLength);
  const afterAccount = 3 + view.getUint16(1);
  const afterNumbers = afterAccount + 20;
  const named = userBuf[0] === 1;
  if (afterNumbers + (named ? 2 : 0) > userBuf.length) return undefined;
  const end = named ? afterNumbers + 2 + view.getUint16(afterNumbers) : afterNumbers;
  const identifier = text(userBuf.subarray(3, afterAccount));
  const strRoomId = named ? text(userBuf.subarray(afterNumbers + 2, end)) : undefined;
  if (end !== userBuf.length || identifier === undefined || (named && strRoomId === undefined)) {
    return undefined;
  }
  const number = (index: number) => view.getUint32(afterAccount + index * 4);
  const privilegeMap = number(3);
  return {
    sdkAppId: number(0),
    identifier,
    ...(named ? { strRoomId } : { roomId: number(1) }),
    expiresAt: number(2),
    privileges: (Object.keys(roomPrivileges) as RoomPrivilege[])
      .filter((name) => privilegeMap & roomPrivileges[name]),
    privilegeMap,
    accountType: number(4),
  };
}

function text(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function stringRoom({ strRoomId, roomId }: { strRoomId?: unknown; roomId?: unknown }): Uint8Array {
  if (roomId !== undefined) {
    throw new ConfigError("Cannot name a room twice: give roomId (a number) or strRoomId (a text)");
  }
  if (typeof strRoomId !== "string" || !strRoomId.isWellFormed()) {
    throw new ConfigError("strRoomId must be a text that UTF-8 can write");
  }
  const room = utf8(strRoomId);
  if (room.length < 1 || room.length > 64) {
    throw new ConfigError(`strRoomId is ${room.length} bytes of UTF-8, wanted 1 to 64`);
  }
  return room;
}

function numericRoom(roomId: unknown): number {
  if (!isUint32(roomId) || roomId === 0) {
    throw new ConfigError(
      `roomId is ${shown(roomId)}, wanted a whole number from 1 to 4294967295; ` +
        "a room with a name goes into strRoomId",
    );
  }
  return roomId;
}

function privilegeBits(privileges: readonly RoomPrivilege[] | "all" | number): number {
  if (privileges === "all") return 255;
  if (Array.isArray(privileges)) {
    let bits = 0;
    for (const name of privileges as string[]) {
      if (!Object.hasOwn(roomPrivileges, name)) {
        const names = Object.keys(roomPrivileges).join(", ");
        throw new ConfigError(`privileges holds "${name}", wanted names out of: ${names}`);
      }
      bits |= roomPrivileges[name as RoomPrivilege];
    }
    return bits;
  }
  if (!isUint32(privileges)) {
    throw new ConfigError(
      `privileges is ${shown(privileges)}, wanted names, "all" or 0 to 4294967295`,
    );
  }
  return privileges;
}
