import { isApiError, isTimError } from "../../core/errors.ts";
import { encodeUserBuf, roomPrivileges, type RoomRef } from "../../core/user_buf.ts";
import type { Exchange } from "../exchange.ts";
import type { Parts } from "../gateway.ts";
import type { Route } from "../handle.ts";
import { Refusal } from "../problem.ts";
import { jsonReply } from "../reply.ts";
import { readBody } from "./body.ts";

/**
 * What `POST /usersig` takes.
 *
 * @example A UserSig for an hour, and a key to a room
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, hashApiKey, makeApiKey, type UserSigRequest } from "@tim/edge/hono";
 *
 * const secretKey = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
 * const key = makeApiKey();
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey }),
 *   apiKeys: [{ sha256: await hashApiKey(key), identifier: "alice" }],
 *   userSig: { rooms: [{ roles: ["*"], privileges: ["enterRoom", "receiveVideo"] }] },
 * });
 * const room = { strRoomId: "coffee_hour", privileges: ["enterRoom", "receiveVideo"] };
 * const wanted: UserSigRequest = { expireSeconds: 3600, room };
 * const call = { method: "POST", headers: { "x-api-key": key }, body: JSON.stringify(wanted) };
 * const issued = await (await gateway.request("/usersig", call)).json();
 * console.log(typeof issued.userSig, typeof issued.privateMapKey); // string string
 * ```
 */
export interface UserSigRequest {
  /** The lifetime in seconds, cut to what the policy allows. */
  expireSeconds?: number;
  /** A room, for a PrivateMapKey as well. */
  room?: {
    /** The numeric room. */
    roomId?: number;
    /** The string room. */
    strRoomId?: string;
    /** What the caller wants to do there, by the names of `roomPrivileges`. */
    privileges: string[];
  };
}

/**
 * What `POST /usersig` answers.
 *
 * @example In a page, which logs in with it
 * ```ts
 * import type { UserSigAnswer } from "@tim/edge/hono";
 *
 * // The chat is what create() of the web SDK gives.
 * type Chat = { login(as: { userID: string; userSig: string }): Promise<unknown> };
 *
 * export async function logIn(chat: Chat, token: string): Promise<void> {
 *   const headers = { authorization: `Bearer ${token}` };
 *   const response = await fetch("/tim/usersig", { method: "POST", headers, body: "{}" });
 *   const { identifier, userSig }: UserSigAnswer = await response.json();
 *   await chat.login({ userID: identifier, userSig });
 * }
 * ```
 */
export interface UserSigAnswer {
  /** The app. */
  sdkAppId: number;
  /** The caller. */
  identifier: string;
  /** The UserSig, to log in with. */
  userSig: string;
  /** When it ends, in seconds since 1970. */
  expiresAt: number;
  /** The PrivateMapKey, when a room was asked for. */
  privateMapKey?: string;
}

/** `POST /usersig`: a UserSig for the caller and nobody else. */
export function userSigRoute(parts: Parts): Route {
  const { client, userSig: rules, limits, audit } = parts;

  async function issue(exchange: Exchange): Promise<UserSigAnswer> {
    const { identifier } = exchange.caller!;
    const { expireSeconds = rules.maxSeconds, room } = await readBody(exchange, limits);
    if (!Number.isInteger(expireSeconds) || !(expireSeconds as number > 0)) {
      throw bad(`expireSeconds must be whole seconds from 1 to ${rules.maxSeconds}`);
    }
    const expire = Math.min(expireSeconds as number, rules.maxSeconds);
    const currentDate = new Date();
    const expiresAt = Math.floor(currentDate.getTime() / 1000) + expire;
    const request = { identifier, expireSeconds: expire, currentDate };
    const userBuf = room === undefined ? undefined : await userBufFor(exchange, room, expiresAt);
    return {
      sdkAppId: client.sdkAppId,
      identifier,
      userSig: await client.signUserSig(request),
      expiresAt,
      ...userBuf && { privateMapKey: await client.signUserSig({ ...request, userBuf }) },
    };
  }

  async function userBufFor(
    exchange: Exchange,
    room: unknown,
    expiresAt: number,
  ): Promise<Uint8Array> {
    exchange.command = "private-map-key";
    const { privileges, ...ref } = checkedRoom(room);
    const caller = exchange.caller!;
    const reason = await rules.refuseRoom(caller, ref, privileges, parts.backend.lookUp(exchange));
    if (reason !== undefined) throw new Refusal("room-not-allowed", `It is refused: ${reason}`);
    try {
      return encodeUserBuf({
        ...ref as unknown as RoomRef,
        sdkAppId: client.sdkAppId,
        identifier: caller.identifier,
        privileges: privileges as (keyof typeof roomPrivileges)[],
        expiresAt,
      });
    } catch (error) {
      throw isTimError(error, "config") ? bad(error.message) : error;
    }
  }

  return async (exchange) => {
    const caller = await parts.identify(exchange);
    exchange.command = "usersig";
    try {
      if (parts.isAdmin(caller.identifier)) {
        throw notIssued("Administrators sign on the server, never by the gateway");
      }
      if (!rules.mayHave(caller)) throw notIssued("Your roles give you none");
      const answer = await issue(exchange).catch((error) => {
        throw isTimError(error, "config") ? notIssued(error.message) : error;
      });
      audit?.call(exchange, "ok");
      return jsonReply(answer);
    } catch (error) {
      if (error instanceof Refusal) audit?.call(exchange, "refused", error.reason);
      else if (isTimError(error)) {
        audit?.call(exchange, "failed", String(isApiError(error) ? error.errorCode : error.code));
      }
      throw error;
    }
  };
}

function checkedRoom(room: unknown): Record<string, unknown> & { privileges: string[] } {
  if (typeof room !== "object" || room === null) throw bad("room must be an object");
  const { roomId, strRoomId, privileges, ...rest } = room as Record<string, unknown>;
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) throw bad("room takes roomId or strRoomId, and privileges");
  if ((roomId === undefined) === (strRoomId === undefined)) {
    throw bad("room needs roomId or strRoomId, one of the two");
  }
  const known = Object.keys(roomPrivileges);
  if (
    !Array.isArray(privileges) || privileges.length === 0 ||
    !privileges.every((name) => known.includes(name))
  ) {
    throw bad(`room.privileges must list some of ${known.join(", ")}`);
  }
  return { ...(roomId === undefined ? { strRoomId } : { roomId }), privileges };
}

function bad(detail: string): Refusal {
  return new Refusal("bad-request", detail);
}

function notIssued(detail: string): Refusal {
  return new Refusal("identifier-not-allowed", detail);
}
