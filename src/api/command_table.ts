/**
 * The command table, and looking a command up by any of its names.
 *
 * @module
 */

import type { Batch, CommandRow, Paging, WebhookRow } from "./command_row.ts";
import { batchRows } from "./generated/batches.ts";
import { pagingRows } from "./generated/paging.ts";
import { rows } from "./generated/table.ts";
import { webhookRows } from "./generated/webhooks.ts";
import { eachName } from "./named_calls.ts";
import { nearest } from "./nearest.ts";

/**
 * Every documented command, in the order of the catalogue.
 *
 * @example What may be repeated
 * ```ts
 * import { commands } from "@tim/edge/api";
 *
 * const safe = commands.filter(({ idempotent }) => idempotent);
 * console.log(safe.length < commands.length); // true
 * console.log(commands.some(({ name }) => name === "createRoom")); // true
 * ```
 */
export const commands: readonly CommandRow[] = /* @__PURE__ */ wholeRows();

/**
 * Every documented callback, in the order of the catalogue.
 *
 * @example What asks before it happens
 * ```ts
 * import { webhooks } from "@tim/edge/api";
 *
 * const asking = webhooks.filter(({ phase }) => phase === "before");
 * console.log(asking.length < webhooks.length); // true
 * ```
 */
export const webhooks: readonly WebhookRow[] = webhookRows;

let byName: Map<string, CommandRow> | undefined;

/**
 * Looks a command up.
 *
 * @example What may be repeated
 * ```ts
 * import { findCommand, nearestCommand } from "@tim/edge/api";
 *
 * console.log(findCommand("live.createRoom")?.idempotent); // false
 * console.log(nearestCommand("live_engine_http_srv/creat_room")); // live_engine_http_srv/create_room
 * ```
 *
 * @param name `service/command`, with or without `v4/`, or `area.name`.
 * @returns Its row; nothing when no page describes such a command.
 */
export function findCommand(name: string): CommandRow | undefined {
  return table().get(name.replace(/^\/?v4\//, ""));
}

/**
 * The command whose name comes nearest to one that is not there, for "did you mean".
 *
 * @example Did you mean?
 * ```ts
 * import { nearestCommand } from "@tim/edge/api";
 *
 * console.log(nearestCommand("live.creatRoom")); // live.createRoom
 * console.log(nearestCommand("weather/forecast")); // undefined
 * ```
 *
 * @param name What somebody wrote.
 * @returns A name of the same form, `service/command` or `area.name`; nothing when none is near.
 */
export function nearestCommand(name: string): string | undefined {
  const form = name.includes("/") ? "/" : ".";
  const wanted = name.replace(/^\/?v4\//, "");
  return nearest(wanted, [...table().keys()].filter((known) => known.includes(form)));
}

/** Each row with how it is paged and how many it takes at once. */
function wholeRows(): CommandRow[] {
  const paging: Record<string, Paging | undefined> = pagingRows;
  const batches: Record<string, Batch | undefined> = batchRows;
  return rows.map((row) => {
    const id = `${row.service}/${row.command}`;
    return {
      ...row,
      ...(paging[id] && { paging: paging[id] }),
      ...(batches[id] && { batch: batches[id] }),
    };
  });
}

function table(): Map<string, CommandRow> {
  if (byName) return byName;
  const rowsById = new Map(commands.map((row) => [`${row.service}/${row.command}`, row]));
  byName = new Map(rowsById);
  for (const [area, name, command] of eachName()) {
    byName.set(`${area}.${name}`, rowsById.get(command)!);
  }
  return byName;
}
