import { test } from "uvu";
import * as assert from "uvu/assert";
import { errorRow } from "../../mod.ts";
import { explainAllErrorCodes, explainErrorCode } from "../../src/errors/mod.ts";
import documented from "../core/error-codes.json" with { type: "json" };

const codes = documented.codes.map(([code]) => code as number);

test("explainAllErrorCodes holds every documented code in both languages", () => {
  for (const language of ["en", "zh"] as const) {
    const explained = explainAllErrorCodes(language).map(({ code }) => code);
    assert.equal(codes.filter((code) => !explained.includes(code)), [], `missing in ${language}`);
    assert.equal(explained.filter((code) => !codes.includes(code)), [], "not in error-codes.json");
    assert.is(new Set(explained).size, explained.length);
  }
});

test("explainErrorCode gives every code a meaning, a remedy and a source", () => {
  for (const language of ["en", "zh"] as const) {
    for (const { code, meaning, remedy, source } of explainAllErrorCodes(language)) {
      assert.ok(meaning.length > 3, `${language} ${code} has no meaning`);
      assert.ok(remedy.length > 1, `${language} ${code} has no remedy`);
      assert.ok(source.length > 10, `${language} ${code} has no source`);
    }
  }
});

test("explainErrorCode agrees with the core on kind and repetition", () => {
  for (const { code, kind, retryable, outcomeUnknown } of explainAllErrorCodes()) {
    assert.equal(errorRow(code), { code, kind, retryable, outcomeUnknown });
  }
});

test("explainErrorCode speaks English unless asked for Chinese", () => {
  assert.is(explainErrorCode(70001)?.meaning, "The UserSig has expired.");
  assert.match(explainErrorCode(70001, "zh")!.meaning, "UserSig");
  assert.match(explainErrorCode(70001, "zh")!.meaning, /\p{Script=Han}/u);
});

test("explainErrorCode knows nothing of codes that no page lists", () => {
  assert.is(explainErrorCode(424242), undefined);
  assert.is(explainErrorCode(NaN), undefined);
  assert.is(explainErrorCode("toString" as unknown as number), undefined);
});

test.run();
