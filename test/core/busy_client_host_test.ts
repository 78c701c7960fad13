import { spawn } from "node:child_process";
import process from "node:process";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { httpAnswer, rawServer } from "../support/raw_server.ts";

const OK = httpAnswer(JSON.stringify({ ActionStatus: "OK", ErrorCode: 0 }));

/** Runs the program; tells what it printed, and how long it went on after that. */
async function busyClient(last: string): Promise<{ printed: string; lingeredMs: number }> {
  const server = await rawServer((socket, { head }) => {
    if (!head.includes("never_svc")) socket.write(OK);
  });
  const args = "Deno" in globalThis ? ["run", "--quiet", "-A", "--no-check"] : [];
  const child = spawn(process.execPath, [
    ...args,
    "test/support/busy_client.ts",
    server.url,
    last,
  ]);
  let printed = "";
  let printedAt = 0;
  child.stdout.on("data", (chunk) => {
    printed += chunk;
    printedAt = performance.now();
  });
  let errors = "";
  child.stderr.on("data", (chunk) => errors += chunk);
  await new Promise((resolve) => child.on("close", resolve));
  await server.close();
  assert.ok(printed, errors);
  return { printed, lingeredMs: performance.now() - printedAt };
}

test("a busy client's kept timers hold no program up", async () => {
  const { printed, lingeredMs } = await busyClient("some_svc/some_command");
  assert.match(printed, /^OK after/);
  assert.ok(lingeredMs < 3000, `it went on for ${lingeredMs} ms`);
});

test("a busy client ends a call at its deadline, with timers that were used before", async () => {
  const { printed } = await busyClient("never_svc/never_command");
  const [, ms] = /^TIM_TIMEOUT after (\d+) ms/.exec(printed) ??
    assert.unreachable(printed) as never;
  assert.ok(Number(ms) > 4900 && Number(ms) < 9000, `${ms} ms`);
});

test.run();
