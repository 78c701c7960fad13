/**
 * How the types of a call follow from its command; nothing of this is there at run time.
 *
 * @module
 */

import type { CallOptions } from "./client_options.ts";
import type { Envelope } from "./request.ts";

/**
 * An answer: the envelope, and whatever the command adds to it.
 *
 * @example Where the client knows no command
 * ```ts
 * import { type Answer, BaseClient } from "@tim/edge";
 *
 * interface Groups {
 *   GroupIdList: { GroupId: string }[];
 * }
 * const names = ({ ErrorCode, GroupIdList }: Answer<Groups>) =>
 *   ErrorCode === 0 ? GroupIdList.map(({ GroupId }) => GroupId) : [];
 *
 * const tim = new BaseClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const answer = await tim.call<string, Groups>("group_open_http_svc/get_appid_group_list");
 * console.log(names(answer)); // ["book-club"]
 * ```
 */
export type Answer<T = Record<string, unknown>> = Envelope & T;

/**
 * What a client knows of commands when nobody told it: nothing. Every command is callable, untyped.
 *
 * @example A tool that sends whatever it is told to
 * ```ts
 * import { BaseClient, type UntypedCommands } from "@tim/edge";
 *
 * const send = (tim: BaseClient<UntypedCommands>, command: string, json: string) =>
 *   tim.call(command, JSON.parse(json));
 *
 * const tim = new BaseClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const answer = await send(tim, "group_open_http_svc/get_appid_group_list", '{"Limit":2}');
 * console.log(answer.ErrorCode, answer.TotalCount); // 0 1
 * ```
 */
export type UntypedCommands = Record<never, never>;

/**
 * Any name; known ones are offered by the editor.
 *
 * @example Calls that go into an audit log
 * ```ts
 * import { type CommandName, type Commands, TimClient } from "@tim/edge";
 *
 * const audited = new Set<CommandName<Commands>>([
 *   "im_open_login_svc/account_delete", // the editor knows these
 *   "group_open_http_svc/destroy_group",
 * ]);
 * const audit: string[] = [];
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 *   middleware: [(request, next) => {
 *     if (audited.has(request.command)) audit.push(request.command);
 *     return next(request);
 *   }],
 * });
 * await tim.call("group_open_http_svc/destroy_group", { GroupId: "book-club" });
 * console.log(audit); // ["group_open_http_svc/destroy_group"]
 * ```
 */
export type CommandName<Commands> = (keyof Commands & string) | (string & Record<never, never>);

/**
 * What follows the command in a call; a known body may be left out
 * where all its fields are optional.
 *
 * @example A function around `call` that is typed like it
 * ```ts
 * import { type CallArguments, type CommandName, type Commands, TimClient } from "@tim/edge";
 *
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * async function timed<Name extends CommandName<Commands>>(
 *   command: Name,
 *   ...rest: CallArguments<Commands, Name>
 * ) {
 *   const started = performance.now();
 *   const answer = await tim.call(command, ...rest);
 *   return { answer, ms: performance.now() - started };
 * }
 * const { answer } = await timed("group_open_http_svc/get_group_info", {
 *   GroupIdList: ["book-club"],
 * });
 * console.log(answer.GroupInfo[0]?.Name); // Book club
 * ```
 */
export type CallArguments<Commands, Command> = Command extends keyof Commands
  ? Commands[Command] extends { request: infer Body }
    ? Record<never, never> extends Body ? [body?: Body, options?: CallOptions]
    : [body: Body, options?: CallOptions]
  : never
  : [body?: object, options?: CallOptions];

/**
 * What a call answers: a known command's own type, `Answer<T>` of any other.
 *
 * @example A name for what a command answers
 * ```ts
 * import { type CallAnswer, type Commands, TimClient } from "@tim/edge";
 *
 * type Groups = CallAnswer<Commands, "group_open_http_svc/get_group_info">;
 * const owners = ({ GroupInfo }: Groups) => GroupInfo.map(({ Owner_Account }) => Owner_Account);
 *
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const answer = await tim.call("group_open_http_svc/get_group_info", {
 *   GroupIdList: ["book-club"],
 * });
 * console.log(owners(answer)); // ["alice"]
 * ```
 */
export type CallAnswer<Commands, Command, T = Record<string, unknown>> = Command extends
  keyof Commands ? Commands[Command] extends { response: infer Response } ? Response : never
  : Answer<T>;
