import { spawnSync } from "node:child_process";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { regions } from "../../mod.ts";
import { run } from "../support/run_main.ts";
import { timWords } from "../support/tim_process.ts";

test("tim errors explains codes, negative ones too, in both languages", async () => {
  const { code, out } = await run(["errors", "10010", "-20009"]);
  assert.is(code, 0);
  assert.match(out, "10010 (group, not-found)");
  assert.match(out, "-20009 (sdk, rate-limit)");
  assert.match((await run(["errors", "10010", "--lang", "zh"])).out, /\p{Script=Han}/u);
  assert.match((await run(["errors", "10010"], { LANG: "zh_CN.UTF-8" })).out, /\p{Script=Han}/u);
  assert.not.match((await run(["errors", "10010"], { LANG: "zh_CN" })).out, /\p{Script=Han}/u);
  const data = JSON.parse((await run(["errors", "60008", "--json"])).out);
  assert.is(data[0].outcomeUnknown, true);
});

test("tim errors searches, and says what it does not know", async () => {
  const found = await run(["errors", "--search", "usersig", "--json"]);
  assert.ok(JSON.parse(found.out).length > 10);
  const unknown = await run(["errors", "424242"]);
  assert.is(unknown.code, 1);
  assert.match(unknown.err, "424242 is in no documented table");
  const mixed = await run(["errors", "424242", "10010", "--json"]);
  assert.is(mixed.code, 1);
  assert.is(mixed.err, "");
  assert.equal(JSON.parse(mixed.out).map(({ code }: { code: number }) => code), [10010, 424242]);
  assert.is((await run(["errors", "ten"])).code, 2);
  assert.is((await run(["errors"])).code, 2);
  assert.is((await run(["errors", "1", "--lang", "xx"])).code, 2);
});

test("tim regions lists the hosts", async () => {
  assert.match((await run(["regions"])).out, /sgp +Singapore +adminapisgp\.im\.qcloud\.com/);
  assert.equal(JSON.parse((await run(["regions", "--json"])).out), regions);
});

test("a slow reader gets all of a long output, and one that leaves ends the program", () => {
  const words = [...timWords(), "errors", "--search", "e"];
  const piped = (script: string) =>
    spawnSync("bash", ["-c", script, "bash", ...words], { encoding: "utf8" }).stdout.trim();
  const whole = Number(piped('"$@" | wc -c'));
  assert.ok(whole > 70_000, "more than a pipe takes at once");
  assert.is(Number(piped('"$@" | (sleep 1; wc -c)')), whole);
  assert.is(piped('"$@" | sleep 1; echo ${PIPESTATUS[0]}'), "141");
});

test("output that nobody reads ends the program, with 141", () => {
  // The reader is gone before the first byte: a pipe that still has one takes 64 KiB without a word.
  const script = '(sleep 1; exec "$@") | true; exit ${PIPESTATUS[0]}';
  const { status } = spawnSync(
    "bash",
    ["-c", script, "bash", ...timWords(), "errors", "--search", "e"],
  );
  assert.is(status, 141);
});

test.run();
