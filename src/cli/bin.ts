#!/usr/bin/env node
/**
 * The `tim` program.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import process from "node:process";
import type { CliIo } from "./io.ts";
import { reachLocalHosts } from "./local_hosts.ts";
import { main } from "./main.ts";
import { decodeText } from "./text_file.ts";

/** The real terminal. */
function terminal(): CliIo {
  return {
    out: print,
    err: (text) => process.stderr.write(text),
    env: reachLocalHosts(process.env),
    stdin: async () => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk);
      return decodeText(Buffer.concat(chunks), "standard input");
    },
    isTTY: process.stdout.isTTY ?? false,
    errIsTTY: process.stderr.isTTY ?? false,
    columns: process.stdout.columns ?? process.stderr.columns,
    onInterrupt: (handler) => {
      let times = 0;
      const listener = () => {
        if (times++ > 0) process.exit(130);
        handler();
      };
      process.on("SIGINT", listener);
      return () => process.off("SIGINT", listener);
    },
  };
}

/** `tim … | head`: nobody reads on. */
const UNREAD = 141;
process.stdout.on("error", () => process.exit(UNREAD));
// A server goes on when nobody reads its log any more.
process.stderr.on("error", () => {});

/** What is still being written: on Bun a later write may be done before an earlier one. */
const writing = new Set<Promise<void>>();

function print(text: string): void {
  const written = new Promise<void>((resolve) => {
    process.stdout.write(text, (error) => error ? process.exit(UNREAD) : resolve());
  });
  writing.add(written);
  written.then(() => writing.delete(written));
}

// Node 18 would only say that "crypto" is not defined.
if (globalThis.crypto?.subtle === undefined) {
  process.stderr.write(`tim: needs Node 20 or later, and this is ${process.version}\n`);
  process.exit(2);
}

const code = await main(process.argv.slice(2), terminal());
// A look-up that timed out would keep the process alive for as long as the system waits for it.
await Promise.all(writing);
process.exit(code);
