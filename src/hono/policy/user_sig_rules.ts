/**
 * Who gets a UserSig, and who a PrivateMapKey for which room.
 *
 * @module
 */

import { ConfigError } from "../../core/errors.ts";
import { type RoomPrivilege, roomPrivileges } from "../../core/user_buf.ts";
import type { Caller } from "../auth/caller.ts";
import { checkCount, checkKeys, checkList, didYouMean } from "../check_keys.ts";
import type { Catalogue } from "./catalogue.ts";
import { allHold, compileConditions, roleMatch } from "./compile.ts";
import type { LookUp } from "./condition.ts";
import type { Condition } from "./rule.ts";

/**
 * Who gets a UserSig; always one for itself, and an administrator never.
 *
 * @example For an hour, and for people only
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, hashApiKey, makeApiKey, type UserSigOptions } from "@tim/edge/hono";
 *
 * const userSig: UserSigOptions = { roles: ["person"], maxSeconds: 3600 };
 * const key = makeApiKey();
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: await hashApiKey(key), identifier: "reports", roles: ["machine"] }],
 *   userSig,
 * });
 * const headers = { "x-api-key": key };
 * const answer = await gateway.request("/usersig", { method: "POST", headers, body: "{}" });
 * console.log((await answer.json()).detail); // Your roles give you none
 * ```
 */
export interface UserSigOptions {
  /** Callers with one of these roles; `"*"` is every caller. @default {["*"]} */
  roles?: readonly string[];
  /** The longest lifetime, in seconds. @default {86400} a day */
  maxSeconds?: number;
  /** Who gets a PrivateMapKey. @default {[]} nobody */
  rooms?: readonly RoomRule[];
}

/**
 * One rule: allows PrivateMapKeys to roles.
 *
 * @example Everybody may watch what is public
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, hashApiKey, makeApiKey, type RoomRule } from "@tim/edge/hono";
 *
 * const rooms: RoomRule[] = [{
 *   roles: ["*"],
 *   privileges: ["enterRoom", "receiveAudio", "receiveVideo"],
 *   when: [{ field: "strRoomId", startsWith: "public-" }],
 * }];
 * const client = new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" });
 * const key = makeApiKey();
 * const apiKeys = [{ sha256: await hashApiKey(key), identifier: "alice" }];
 * const gateway = createGateway({ client, apiKeys, userSig: { rooms } });
 * const room = { strRoomId: "board-meeting", privileges: ["enterRoom"] };
 * const call = { method: "POST", headers: { "x-api-key": key }, body: JSON.stringify({ room }) };
 * console.log((await gateway.request("/usersig", call)).status); // 403
 * ```
 */
export interface RoomRule {
  /** Callers with one of these roles; `"*"` is every caller. */
  roles: readonly string[];
  /** The privileges that may be asked for. */
  privileges: readonly RoomPrivilege[];
  /** What must be true of the request, whose fields are `roomId` or `strRoomId`. @default {[]} */
  when?: readonly Condition[];
}

/** What a room is asked for by: a number or a text. */
const FIELDS = ["roomId", "strRoomId"];

/** The rules, compiled. */
export interface UserSigRules {
  maxSeconds: number;
  mayHave(caller: Caller): boolean;
  /** Why a PrivateMapKey is refused; `undefined` when it is not. */
  refuseRoom(
    caller: Caller,
    room: Record<string, unknown>,
    privileges: readonly string[],
    lookUp: LookUp,
  ): Promise<string | undefined>;
}

/**
 * Compiles the options.
 *
 * @throws {ConfigError} When anything in them is misspelt or means nothing.
 */
export function compileUserSig(options: UserSigOptions, catalogue: Catalogue): UserSigRules {
  checkKeys("userSig", options, ["roles", "maxSeconds", "rooms"]);
  const { maxSeconds = 86_400 } = options;
  checkCount("userSig.maxSeconds", maxSeconds, 1);
  const mayHave = roleMatch("userSig", options.roles ?? ["*"]);
  checkList("userSig.rooms", options.rooms ?? []);
  const rules = (options.rooms ?? []).map((rule, index) => compileRoom(rule, index, catalogue));
  return {
    maxSeconds,
    mayHave: ({ roles }) => mayHave(roles),
    async refuseRoom(caller, room, privileges, lookUp) {
      const reasons: string[] = [];
      for (const { isFor, allowed, fails } of rules) {
        if (!isFor(caller.roles)) continue;
        const extra = privileges.filter((name) => !allowed.includes(name as RoomPrivilege));
        const reason = extra.length > 0
          ? `not ${extra.join(", ")}`
          : await fails({ caller, body: room }, lookUp);
        if (reason === undefined) return undefined;
        reasons.push(reason);
      }
      return reasons.join("; ") || "no rule gives you one";
    },
  };
}

function compileRoom(rule: RoomRule, index: number, catalogue: Catalogue) {
  const where = `userSig.rooms[${index}]`;
  checkKeys(where, rule, ["roles", "privileges", "when"]);
  const known = Object.keys(roomPrivileges);
  if (!Array.isArray(rule.privileges) || rule.privileges.length === 0) {
    throw new ConfigError(`${where}.privileges must list some of ${known.join(", ")}`);
  }
  for (const name of rule.privileges) {
    if (known.includes(name)) continue;
    throw new ConfigError(
      `${where}.privileges holds "${name}", which is none${didYouMean(name, known)}`,
    );
  }
  const conditions = compileConditions(where, rule.when ?? [], catalogue);
  for (const { text } of conditions.flatMap(({ ofRequest }) => ofRequest)) {
    if (FIELDS.includes(text)) continue;
    throw new ConfigError(
      `${where}.when goes by "${text}", which a request for a room has not${
        didYouMean(text, FIELDS)
      }; it has ${FIELDS.join(" or ")}`,
    );
  }
  return {
    isFor: roleMatch(where, rule.roles),
    allowed: rule.privileges,
    fails: allHold(conditions, []),
  };
}
