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
