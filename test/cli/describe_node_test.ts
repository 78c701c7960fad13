import { execFileSync } from "node:child_process";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { commands } from "../../src/api/mod.ts";
import { type CommandDescription, descriptionOf } from "../../src/cli/call/describe.ts";
import { descriptionText } from "../../src/cli/call/description_text.ts";
import { calls, needs } from "../../src/cli/call/generated/example_needs.ts";
import { createEmulator } from "../../src/emulator/mod.ts";
import { raw } from "../support/emulated.ts";
import { settled } from "../support/example_world.ts";
import { run } from "../support/run_main.ts";
import { catalogue, exampleOf } from "../support/catalogue.ts";

const test = suite("tim call --help");
const NOW = Date.UTC(2026, 10, 20);
const all = commands.map((row) => descriptionOf(`${row.service}/${row.command}`, row));

async function describe(name: string): Promise<CommandDescription> {
  const { code, out, err } = await run(["call", "--help", name, "--json"]);
  assert.is(code, 0, err);
  return JSON.parse(out);
}

test("tells types, limits, defaults, values and meanings of fields", async () => {
  const { command, name, page, rateLimit, idempotent, adminOnly, fields } = await describe(
    "live.createRoom",
  );
  assert.equal([command, name, rateLimit, idempotent, adminOnly], [
    "live_engine_http_srv/create_room",
    "live.createRoom",
    200,
    false,
    true,
  ]);
  assert.match(page, /^https:\/\//);
  const field = (path: string) => fields.find((each) => each.path === path);
  assert.equal(field("RoomInfo.RoomId"), {
    path: "RoomInfo.RoomId",
    type: "string",
    required: true,
    limits: ["not empty", "at most 48 bytes", "matches ^[ -~]*$"],
    text: "Unique room ID.",
  });
  assert.equal(field("RoomInfo.TakeSeatMode")!.values, ["FreeToTake", "ApplyToTake"]);
  assert.is(field("RoomInfo.TakeSeatMode")!.default, "FreeToTake");
  assert.equal(field("RoomInfo.Category")!.limits, ["at most 3 items"]);
  assert.is(field("RoomInfo.Category")!.type, "array of integer");
});

test("tells the alternatives of a message's elements, and what holds for fields together", async () => {
  const { fields } = await describe("openim/sendmsg");
  const text = fields.find(({ path, when }) =>
    path === "MsgBody[].MsgContent.Text" && when === "MsgType is TIMTextElem"
  );
  assert.is(text?.required, true);
  const { rules, batch } = await describe("account.multiaccountImport");
  assert.equal(rules, ["exactly one of AccountList, Accounts"]);
  assert.equal(batch, { field: "AccountList", max: 100 });
});

test("describes every command, with every field of its example", () => {
  assert.is(all.length, catalogue.commands.length);
  for (const { command, fields, example } of all) {
    const known = new Set(fields.map(({ path }) => path));
    const look = (value: unknown, path: string): void => {
      if (Array.isArray(value)) return value.forEach((item) => look(item, `${path}[]`));
      if (typeof value !== "object" || value === null) return;
      for (const [name, inner] of Object.entries(value)) {
        const at = path === "" ? name : `${path}.${name}`;
        const named = known.has(at) ? at : `${path}.*`;
        assert.ok(
          known.has(named) || ![...known].some((each) => each.startsWith(`${path}.`)),
          `${command}: ${at}`,
        );
        look(inner, named);
      }
    };
    look(example.body, "");
  }
});

test("fits 80 columns, but for the example and what cannot be broken", () => {
  for (const description of all) {
    const text = descriptionText(description);
    for (const line of text.slice(0, text.lastIndexOf("\nExample")).split("\n")) {
      assert.ok(
        line.length <= 80 || !/\S +\S/.test(line.trim()),
        `${description.command}: ${line}`,
      );
    }
    assert.not.match(text, /undefined|\[object/);
  }
});

test("every example, pasted into a shell, makes the catalogue's body", async () => {
  const wanted = all.flatMap(({ command, example: { line, before = [] } }) => {
    const { request } = catalogue.commands.find(({ id }) => id === command)!;
    const bodies = [
      ...(needs[command] ?? []).map((at) => calls[at]![1]),
      settled(exampleOf(request)),
    ];
    return [...before, line].map((each, at) => ({ line: each, body: bodies[at] }));
  });
  // The shell prints the words that it makes of each line, an empty one after the last.
  const script = wanted.map(({ line }) => `printf '%s\\0' ${line} ''`).join("\n");
  const words = execFileSync("bash", ["-c", script], { encoding: "utf8" }).split("\0");
  for (const { line, body } of wanted) {
    const end = words.indexOf("");
    const [program, ...args] = words.splice(0, end + 1);
    assert.is(program, "tim");
    const { code, out, err } = await run([...args.slice(0, -1), "--dry-run"]);
    assert.is(code, 0, `${line}: ${err}`);
    assert.equal(JSON.parse(out), body, line);
  }
});

test("examples work on an empty emulator, with the lines before them", async () => {
  let tried = 0;
  for (const { command, example } of all) {
    const places = needs[command];
    assert.is(example.before?.length, places?.length);
    if (!places) continue;
    const app = createEmulator({ now: () => NOW });
    for (
      const [name, body] of [...places.map((at) => calls[at]!), [command, example.body] as const]
    ) {
      const answer = await raw(app, { path: `/v4/${name}`, body: JSON.stringify(body) });
      assert.is(
        answer.ErrorCode,
        0,
        `${command}: ${answer.ErrorInfo}; run deno task generate:examples`,
      );
    }
    tried++;
  }
  assert.ok(tried > 240, `${tried}`);
});

test("--list and no command at all say what there is", async () => {
  const areas = JSON.parse((await run(["call", "--json"])).out) as {
    area: string;
    commands: number;
  }[];
  assert.is(areas.find(({ area }) => area === "live")!.commands, 62);
  assert.match((await run(["call"])).out, /\n {2}live +62 {2}Live: rooms/);
  const live = JSON.parse((await run(["call", "--list", "live", "--json"])).out);
  assert.is(live.length, 62);
  assert.match(
    (await run(["call", "--list", "gift"])).out,
    "live.sendGift\n  live_engine_http_srv/send_gift",
  );
  const { code, err } = await run(["call", "--list", "lvie"]);
  assert.is(code, 2);
  assert.match(err, "did you mean the area live?");
  for (const args of [[], ["--list", "push"], ["--list", "live"]]) {
    for (const line of (await run(["call", ...args])).out.split("\n")) {
      assert.ok(line.length <= 80, line);
    }
  }
});

test("of an unknown command says so", async () => {
  assert.match(
    (await run(["call", "--help", "live.creatRoom"])).err,
    "did you mean live.createRoom?",
  );
  assert.match(
    (await run(["call", "--help", "my_service/cmd"])).err,
    "no page describes my_service/cmd",
  );
});

test.run();
