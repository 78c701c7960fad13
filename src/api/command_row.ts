/**
 * What the command table says of a command and of a webhook.
 *
 * @module
 */

/**
 * How to get from one page to the next. Paths go into the answer, `Response.RoomList`.
 *
 * @example Which field of the body leads to the next page
 * ```ts
 * import { findCommand, type Paging } from "@tim/edge/api";
 *
 * const goesOnBy = ({ carry = {}, offset, step }: Paging) =>
 *   [...Object.keys(carry), offset, step?.field].filter(Boolean).join();
 * const { paging } = findCommand("conversation.getList")!;
 * console.log(paging && goesOnBy(paging)); // TimeStamp,StartIndex,TopTimeStamp,TopStartIndex
 * ```
 */
export interface Paging {
  /** Where the items are; more than one list where the answer has several. */
  items: string[];
  /** Field of the body → path of the answer whose value it takes for the next page. */
  carry?: Record<string, string>;
  /** Field of the body that grows by the number of items; with `carry` too, when the body lacks that. */
  offset?: string;
  /** Field of the body that becomes a field of the last item plus `add`. */
  step?: {
    /** Field of the body. */
    field: string;
    /** Field of the last item. */
    from: string;
    /** What is added. */
    add: number;
  };
  /** What the body of the first page must hold. */
  first?: Record<string, string | number>;
  /** The last page is the one where the field is one of `is`, or none of `not`; an empty page is always the last. */
  end?: {
    /** Path of the answer. */
    field: string;
    /** Values that end it. */
    is?: (string | number)[];
    /** Values that do not end it. */
    not?: (string | number)[];
  };
  /** Path of the answer that holds the number of all items; without `end`, reaching it ends the list. */
  total?: string;
  /** Field of the body that holds the size of a page. */
  limit?: string;
}

/**
 * Where an answer lists what failed of a batch, while its `ErrorCode` is 0.
 *
 * @example Where an answer names those that it failed for
 * ```ts
 * import { type BatchFailures, findCommand } from "@tim/edge/api";
 *
 * const place = ({ list, key }: BatchFailures) => key ? `${list}[].${key}` : `${list}[]`;
 * const { batch } = findCommand("group.addGroupMember")!;
 * console.log(batch?.failures?.map(place)); // ["MemberList[].Member_Account"]
 * ```
 */
export interface BatchFailures {
  /** Field of the answer. */
  list: string;
  /** Field of an entry with the account; absent when the entries are accounts. */
  key?: string;
  /** Field of an entry with its code; absent when every entry is a failure. */
  code?: string;
  /** The code of a failure; any but 0 when absent. */
  is?: number;
}

/**
 * How many accounts, or groups, one call takes.
 *
 * @example How long a list may be
 * ```ts
 * import { type Batch, findCommand } from "@tim/edge/api";
 *
 * const limit = ({ field, max }: Batch) => `at most ${max} in ${field}`;
 * const { batch } = findCommand("account.multiaccountImport")!;
 * console.log(batch && limit(batch)); // at most 100 in AccountList
 * ```
 */
export interface Batch {
  /** Field of the body that holds them. */
  field: string;
  /** Most entries in one call. */
  max: number;
  /** Field of an entry with the account; absent when the entries are accounts. */
  key?: string;
  /** Where failures are listed; absent when the command fails as a whole. */
  failures?: BatchFailures[];
}

/**
 * One command.
 *
 * @example A list of commands for people
 * ```ts
 * import { type CommandRow, findCommand } from "@tim/edge/api";
 *
 * const line = ({ area, name, rateLimit }: CommandRow) => `${area}.${name}, ${rateLimit} a second`;
 * console.log(line(findCommand("live.getRoomList")!)); // live.getRoomList, 10 a second
 * ```
 */
export interface CommandRow {
  /** First half of the path, `live_engine_http_srv`. */
  service: string;
  /** Second half of the path, `create_room`. */
  command: string;
  /** Group of the named call, `live`. */
  area: string;
  /** Name of the named call, `createRoom`. */
  name: string;
  /** Whether the same call twice leaves the same state and harms nobody. */
  idempotent: boolean;
  /** Calls a second that one app may make; below 1, one call in `1 / rateLimit` seconds. */
  rateLimit: number;
  /** How to page; absent when the answer comes whole. */
  paging?: Paging;
  /** How many accounts one call takes; absent when it is about one thing. */
  batch?: Batch;
}

/**
 * How the answer to a callback refuses the deed.
 *
 * @example May a code of one's own be used?
 * ```ts
 * import { type RefusalRule, webhooks } from "@tim/edge/api";
 *
 * const takes = ({ codes }: RefusalRule, code: number) =>
 *   codes !== undefined && code >= codes[0] && code <= codes[1];
 * const row = webhooks.find(({ name }) => name === "Group.CallbackBeforeSendMsg");
 * console.log(row?.refusal && takes(row.refusal, 10101)); // true
 * ```
 */
export interface RefusalRule {
  /** Lowest and highest code of one's own, passed on with its text; absent when only 1 refuses. */
  codes?: [lowest: number, highest: number];
  /** Field of the event with the accounts that are each let pass or refused; absent when one code is for all. */
  each?: string;
  /** Whether a message can be dropped while its sender is told that it was sent. */
  discard?: boolean;
}

/**
 * One callback.
 *
 * @example Which callbacks the app can say no to
 * ```ts
 * import { type WebhookRow, webhooks } from "@tim/edge/api";
 *
 * const refusable = ({ phase, canRefuse }: WebhookRow) => phase === "before" && canRefuse;
 * const names = webhooks.filter(refusable).map(({ name }) => name);
 * console.log(names.includes("Group.CallbackBeforeSendMsg")); // true
 * ```
 */
export interface WebhookRow {
  /** Its `CallbackCommand`. */
  name: string;
  /** Whether it comes before or after the deed. */
  phase: "before" | "after";
  /** Whether the answer can refuse the deed. */
  canRefuse: boolean;
  /** How; absent when it cannot. */
  refusal?: RefusalRule;
  /** What an answer says that gives the backend nothing to use; absent where success is enough. */
  byDefault?: Record<string, string | number>;
}

/** What the catalogue says of a command for the emulator's sake. */
export interface CommandNote {
  /** What it does, in a few words. */
  summary: string;
  /** How sure its description is: `documented`, `sdk` or `partial`. */
  confidence: string;
  /** What of its description was not seen. */
  missing?: string[];
  /** The codes that its page lists. */
  errors: number[];
  /** What the emulator does where the pages leave a choice. */
  choices?: string[];
}
