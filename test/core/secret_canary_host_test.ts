import { execFile } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { CANARY } from "../support/canary.ts";

const program = fileURLToPath(new URL("../support/print_signers.ts", import.meta.url));

function printed(...flags: string[]): Promise<string> {
  const args = ["Deno" in globalThis ? ["run", "-A", "--no-check"] : [], program, flags].flat();
  return new Promise((resolve) => {
    // It ends by an uncaught error on purpose, so its exit code says nothing.
    execFile(process.execPath, args, { timeout: 30_000 }, (_error, stdout, stderr) => {
      resolve(stdout + stderr);
    });
  });
}

test("no console of this runtime prints a signer's key, nor does an uncaught error", async () => {
  const output = await printed();
  assert.match(output, /printed \d\d/);
  assert.match(output, "UserSigSigner");
  assert.match(output, "Secret key has white space");
  assert.not.match(output, CANARY);
});

test("the search would find a key that a console prints", async () => {
  assert.match(await printed("--leak"), CANARY);
});

test.run();
