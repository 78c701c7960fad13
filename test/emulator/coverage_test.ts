import { test } from "uvu";
import * as assert from "uvu/assert";
import { commands, webhooks } from "../../src/api/mod.ts";
import { createEmulator } from "../../src/emulator/mod.ts";
import type { Coverage } from "../../src/emulator/control/coverage.ts";
import { raw } from "../support/emulated.ts";

const app = createEmulator();
const read = async (): Promise<Coverage> => await (await app.request("/_emulator/coverage")).json();

test("/_emulator/coverage has a row for every documented command", async () => {
  const table = await read();
  assert.equal(
    table.commands.map(({ command }) => command).sort(),
    commands.map(({ service, command }) => `${service}/${command}`).sort(),
  );
  const sum = Object.values(table.totals).reduce((a, b) => a + b);
  assert.is(sum, table.commands.length);
  for (const { status } of table.commands) assert.ok(status in table.totals);
});

test("a command that coverage calls not emulated says so when it is called, and no other does", async () => {
  for (const { command, status } of (await read()).commands) {
    const { ErrorCode, ErrorInfo = "" } = await raw(app, { path: `/v4/${command}`, body: "{}" });
    assert.is(/not emulated yet/.test(ErrorInfo), status === "not emulated", command);
    if (status === "not emulated") assert.is(ErrorCode, 60008, command);
  }
});

test("a command that coverage calls acknowledged says why", async () => {
  for (const { command, status, why } of (await read()).commands) {
    assert.is(typeof why === "string" && why.length > 10, status === "acknowledged", command);
  }
});

test("coverage has a row for every documented callback, and says why some are never sent", async () => {
  const { callbacks } = await read();
  assert.equal(callbacks.map(({ name }) => name), webhooks.map(({ name }) => name));
  for (const { name, sent, why } of callbacks) {
    assert.is(typeof why === "string" && why.length > 10, !sent, name);
  }
});

test.run();
