import { test } from "uvu";
import * as assert from "uvu/assert";
import { errorRow } from "../../mod.ts";
import { type FailedAttempt, RetryBudget, retryDelay } from "../../src/core/retry.ts";

const options = { maxAttempts: 3, baseDelayMs: 100, maxDelayMs: 250 };
const half = () => 0.5;

type Failure = FailedAttempt["error"];
const notSent: Failure = { kind: "network", retryable: true, outcomeUnknown: false };
const lost: Failure = { kind: "network", retryable: false, outcomeUnknown: true };
const http = (status: number, kind: Failure["kind"]): Failure => ({ ...lost, kind, status });

// What failed, whether a command that may not happen twice is repeated, and one that may.
const table: [string, Failure, unsafe: boolean, idempotent: boolean][] = [
  ["no connection", notSent, true, true],
  ["a connection that closed before the answer", lost, false, true],
  ["HTTP 502", http(502, "network"), false, true],
  ["HTTP 302, a portal", http(302, "protocol"), false, false],
  ["an HTML page", { ...lost, kind: "protocol" }, false, false],
  ["the time of one attempt", { ...lost, kind: "timeout" }, false, true],
  ["the caller's signal", { ...lost, kind: "aborted" }, false, false],
  ["wrong arguments", { kind: "config", retryable: false, outcomeUnknown: false }, false, false],
  ["60007 too often", errorRow(60007), true, true],
  ["60008 backend timeout", errorRow(60008), false, true],
  ["60014 account exchange", errorRow(60014), true, true],
  ["10002 internal error", errorRow(10002), false, true],
  ["10056 colliding writes", errorRow(10056), true, true],
  ["10010 no such group", errorRow(10010), false, false],
  ["70009 wrong signature", errorRow(70009), false, false],
  ["an unknown code", errorRow(424242), false, false],
];

for (const [what, error, unsafe, idempotent] of table) {
  test(`retryDelay after ${what}: ${unsafe ? "always" : idempotent ? "if idempotent" : "never"}`, () => {
    const decide = (may: boolean) =>
      retryDelay({ idempotent: may, error, attempt: 1, remainingMs: 5000 }, options, half) !==
        undefined;
    assert.is(decide(false), unsafe);
    assert.is(decide(true), idempotent);
  });
}

test("retryDelay doubles the span of its pauses up to the limit, with full jitter", () => {
  const pause = (attempt: number, random: number) =>
    retryDelay(
      { idempotent: true, error: notSent, attempt, remainingMs: 5000 },
      { ...options, maxAttempts: 9 },
      () => random,
    );
  assert.equal([1, 2, 3, 4].map((attempt) => pause(attempt, 0.5)), [50, 100, 125, 125]);
  assert.is(pause(1, 0), 0);
});

test("retryDelay waits a second more when the backend said too often", () => {
  const failed = { idempotent: false, error: errorRow(60018), attempt: 1, remainingMs: 5000 };
  assert.is(retryDelay(failed, options, half), 1050);
});

test("retryDelay stops at the last attempt, and when the time would not suffice", () => {
  const failed = { idempotent: true, error: notSent, attempt: 1, remainingMs: 5000 };
  assert.is(retryDelay({ ...failed, attempt: 3 }, options, half), undefined);
  assert.is(retryDelay({ ...failed, remainingMs: 50 }, options, half), undefined);
  assert.is(retryDelay({ ...failed, remainingMs: 51 }, options, half), 50);
});

test("RetryBudget allows ten retries at a stretch, then one in ten calls", () => {
  const budget = new RetryBudget();
  const taken = () => {
    let count = 0;
    while (budget.take()) count++;
    return count;
  };
  assert.is(taken(), 10);
  for (let i = 0; i < 11; i++) budget.refill();
  assert.is(taken(), 1);
  for (let i = 0; i < 1000; i++) budget.refill();
  assert.is(taken(), 10);
});

test.run();
