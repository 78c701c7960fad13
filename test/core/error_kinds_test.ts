import { test } from "uvu";
import * as assert from "uvu/assert";
import { errorRow } from "../../mod.ts";
import { knownErrorCodes } from "../../src/core/error_kinds.ts";
import documented from "./error-codes.json" with { type: "json" };

const rows = documented.codes as [code: number, retryable: boolean | string, unknown: boolean][];

test("errorRow knows every documented code and no other", () => {
  const documentedCodes = rows.map(([code]) => code);
  const known = knownErrorCodes();
  assert.equal(
    documentedCodes.filter((code) => !known.includes(code)),
    [],
    "in error-codes.json only",
  );
  assert.equal(
    known.filter((code) => !documentedCodes.includes(code)),
    [],
    "in src/errors/kinds.ts only",
  );
});

for (const [code, retryable, outcomeUnknown] of rows) {
  test(`errorRow(${code}) says whether to repeat, and whether the backend may have acted`, () => {
    const row = errorRow(code);
    assert.is(row.retryable, retryable);
    assert.is(row.outcomeUnknown, outcomeUnknown);
    assert.is.not(row.kind, "unknown");
  });
}

test("errorRow trusts no code that it does not know", () => {
  assert.equal(errorRow(424242), {
    code: 424242,
    kind: "unknown",
    retryable: false,
    outcomeUnknown: true,
  });
});

test("errorRow tells who must act", () => {
  const kinds = [70009, 60010, 60007, 10036, 10010, 10021, 60003, 100001];
  assert.equal(kinds.map((code) => errorRow(code).kind), [
    "auth",
    "permission",
    "rate-limit",
    "quota",
    "not-found",
    "conflict",
    "validation",
    "server",
  ]);
});

test.run();
