/**
 * Commands that take a list of accounts, for lists of any length.
 *
 * @module
 */

import type { CallOptions } from "../core/client_options.ts";
import { ConfigError } from "../core/errors.ts";
import { checkAborted } from "./aborted.ts";
import { type BatchFailure, failuresIn, failuresOf } from "./batch_failures.ts";
import type { Batch } from "./command_row.ts";
import { type BatchCommands, batchRows } from "./generated/batches.ts";
import type { Commands } from "./generated/commands.ts";
import type { Caller } from "./named_calls.ts";

export type { BatchFailure } from "./batch_failures.ts";

/**
 * A command that takes a list of accounts, or of groups, `service/command`.
 *
 * @example How many calls a list will take
 * ```ts
 * import { type BatchCommand, findCommand } from "@tim/edge/api";
 *
 * const callsFor = (command: BatchCommand, entries: number) =>
 *   Math.ceil(entries / findCommand(command)!.batch!.max);
 * console.log(callsFor("im_open_login_svc/multiaccount_import", 250)); // 3
 * console.log(callsFor("openim/batchsendmsg", 250)); // 1
 * ```
 */
export type BatchCommand = keyof BatchCommands;

/**
 * The body of such a command; its list is there, and as long as you like.
 *
 * @example One message for a whole list
 * ```ts
 * import { type BatchBody, callInBatches, createTim } from "@tim/edge/api";
 *
 * const tim = createTim({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const notice = (users: string[], Text: string): BatchBody<"openim/batchsendmsg"> => ({
 *   To_Account: users,
 *   MsgRandom: 4711,
 *   MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text } }],
 * });
 * const body = notice(["alice", "bob"], "The library closes at six");
 * const { succeeded } = await callInBatches(tim, "openim/batchsendmsg", body);
 * console.log(succeeded.join()); // alice,bob
 * ```
 */
export type BatchBody<Command extends BatchCommand> =
  & Commands[Command]["request"]
  & {
    [Field in BatchCommands[Command] & keyof Commands[Command]["request"]]-?: NonNullable<
      Commands[Command]["request"][Field]
    >;
  };

/**
 * What may differ for one batch; the rest holds for each of its calls.
 *
 * @example Gently: fifty accounts, one call at a time
 * ```ts
 * import { type BatchOptions, callInBatches, createTim } from "@tim/edge/api";
 *
 * const tim = createTim({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const gently: BatchOptions = { concurrency: 1, size: 50, timeoutMs: 10_000 };
 * const AccountList = Array.from({ length: 120 }, (_, index) => ({ UserID: `user${index}` }));
 * const { answers } = await callInBatches(
 *   tim,
 *   "im_open_login_svc/multiaccount_import",
 *   { AccountList },
 *   gently,
 * );
 * console.log(answers.length); // 3
 * ```
 */
export interface BatchOptions extends CallOptions {
  /** How many calls may be under way at once. @default {4} */
  concurrency?: number;
  /** Most entries in one call, for bodies that grow too large. @default {the command's limit} */
  size?: number;
}

/**
 * How a batch went, by account.
 *
 * @example In one line
 * ```ts
 * import { type BatchOutcome, callInBatches, createTim } from "@tim/edge/api";
 *
 * const summary = ({ succeeded, failed }: BatchOutcome<unknown>) =>
 *   `${succeeded.length} done, failed: ${failed.map(({ account }) => account).join() || "none"}`;
 * const tim = createTim({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const outcome = await callInBatches(tim, "group_open_http_svc/get_group_info", {
 *   GroupIdList: ["book-club", "chess-club"],
 * });
 * console.log(summary(outcome)); // 1 done, failed: chess-club
 * ```
 */
export interface BatchOutcome<Answer> {
  /** The accounts that nothing was reported against, in the order of the list, each once. */
  succeeded: string[];
  /** The others, in the order of the list. */
  failed: BatchFailure[];
  /** The answers of the calls that succeeded, in the order of the list. */
  answers: Answer[];
}

/**
 * Calls a command for a list of any length: in calls of the documented size, some at once, and tells account
 * by account how it went.
 *
 * An account that stands twice is sent once. A call that fails lets the others go on; its accounts are
 * reported as failed with what it threw. An empty list calls nothing.
 *
 * @example Import users, and see who was not
 * ```ts
 * import { callInBatches, createTim } from "@tim/edge/api";
 *
 * const tim = createTim({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const names = Array.from({ length: 250 }, (_, index) => `user${index}`);
 * const { succeeded, failed } = await callInBatches(tim, "im_open_login_svc/multiaccount_import", {
 *   AccountList: names.map((UserID) => ({ UserID })),
 * });
 * console.log(succeeded.length); // 250
 * for (const { account, code, info } of failed) console.warn(account, code, info);
 * ```
 *
 * @param client Who makes the calls.
 * @param command A command that takes a list.
 * @param body Its body with the whole list; it is not changed.
 * @param options How many at once, and options for each call.
 * @returns How it went; failures of calls are in it, not thrown.
 * @throws {ConfigError} Before anything is sent: a command that takes none, no list, an entry without its account, or two different
 * entries for one account.
 */
export async function callInBatches<Command extends BatchCommand>(
  client: Caller,
  command: Command,
  body: BatchBody<Command>,
  options: BatchOptions = {},
): Promise<BatchOutcome<Commands[Command]["response"]>> {
  if (!Object.hasOwn(batchRows, command)) {
    throw new ConfigError(`${command} is no command that takes a list, "service/command"`);
  }
  const row: Batch = batchRows[command];
  const { concurrency = 4, size = row.max, ...callOptions } = options;
  checkCount("concurrency", concurrency, Infinity);
  checkCount("size", size, row.max);
  const entries = [...entriesByAccount(command, row, body)];
  const chunks = Array.from(
    { length: Math.ceil(entries.length / size) },
    (_, index) => entries.slice(index * size, (index + 1) * size),
  );
  const outcomes: BatchOutcome<Commands[Command]["response"]>[] = new Array(chunks.length);
  let next = 0;
  const work = async () => {
    while (next < chunks.length) {
      const index = next++;
      const chunk = chunks[index]!;
      const accounts = chunk.map(([account]) => account);
      const part = { ...body, [row.field]: chunk.map(([, entry]) => entry) };
      try {
        checkAborted(command, callOptions.signal);
        const answer = await client.call(command, part, callOptions);
        const failures = failuresIn(row, answer);
        outcomes[index] = {
          succeeded: accounts.filter((account) => !failures.has(account)),
          failed: accounts.flatMap((account) => failures.get(account) ?? []),
          answers: [answer as Commands[Command]["response"]],
        };
      } catch (error) {
        outcomes[index] = {
          succeeded: [],
          failed: failuresOf(row, accounts, error),
          answers: [],
        };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, chunks.length) }, work));
  return {
    succeeded: outcomes.flatMap(({ succeeded }) => succeeded),
    failed: outcomes.flatMap(({ failed }) => failed),
    answers: outcomes.flatMap(({ answers }) => answers),
  };
}

/** The entries of the list by account, each account once, in their order. */
function entriesByAccount(command: string, row: Batch, body: object): Map<string, unknown> {
  const list = (body as Record<string, unknown> | undefined)?.[row.field];
  if (!Array.isArray(list)) {
    throw new ConfigError(`Body of ${command} has no list ${row.field}`, command);
  }
  const entries = new Map<string, unknown>();
  for (const [index, entry] of list.entries()) {
    const account = row.key ? entry?.[row.key] : entry;
    const place = `${row.field}[${index}]${row.key ? `.${row.key}` : ""}`;
    if (typeof account !== "string") {
      throw new ConfigError(`${place} in the body of ${command} is no string`, command);
    }
    const other = entries.get(account);
    if (other !== undefined && JSON.stringify(other) !== JSON.stringify(entry)) {
      throw new ConfigError(
        `${place} in the body of ${command} is "${account}" again, with other fields; make them one entry`,
        command,
      );
    }
    if (other === undefined) entries.set(account, entry);
  }
  return entries;
}

function checkCount(name: string, count: number, most: number): void {
  if (Number.isInteger(count) && count >= 1 && count <= most) return;
  const range = most === Infinity ? "1 or more" : `1 to ${most}`;
  throw new ConfigError(`${name} is ${count}, wanted ${range}`);
}
