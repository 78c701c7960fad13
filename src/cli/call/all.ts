/**
 * `tim call --all`: every page of a list.
 *
 * @module
 */

import { findCommand } from "../../api/command_table.ts";
import { type PagedCommand, paginate } from "../../api/paginate.ts";
import { EXIT } from "../exit_codes.ts";
import { type CliIo, UsageError } from "../io.ts";
import { grouped, progressOf } from "../progress.ts";
import { checkBody } from "./body.ts";
import { clientOf } from "./client.ts";

/** What the options say. */
export interface AllOptions {
  emulator?: boolean;
  verbose?: boolean;
  json: boolean;
  /** Whether the body must fit its schema. */
  checked: boolean;
  /** At most so many items. */
  first?: string;
}

/** Prints the items as they come, a line each; with `json` as one list at the end. */
export async function callAll(
  command: string,
  body: Record<string, unknown>,
  options: AllOptions,
  io: CliIo,
): Promise<number> {
  const paging = findCommand(command)?.paging;
  if (!paging) {
    throw new UsageError(`${command} answers whole, not in pages; leave --all out`);
  }
  const most = readCount(options.first);
  if (options.checked) checkBody(command, { ...paging.first, ...body });
  const client = clientOf(options, io);
  const stop = new AbortController();
  const stopListening = io.onInterrupt?.(() => stop.abort());
  const progress = progressOf(io);
  const kept: unknown[] = [];
  let count = 0;
  try {
    const list = paginate(client, command as PagedCommand, body as never, { signal: stop.signal });
    reading: for await (const { items, total } of list.pages()) {
      for (const item of items) {
        if (count >= most) break reading;
        count++;
        if (options.json) kept.push(item);
        else io.out(JSON.stringify(item) + "\n");
      }
      if (count >= most) break;
      progress.show(`${grouped(count)}${total === undefined ? "" : ` of ${grouped(total)}`} items`);
    }
  } finally {
    progress.end();
    stopListening?.();
  }
  if (options.json) io.out(JSON.stringify(kept, null, 2) + "\n");
  return EXIT.done;
}

function readCount(text: string | undefined): number {
  if (text === undefined) return Infinity;
  if (/^\d+$/.test(text) && Number(text) > 0) return Number(text);
  throw new UsageError(`--first is "${text}", wanted a number of items`);
}
