import { suite } from "uvu";
import * as assert from "uvu/assert";
import { run } from "../support/run_main.ts";
import { serveEmulator } from "../support/served_emulator.ts";

const test = suite("tim call with long lists");
const { env, close } = await serveEmulator();
test.after(close);

const names = Array.from({ length: 250 }, (_, at) => `user${at}`);
const IMPORT = ["call", "account.multiaccountImport", "--batch", "-"];
const MEMBERS = ["call", "group.getGroupMemberInfo", "GroupId=g", "Limit=3"];

test.before(async () => {
  const members = names.slice(0, 8).map((name, at) => `MemberList[${at}].Member_Account=${name}`);
  for (
    const [stdin, ...command] of [
      [names.slice(0, 8).join("\n"), ...IMPORT.slice(1)],
      ["", "group.createGroup", "GroupId=g", "Name=g", "Type=Public", ...members],
    ]
  ) {
    const { code, err } = await run(["call", ...command], env, stdin);
    assert.is(code, 0, err);
  }
});

test("--batch sends names, a line each, in calls of the right size", async () => {
  const { code, out, err } = await run(IMPORT, env, names.join("\n") + "\n");
  assert.is(code, 0, err);
  assert.is(err, "");
  const { succeeded, failed, answers } = JSON.parse(out);
  assert.equal(succeeded, names);
  assert.equal(failed, []);
  assert.is(answers.length, 3);
});

test("--batch takes JSON lines and a JSON list", async () => {
  const lines = await run(IMPORT, env, '{"UserID":"json1","Nick":"J"}\n\n"json2"\n');
  assert.equal(JSON.parse(lines.out).succeeded, ["json1", "json2"], lines.err);
  const list = await run(IMPORT, env, '[{"UserID":"json3"}]');
  assert.equal(JSON.parse(list.out).succeeded, ["json3"]);
});

test("--batch exits with 3 when a part failed, and with 1 when all did; it tells which", async () => {
  const remove = ["call", "account.accountDelete", "--batch", "-"];
  const part = await run(remove, env, "user100\nnobody\nuser101");
  assert.is(part.code, 3, part.err);
  assert.match(part.err, /^tim call: 1 of 3 failed:\n {2}nobody: 70107 /);
  const { succeeded, failed } = JSON.parse(part.out);
  assert.equal(succeeded, ["user100", "user101"]);
  assert.is(failed[0].account, "nobody");
  assert.is(failed[0].code, 70107);
  const none = await run([...remove, "--json"], env, "nobody");
  assert.is(none.code, 1);
  assert.is(none.err, "");
  const unreached = { ...env, TIM_BASE_URL: "http://127.0.0.1:1" };
  const lost = await run(remove, unreached, "user5");
  assert.is(lost.code, 1);
});

for (
  const [what, args, stdin, message] of [
    ["a broken line", IMPORT, 'a\n{"UserID":', /--batch: line 2 is no JSON/],
    ["a broken list", IMPORT, "[", /--batch: the list is no JSON/],
    [
      "a fault in a later call",
      IMPORT,
      [...names, '{"UserID":7}'].join("\n"),
      /AccountList\[250\]\.UserID: is 7, wanted a string/,
    ],
    [
      "a command without a list",
      ["call", "live.getRoomInfo", "--batch", "-"],
      "a",
      /takes no list/,
    ],
    ["a command without pages", ["call", "live.getRoomInfo", "--all"], "", /answers whole/],
    ["a number of items that is none", [...MEMBERS, "--all", "--first", "x"], "", /--first is "x"/],
  ] as [string, string[], string, RegExp][]
) {
  test(`used with ${what} says so, and sends nothing`, async () => {
    const { code, out, err } = await run(args, env, stdin);
    assert.is(code, 2);
    assert.is(out, "");
    assert.match(err, message);
  });
}

test("--all prints an item a line, --json one list, --first only so many", async () => {
  const { code, out, err } = await run([...MEMBERS, "--all"], env);
  assert.is(code, 0, err);
  assert.is(err, "");
  const items = out.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.equal(items.map(({ Member_Account }) => Member_Account).sort(), names.slice(0, 8));
  assert.equal(JSON.parse((await run([...MEMBERS, "--all", "--json"], env)).out), items);
  const four = await run([...MEMBERS, "--all", "--first", "4"], env);
  assert.is(four.out.trimEnd().split("\n").length, 4);
});

test("progress is on standard error, on a terminal alone, and gone at the end", async () => {
  const watched = { errIsTTY: true, columns: 80 };
  const all = await run([...MEMBERS, "--all"], env, "", watched);
  assert.match(all.err, "3 items");
  assert.ok(all.err.endsWith("\r\x1b[K"), JSON.stringify(all.err));
  assert.not.match(all.out, "\x1b");
  const batch = await run(IMPORT, env, names.join("\n"), watched);
  assert.match(batch.err, /\d+ of 250 sent/);
  assert.ok(batch.err.endsWith("\r\x1b[K"));
});

test("Ctrl-C ends --all with what is there, and exits with 130", async () => {
  let interrupt = () => {};
  let out = "";
  const ended = await run([...MEMBERS, "--all"], env, "", {
    out: (text) => {
      out += text;
      interrupt();
    },
    onInterrupt: (handler) => {
      interrupt = handler;
      return () => {};
    },
  });
  assert.is(ended.code, 130, ended.err);
  assert.is(ended.err, "tim call: ended by Ctrl-C\n");
  assert.is(out.trimEnd().split("\n").length, 3);
});

test.run();
