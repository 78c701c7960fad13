import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { decodeText } from "../../src/cli/text_file.ts";
import { run } from "../support/run_main.ts";
import { tim } from "../support/tim_process.ts";

const test = suite("tim: text files");
const KEY = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
const env = { TIM_SDK_APP_ID: "1400000000" };

let folder = "";
test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), "tim text "));
});
test.after(() => rm(folder, { recursive: true }));

/** Text as programs on Windows save it. */
const forms: [name: string, encode: (text: string) => Uint8Array][] = [
  ["UTF-8", (text) => new TextEncoder().encode(text)],
  ["UTF-8 with a mark", (text) => new TextEncoder().encode(`\ufeff${text}`)],
  [
    "UTF-16",
    (text) => new Uint8Array(Uint16Array.from(`\ufeff${text}`, (c) => c.charCodeAt(0)).buffer),
  ],
];

async function file(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

for (const [name, encode] of forms) {
  test(`reads bodies, lists, keys and settings in ${name}`, async () => {
    const body = await file("body.json", encode('{"UserID":"张"}\r\n'));
    const imported = ["call", "account.accountImport", "--data", `@${body}`, "--dry-run"];
    const { code, out, err } = await run(imported);
    assert.is(code, 0, err);
    assert.equal(JSON.parse(out), { UserID: "张" });

    const key = await file("key.txt", encode(`${KEY}\r\n`));
    const signed = await run(["usersig", "sign", "--user", "mira", "--key-file", key], env);
    assert.is(signed.code, 0, signed.err);
    const verify = ["usersig", "verify", signed.out.trim()];
    assert.is((await run(verify, { ...env, TIM_SECRET_KEY: KEY })).code, 0);

    const config = await file("settings.json", encode('{"off":["nowhere"]}\r\n'));
    const examined = await run(["doctor", "--config", config, "--host", "127.0.0.1:1"]);
    assert.match(examined.err, /off names the check "nowhere"/);

    const report = await file("report.json", encode("{}"));
    assert.match((await run(["doctor", "diff", report, report])).err, /is no report of the doctor/);
  });
}

test("refuses what is in another encoding, from files and from standard input", async () => {
  const bytes = Uint8Array.of(...new TextEncoder().encode('{"UserID":"'), 0xd5, 0xc5, 0x22, 0x7d);
  const path = await file("gbk.json", bytes);
  const call = ["call", "account.accountImport", "--dry-run", "--data"];
  const { code, out, err } = await run([...call, `@${path}`]);
  assert.is(code, 2);
  assert.is(out, "");
  assert.match(err, /gbk\.json is not in UTF-8/);
  const process = tim([...call, "-"], {}, bytes as unknown as string);
  assert.is(await process.ended, 2);
  assert.match(process.err(), /standard input is not in UTF-8/);
});

test("the mark is no part of the text, and text may be short", () => {
  assert.is(decodeText(new TextEncoder().encode("\ufeff张"), "it"), "张");
  assert.is(decodeText(new Uint8Array(), "it"), "");
  assert.is(decodeText(Uint8Array.of(0x61), "it"), "a");
});

for (const settings of ["[]", "7", "null", '"off"']) {
  test(`settings of the doctor that are ${settings} are no settings`, async () => {
    const config = await file("settings.json", new TextEncoder().encode(settings));
    const { code, err } = await run(["doctor", "--config", config, "--host", "127.0.0.1:1"]);
    assert.is(code, 2);
    assert.match(err, /is no JSON object, wanted one with "off" and "accept"/);
  });
}

test.run();
