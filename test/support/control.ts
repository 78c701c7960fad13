import * as assert from "uvu/assert";
import type { HonoApp } from "../../src/emulator/mod.ts";

// deno-lint-ignore no-explicit-any -- answers of many forms, taken apart by the tests
export type Shown = any;

/** Calls the control API; the answer must have the status. */
export async function control(
  app: HonoApp,
  method: string,
  path: string,
  body?: unknown,
  status = 200,
): Promise<Shown> {
  const response = await app.request(`/_emulator/${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  assert.is(response.status, status, text);
  return JSON.parse(text);
}
