/**
 * The named calls at run time: a method for each command, made from a list of names.
 *
 * @module
 */

import { TimClient } from "../core/client.ts";
import type { CallOptions, TimClientOptions } from "../core/client_options.ts";
import { ConfigError } from "../core/errors.ts";
import type { Commands } from "./generated/commands.ts";
import type { NamedCalls } from "./generated/named_calls.ts";
import { names } from "./generated/names.ts";

/**
 * A client on which every documented command is a method: `tim.live.createRoom(…)`.
 *
 * @example A function that is handed the client
 * ```ts
 * import { createTim, type Tim } from "@tim/edge/api";
 *
 * async function membersOf(tim: Tim, GroupId: string): Promise<string[]> {
 *   const { MemberList } = await tim.group.getGroupMemberInfo({ GroupId, Limit: 100 });
 *   return MemberList.map(({ Member_Account }) => Member_Account);
 * }
 * const tim = createTim({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * console.log(await membersOf(tim, "book-club")); // ["alice"]
 * ```
 */
export type Tim = TimClient<Commands> & NamedCalls;

/**
 * Whatever can make a call: a client.
 *
 * @example Named calls in a test, without a client
 * ```ts
 * import { type Caller, namedCalls } from "@tim/edge/api";
 *
 * const called: string[] = [];
 * const caller: Caller = {
 *   call(command, body) {
 *     called.push(`${command} ${JSON.stringify(body)}`);
 *     return Promise.resolve({ ActionStatus: "OK", ErrorCode: 0 });
 *   },
 * };
 * await namedCalls(caller).account.kick({ UserID: "alice" });
 * console.log(called.join()); // im_open_login_svc/kick {"UserID":"alice"}
 * ```
 */
export interface Caller {
  /** Calls one command. */
  call(command: string, body?: object, options?: CallOptions): Promise<unknown>;
}

/**
 * Makes a client with the named calls. Like `new TimClient(…)` it does no work yet.
 *
 * @example Create a live room
 * ```ts
 * import { createTim } from "@tim/edge/api";
 *
 * const tim = createTim({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * await tim.live.createRoom({
 *   RoomInfo: { RoomId: "morning_news", RoomType: "Live", IsPublicVisible: true },
 * });
 * ```
 *
 * @param options Which app, which key, which host.
 * @returns The client; `tim.call(…)` is there as well.
 * @throws {ConfigError} When an argument breaks a rule; the message names it.
 */
export function createTim(options: TimClientOptions): Tim {
  if (options instanceof TimClient) {
    throw new ConfigError(
      "createTim makes a client of its own; namedCalls(client) names one's calls",
    );
  }
  const client = new TimClient<Commands>(options);
  return Object.assign(client, namedCalls(client));
}

/**
 * The named calls of a client that exists already.
 *
 * @example Beside a client
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { namedCalls } from "@tim/edge/api";
 *
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const { group } = namedCalls(tim);
 * const { GroupInfo } = await group.getGroupInfo({ GroupIdList: ["book-club"] });
 * console.log(GroupInfo[0]?.Name); // Book club
 * ```
 *
 * @param client Who makes the calls.
 */
export function namedCalls(client: Caller): NamedCalls {
  const areas: Record<string, Record<string, unknown>> = {};
  for (const [area, name, command] of eachName()) {
    (areas[area] ??= {})[name] = (body?: object, options?: CallOptions) =>
      client.call(command, body, options);
  }
  return areas as unknown as NamedCalls;
}

/** Every name of every command: area, method, `service/command`. */
export function* eachName(): Generator<[area: string, name: string, command: string]> {
  for (const [area, lines] of Object.entries(names)) {
    for (const line of lines) {
      const [service, ...words] = line.split(" ");
      for (const word of words) {
        const [command, name] = word.split("=") as [string, string?];
        yield [area, name ?? camelCase(command), `${service}/${command}`];
      }
    }
  }
}

function camelCase(command: string): string {
  return command.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}
