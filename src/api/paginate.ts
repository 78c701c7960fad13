/**
 * Paged commands as one list.
 *
 * @module
 */

import type { CallOptions } from "../core/client_options.ts";
import { ConfigError } from "../core/errors.ts";
import { checkAborted } from "./aborted.ts";
import type { Commands } from "./generated/commands.ts";
import { type PagedCommands, pagingRows } from "./generated/paging.ts";
import type { Caller } from "./named_calls.ts";
import { itemsOf, nextBody, positionOf, protocolError, valueAt } from "./page_turn.ts";

/**
 * A command that answers in pages, `service/command`.
 *
 * @example Is it a list?
 * ```ts
 * import { findCommand, type PagedCommand } from "@tim/edge/api";
 *
 * const isPaged = (command: string): command is PagedCommand =>
 *   findCommand(command)?.paging !== undefined;
 * console.log(isPaged("live_engine_http_srv/get_room_list")); // true
 * console.log(isPaged("live_engine_http_srv/create_room")); // false
 * ```
 */
export type PagedCommand = keyof PagedCommands;

/**
 * The items that an answer holds under a path, `Response.RoomList`.
 *
 * @example The members inside the groups that are answered
 * ```ts
 * import { type Commands, createTim, type ItemAt } from "@tim/edge/api";
 *
 * type Group = ItemAt<Commands["group_open_http_svc/get_group_info"]["response"], "GroupInfo">;
 * type Member = ItemAt<Group, "MemberList">;
 * const shown = ({ Member_Account, Role }: Member) => `${Member_Account}: ${Role}`;
 * const tim = createTim({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const { GroupInfo } = await tim.group.getGroupInfo({ GroupIdList: ["book-club"] });
 * console.log(GroupInfo[0]?.MemberList?.map(shown)); // ["alice: Owner"]
 * ```
 */
export type ItemAt<T, Path extends string> = Path extends `${infer Key}.${infer Rest}`
  ? Key extends keyof T ? ItemAt<NonNullable<T[Key]>, Rest> : never
  : Path extends keyof T ? NonNullable<T[Path]> extends readonly (infer Item)[] ? Item : never
  : never;

/**
 * What a paged command lists.
 *
 * @example A function for each item
 * ```ts
 * import { createTim, type PageItem, paginate } from "@tim/edge/api";
 *
 * type Room = PageItem<"live_engine_http_srv/get_room_list">;
 * const line = ({ RoomId, Owner_Account }: Room) => `${RoomId} by ${Owner_Account}`;
 * const tim = createTim({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * for await (const room of paginate(tim, "live_engine_http_srv/get_room_list", { Count: 20 })) {
 *   console.log(line(room)); // coffee_hour by mira
 * }
 * ```
 */
export type PageItem<Command extends PagedCommand> = Command extends PagedCommand
  ? ItemAt<Commands[Command]["response"], PagedCommands[Command]["items"]>
  : never;

/**
 * The body of a paged command; where the first page begins may be left out.
 *
 * @example What is asked for, kept apart from the asking
 * ```ts
 * import { createTim, type PageBody, paginate } from "@tim/edge/api";
 *
 * const publicGroups: PageBody<"group_open_http_svc/get_appid_group_list"> = {
 *   GroupType: "Public",
 *   Limit: 100, // a page
 * };
 * const tim = createTim({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const groups = paginate(tim, "group_open_http_svc/get_appid_group_list", publicGroups);
 * console.log((await groups.toArray()).length); // 1
 * ```
 */
export type PageBody<Command extends PagedCommand> =
  & Omit<Commands[Command]["request"], PagedCommands[Command]["first"]>
  & Partial<
    Pick<
      Commands[Command]["request"],
      PagedCommands[Command]["first"] & keyof Commands[Command]["request"]
    >
  >;

/**
 * What follows the command: its body, which may be left out where no field must be there,
 * and options.
 *
 * @example A function around `paginate` that is typed like it
 * ```ts
 * import {
 *   createTim,
 *   type PagedCommand,
 *   type PageItem,
 *   paginate,
 *   type PaginateArguments,
 * } from "@tim/edge/api";
 *
 * const tim = createTim({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * // The first ten
 * const glance = <Command extends PagedCommand>(
 *   command: Command,
 *   ...rest: PaginateArguments<Command>
 * ): Promise<PageItem<Command>[]> => paginate(tim, command, ...rest).toArray({ limit: 10 });
 * const [room] = await glance("live_engine_http_srv/get_room_list", { Count: 10 });
 * console.log(room?.RoomId); // coffee_hour
 * ```
 */
export type PaginateArguments<Command extends PagedCommand> = Record<never, never> extends
  PageBody<Command> ? [body?: PageBody<Command>, options?: CallOptions]
  : [body: PageBody<Command>, options?: CallOptions];

/**
 * One page.
 *
 * @example Page by page, with how far it has come
 * ```ts
 * import { createTim, type Page, paginate } from "@tim/edge/api";
 *
 * let read = 0;
 * const progress = ({ items, total }: Page<unknown, unknown>) => {
 *   read += items.length;
 *   return `${read} of ${total}`;
 * };
 * const tim = createTim({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const groups = paginate(tim, "group_open_http_svc/get_appid_group_list", { Limit: 50 });
 * for await (const page of groups.pages()) {
 *   console.log(progress(page)); // 1 of 1
 * }
 * ```
 */
export interface Page<Item, Answer> {
  /** What it lists; where an answer has several lists, one after the other. */
  items: Item[];
  /** How many items all pages have together, where the command says it. */
  total?: number;
  /** The whole answer. */
  answer: Answer;
}

/**
 * The list behind a paged command. Each way to read it begins anew, and calls no further
 * than it reads.
 *
 * @example The first that fits, and no page more
 * ```ts
 * import { createTim, paginate, type Paginated } from "@tim/edge/api";
 *
 * async function first<Item>(
 *   list: Paginated<Item, unknown>,
 *   fits: (item: Item) => boolean,
 * ): Promise<Item | undefined> {
 *   for await (const item of list) {
 *     if (fits(item)) return item;
 *   }
 * }
 * const tim = createTim({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const groups = paginate(tim, "group_open_http_svc/get_appid_group_list");
 * const found = await first(groups, ({ GroupId }) => GroupId.startsWith("book"));
 * console.log(found?.GroupId); // book-club
 * ```
 */
export interface Paginated<Item, Answer> extends AsyncIterable<Item> {
  /** Page by page, for what an answer says besides its items. */
  pages(): AsyncGenerator<Page<Item, Answer>, void>;
  /**
   * Reads the items into one array.
   *
   * @param options `limit`: at most so many items. @default {Infinity}
   */
  toArray(options?: { limit?: number }): Promise<Item[]>;
}

/**
 * Reads a paged command as one list, whichever way it pages: by offset, mark, cursor, sequence or time.
 *
 * A position in the body, `Next` for instance, begins there; the body itself stays as it is. Between two
 * pages others may write: an item can come twice or not at all, as with any paging.
 *
 * @example Every group of the app
 * ```ts
 * import { createTim, paginate } from "@tim/edge/api";
 *
 * const tim = createTim({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const ids: string[] = [];
 * for await (const { GroupId } of paginate(tim, "group_open_http_svc/get_appid_group_list")) {
 *   ids.push(GroupId);
 * }
 * console.log(ids.includes("book-club")); // true
 * ```
 *
 * @example The first members of a room, and how many there are
 * ```ts
 * import { createTim, paginate } from "@tim/edge/api";
 *
 * const tim = createTim({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const members = paginate(tim, "live_engine_http_srv/get_member_list", { RoomId: "coffee_hour" });
 * for await (const { total } of members.pages()) console.log(total);
 * const first = await members.toArray({ limit: 50 });
 * console.log(first.map(({ Member_Account }) => Member_Account));
 * ```
 *
 * @param client Who makes the calls.
 * @param command A command that answers in pages.
 * @param rest Its body, and options for each call; `signal` ends the list as well.
 * @returns The list; nothing is called yet.
 * @throws {ConfigError} When the command does not answer in pages.
 * @throws {TimError} While reading: what a call throws; of kind `protocol` when the backend sends the same
 * page or position again.
 */
export function paginate<Command extends PagedCommand>(
  client: Caller,
  command: Command,
  ...rest: PaginateArguments<Command>
): Paginated<PageItem<Command>, Commands[Command]["response"]> {
  if (!Object.hasOwn(pagingRows, command)) {
    throw new ConfigError(`${command} is no command that answers in pages, "service/command"`);
  }
  type Item = PageItem<Command>;
  type Answer = Commands[Command]["response"];
  const [body = {}, options] = rest as [body?: Record<string, unknown>, options?: CallOptions];
  const pages = () =>
    eachPage(client, command, body, options) as AsyncGenerator<Page<Item, Answer>>;
  async function* items() {
    for await (const page of pages()) {
      for (const item of page.items) {
        checkAborted(command, options?.signal);
        yield item;
      }
    }
  }
  return { pages, [Symbol.asyncIterator]: items, toArray: (given) => collect(items(), given) };
}

async function* eachPage(
  client: Caller,
  command: PagedCommand,
  given: Record<string, unknown>,
  options?: CallOptions,
): AsyncGenerator<Page<unknown, unknown>> {
  const row = pagingRows[command];
  let body: Record<string, unknown> | undefined = { ...row.first, ...known(given) };
  const positions = new Set<string>();
  let before = "";
  while (body) {
    const position = positionOf(row, body);
    if (positions.has(position)) {
      throw protocolError(command, `the backend leads back to ${position}, a page that was read`);
    }
    positions.add(position);
    checkAborted(command, options?.signal);
    const answer = await client.call(command, body, options);
    const items = itemsOf(row, answer, command);
    const text = JSON.stringify(items);
    if (items.length > 0 && text === before) {
      throw protocolError(command, `the backend answers the same page at ${position} as before it`);
    }
    before = text;
    // Before the page is handed out: its reader may change it.
    const next: Record<string, unknown> | Error | undefined = attempt(() =>
      nextBody(row, body!, answer, items, command)
    );
    const total = row.total === undefined ? undefined : valueAt(answer, row.total);
    yield { items, ...(typeof total === "number" && { total }), answer };
    if (next instanceof Error) throw next;
    body = next;
  }
}

/** What is given as `undefined` is not given, and leaves the first page's position as it is. */
function known(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries({ ...fields }).filter(([, value]) => value !== undefined),
  );
}

/** An error comes after the page that it stands in was handed out. */
function attempt<T>(work: () => T): T | Error {
  try {
    return work();
  } catch (error) {
    return error as Error;
  }
}

async function collect<T>(items: AsyncGenerator<T>, { limit = Infinity } = {}): Promise<T[]> {
  if (!(limit >= 0)) throw new ConfigError(`limit is ${limit}, wanted a number of items`);
  const found: T[] = [];
  if (found.length >= limit) return found;
  for await (const item of items) {
    found.push(item);
    if (found.length >= limit) break;
  }
  return found;
}
