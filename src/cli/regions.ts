/**
 * `tim regions`: the REST hosts.
 *
 * @module
 */

import { regions } from "../core/regions.ts";
import { readArguments } from "./arguments.ts";
import type { CliIo } from "./io.ts";
import { regionsManual } from "./manuals/regions.ts";

/** Runs `tim regions`. */
export function runRegionsCommand(args: string[], io: CliIo): Promise<number> {
  const { values } = readArguments(regionsManual, args);
  if (values.json) io.out(JSON.stringify(regions, null, 2) + "\n");
  else {
    const rows = regions.map(({ id, label, host, products, status }) =>
      `${id.padEnd(5)}${label.padEnd(16)}${host.padEnd(28)}${
        status === "documented" ? products.join(", ") : status
      }`
    );
    io.out(`${rows.join("\n")}\n`);
  }
  return Promise.resolve(0);
}
