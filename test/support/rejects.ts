import { isTimError } from "../../mod.ts";
import * as assert from "uvu/assert";

/** Waits for a promise to be rejected and hands over what it was rejected with. */
export async function rejects(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  assert.unreachable("expected a rejection");
}

/** Wants a `ConfigError` whose message is as said. */
export function throwsConfig(work: () => unknown, message: RegExp): void {
  assert.throws(
    work,
    (error: unknown) => isTimError(error, "config") && message.test(error.message),
  );
}
