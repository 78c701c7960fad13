import { readdirSync, readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";

const STORE = "src/emulator/store";

/** What is not part of a world's history, so that nobody writes it down. */
const NOT_KEPT = ["accounts.ts #admins", "callbacks.ts", "frequencies.ts"];

test("stores keep nothing in #private fields, which world_state.ts could not write", () => {
  const hidden: string[] = [];
  for (const file of readdirSync(STORE)) {
    for (
      const [, name] of readFileSync(`${STORE}/${file}`, "utf8").matchAll(
        /^ {2}(?:readonly )?(#\w+)(?: =|:|;)/gm,
      )
    ) {
      hidden.push(`${file} ${name}`);
    }
  }
  assert.ok(hidden.includes("accounts.ts #admins"), "the pattern finds what is there");
  const lost = hidden.filter((field) => !NOT_KEPT.some((known) => field.startsWith(known)));
  assert.equal(lost, []);
});

test.run();
