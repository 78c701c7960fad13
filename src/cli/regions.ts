/**
 * `tim regions`: the REST hosts.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { regions } from "../core/regions.ts";
import type { CliIo } from "./io.ts";

const HELP = `tim regions: the REST hosts of the backend, by the region of an app

Options:
  --json   data instead of a table
  --help   this text
`;

/** Runs `tim regions`. */
export function runRegionsCommand(args: string[], io: CliIo): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { json: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) io.out(HELP);
  else if (values.json) io.out(JSON.stringify(regions, null, 2) + "\n");
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
