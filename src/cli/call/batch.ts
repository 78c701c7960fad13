/**
 * `tim call --batch`: a list of any length, in calls of the size that the command takes.
 *
 * @module
 */

import { type BatchCommand, type BatchOutcome, callInBatches } from "../../api/batches.ts";
import type { Batch } from "../../api/command_row.ts";
import { findCommand } from "../../api/command_table.ts";
import { EXIT } from "../exit_codes.ts";
import { type CliIo, UsageError } from "../io.ts";
import { grouped, progressOf } from "../progress.ts";
import { checkBody, readText } from "./body.ts";
import { clientOf } from "./client.ts";
import { parseJson } from "./json_text.ts";

/** So many failures are told in words; the document holds all. */
const TOLD = 10;

/** What the options say. */
export interface BatchOptions {
  emulator?: boolean;
  verbose?: boolean;
  /** Whether the document alone is to be printed. */
  json: boolean;
  /** Whether the body must fit its schema. */
  checked: boolean;
  /** Where the entries are. */
  file: string;
}

/** Sends the entries of a file, and prints how it went, account by account. */
export async function callBatch(
  command: string,
  body: Record<string, unknown>,
  options: BatchOptions,
  io: CliIo,
): Promise<number> {
  const row = findCommand(command)?.batch;
  if (!row) throw new UsageError(`${command} takes no list of accounts; leave --batch out`);
  const entries = readEntries(await readText(options.file, "--batch", io), row);
  if (options.checked) checkEntries(command, body, row, entries);
  const client = clientOf(options, io);
  const stop = new AbortController();
  const stopListening = io.onInterrupt?.(() => stop.abort());
  const progress = progressOf(io);
  let done = 0;
  const counting: typeof client.call = async (...call) => {
    try {
      return await client.call(...call);
    } finally {
      done += (call[1] as Record<string, unknown[]>)[row.field]!.length;
      progress.show(`${grouped(done)} of ${grouped(entries.length)} sent`);
    }
  };
  try {
    const outcome = await callInBatches(
      { call: counting as never },
      command as BatchCommand,
      { ...body, [row.field]: entries } as never,
      { signal: stop.signal },
    );
    progress.end();
    report(outcome, options.json, io);
    if (stop.signal.aborted) return EXIT.ended;
    return exitCodeOf(outcome);
  } finally {
    progress.end();
    stopListening?.();
  }
}

/** A JSON list, or one entry a line: JSON where it looks so, a name otherwise. */
function readEntries(text: string, row: Batch): unknown[] {
  if (text.trimStart().startsWith("[")) return parseJson(text, "--batch: the list") as unknown[];
  return text.split(/\r?\n/).flatMap((line, at) => {
    const word = line.trim();
    if (word === "") return [];
    const entry = /^[{"]/.test(word) ? parseJson(word, `--batch: line ${at + 1}`) : word;
    return typeof entry === "string" && row.key ? { [row.key]: entry } : [entry];
  });
}

/** Each call's body is checked before the first is sent: a fault in the last line stops all. */
function checkEntries(
  command: string,
  body: Record<string, unknown>,
  { field, max }: Batch,
  entries: unknown[],
): void {
  for (let start = 0; start < entries.length; start += max) {
    try {
      checkBody(command, { ...body, [field]: entries.slice(start, start + max) });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      const counted = error.message.replaceAll(
        new RegExp(`${field}\\[(\\d+)\\]`, "g"),
        (_, index: string) => `${field}[${Number(index) + start}]`,
      );
      throw new UsageError(counted, { help: error.help });
    }
  }
}

function report(
  { succeeded, failed, answers }: BatchOutcome<unknown>,
  json: boolean,
  io: CliIo,
): void {
  const failures = failed.map(({ account, code, info, outcomeUnknown }) => ({
    account,
    ...(code !== undefined && { code }),
    info,
    outcomeUnknown,
  }));
  io.out(JSON.stringify({ succeeded, failed: failures, answers }, null, 2) + "\n");
  if (json || failed.length === 0) return;
  const lines = failures.slice(0, TOLD).map(({ account, code, info, outcomeUnknown }) =>
    `  ${account}: ${
      [code, info, outcomeUnknown && "(may have been done)"].filter(Boolean).join(" ")
    }`
  );
  const more = failed.length > TOLD ? `  and ${grouped(failed.length - TOLD)} more\n` : "";
  io.err(
    `tim call: ${grouped(failed.length)} of ${grouped(failed.length + succeeded.length)} failed:\n${
      lines.join("\n")
    }\n${more}`,
  );
}

function exitCodeOf({ succeeded, failed }: BatchOutcome<unknown>): number {
  if (failed.length === 0) return EXIT.done;
  return succeeded.length > 0 ? EXIT.inPart : EXIT.no;
}
