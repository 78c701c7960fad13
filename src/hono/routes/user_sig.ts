import { isTimError } from "../../core/errors.ts";
import { encodeUserBuf, roomPrivileges, type RoomRef } from "../../core/user_buf.ts";
import type { Exchange } from "../exchange.ts";
import type { Parts } from "../gateway.ts";
import type { Route } from "../handle.ts";
import { Refusal } from "../problem.ts";
import { jsonReply } from "../reply.ts";
import { readBody } from "./body.ts";

/** What `POST /usersig` takes. */
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

/** What `POST /usersig` answers. */
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
