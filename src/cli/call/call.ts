/**
 * `tim call`: one command of the API from the command line.
 *
 * @module
 */

import { findCommand, nearestCommand } from "../../api/command_table.ts";
import { readArguments } from "../arguments.ts";
import { EXIT } from "../exit_codes.ts";
import { type CliIo, UsageError } from "../io.ts";
import { callManual } from "../manuals/call.ts";
import { checkBody, readBody } from "./body.ts";
import { clientOf } from "./client.ts";
import { layOut } from "./json_text.ts";

/** Runs `tim call`. */
export async function runCallCommand(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments(callManual, args);
  const [name, ...fields] = positionals;
  const json = values.json ?? false;
  if (values.list || name === undefined) {
    return (await import("./list.ts")).listCommands(name, json, io);
  }
  const command = commandOf(name);
  if (values.help) return await (await import("./describe.ts")).describeCommand(command, json, io);
  checkCombination(values);
  const body = await readBody(command, values.data, fields, io);
  const how = { ...values, json, checked: !values.unchecked };
  if (values.batch !== undefined) {
    const { callBatch } = await import("./batch.ts");
    return await callBatch(command, body, { ...how, file: values.batch }, io);
  }
  if (values.all) return await (await import("./all.ts")).callAll(command, body, how, io);
  if (!values.unchecked) checkBody(command, body);
  if (values["dry-run"]) io.out(JSON.stringify(body, null, 2) + "\n");
  else {
    const { answer, text } = await clientOf(values, io).callInDetail(command, body);
    io.out(layOut(text ?? JSON.stringify(answer)) + "\n");
  }
  return EXIT.done;
}

/** The command, by its path or its name; unknown paths are called as they are, near misses are named. */
function commandOf(name: string): string {
  const row = findCommand(name);
  if (row) return `${row.service}/${row.command}`;
  const near = nearestCommand(name);
  if (near !== undefined || !name.includes("/")) {
    const advice = near ? `did you mean ${near}?` : "tim call --list shows them";
    throw new UsageError(`there is no command "${name}"; ${advice}`);
  }
  return name.replace(/^\/?v4\//, "");
}

function checkCombination(
  { all, batch, data, first, "dry-run": dryRun }: {
    all?: boolean;
    batch?: string;
    data?: string;
    first?: string;
    "dry-run"?: boolean;
  },
): void {
  const chosen = [
    all && "--all",
    batch !== undefined && "--batch",
    dryRun && "--dry-run",
  ].filter((option) => option);
  if (chosen.length > 1) throw new UsageError(`${chosen.join(" and ")} exclude each other`);
  if (batch === "-" && /^@?-$/.test(data ?? "")) {
    throw new UsageError("--data and --batch cannot both be read from standard input");
  }
  if (first !== undefined && !all) throw new UsageError("--first goes with --all");
}
