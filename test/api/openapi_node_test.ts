import { Validator } from "@seriousme/openapi-schema-validator";
import { readdir, readFile } from "node:fs/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { bundle } from "../../scripts/generate/bundle.ts";
import { readCatalogue } from "../../scripts/generate/catalogue.ts";
import { checkCatalogue } from "../../scripts/generate/check.ts";
import { MEANT } from "../../scripts/generate/check_extensions.ts";
import { errorCodeFaults } from "../../scripts/generate/emit_error_codes.ts";
import { generateFiles } from "../../scripts/generate/files.ts";
import { shrink } from "../../scripts/generate/smaller.ts";
import { isApiError } from "../../mod.ts";
import { readEnvelope } from "../../src/core/request.ts";
import { validateBody } from "../../src/api/validate/mod.ts";

const FOLDER = "src/api/openapi";

const texts = new Map<string, string>();
for (const file of (await readdir(FOLDER)).sort()) {
  if (file.endsWith(".yaml")) {
    texts.set(file.replace(".yaml", ""), await readFile(`${FOLDER}/${file}`, "utf8"));
  }
}
const faultsOf = (changed: Map<string, string>) => checkCatalogue(readCatalogue(changed), changed);
const catalogue = readCatalogue(texts);
/** One document with one place changed, and the one that it refers to. */
const change = (name: string, from: string | RegExp, to: string) => {
  const text = texts.get(name)!.replace(from, to);
  assert.is.not(text, texts.get(name), `nothing to change in ${name}`);
  return new Map([["common", texts.get("common")!], [name, text]]);
};

for (const name of texts.keys()) {
  test(`${name}.yaml is OpenAPI 3.1`, async () => {
    const result = await new Validator().validate(bundle(catalogue, name));
    assert.is(result.valid, true, JSON.stringify(result.errors, null, 2));
  });
}

test("the linter refuses what is no OpenAPI", async () => {
  const changed = change("live", "summary: Create a live room", "summary: [Create]");
  const result = await new Validator().validate(bundle(readCatalogue(changed), "live"));
  assert.is(result.valid, false);
});

test("the catalogue keeps its own rules, and every example fits its schema", () => {
  assert.equal(checkCatalogue(catalogue, texts), []);
});

test("validateBody accepts every example of a body, and misses each field that must be there", () => {
  for (const { id, request } of catalogue.commands) {
    const body = request.example ?? Object.values(request.examples!)[0]!.value;
    assert.equal(validateBody(id, body), [], id);
    for (const field of request.schema.required ?? []) {
      const paths = validateBody(id, { ...body as object, [field]: undefined }).map(({ path }) =>
        path
      );
      assert.equal(paths, [field], id);
    }
  }
});

test("the client takes every example of an answer for what it is", () => {
  for (const { id, response } of catalogue.commands) {
    const answers = response.examples
      ? Object.values(response.examples).map(({ value }) => value)
      : [response.example];
    for (const answer of answers as { ErrorCode: number }[]) {
      const read = () => readEnvelope(id, JSON.stringify(answer));
      if (answer.ErrorCode === 0) assert.equal(read(), answer, id);
      else assert.throws(read, (error: unknown) => isApiError(error, answer.ErrorCode), id);
    }
  }
});

test("the catalogue holds 270 commands and 78 webhooks", () => {
  assert.is(catalogue.commands.length, 270);
  assert.is(catalogue.webhooks.length, 78);
});

test("checkCatalogue names what a half-written command lacks", () => {
  const half = "paths:\n  /v4/live_engine_http_srv/half:\n    post:\n      summary: Half\n";
  assert.equal(faultsOf(change("live", /^paths:\n/m, half)).sort(), [
    "live.yaml, live_engine_http_srv/half: answer has no schema",
    "live.yaml, live_engine_http_srv/half: externalDocs is missing",
    "live.yaml, live_engine_http_srv/half: operationId is undefined, wanted area.name",
    "live.yaml, live_engine_http_srv/half: request has no schema",
    "live.yaml, live_engine_http_srv/half: x-idempotent is missing",
    "live.yaml, live_engine_http_srv/half: x-rate-limit is missing",
  ]);
});

test("checkCatalogue names a misspelt extension, and its page every one that means something", async () => {
  const found = faultsOf(change("live", "x-rate-limit:", "x-rate-limits:"));
  assert.ok(
    found.some((fault) => /^live\.yaml, .*x-rate-limits, did you mean x-rate-limit\?$/.test(fault)),
    found.join("\n"),
  );
  const page = await readFile("src/api/README.md", "utf8");
  assert.equal(MEANT.filter((name) => !page.includes(`\`${name}\``)), []);
});

test("errorCodeFaults finds every code in all four files", () => {
  assert.equal([...errorCodeFaults()], []);
});

test("checkCatalogue names a command that lacks what every command has", () => {
  assert.equal(faultsOf(change("live", / +x-idempotent: false\n/, "")), [
    "live.yaml, live_engine_http_srv/create_room: x-idempotent is missing",
  ]);
});

test("checkCatalogue names an example that does not fit", () => {
  assert.equal(faultsOf(change("live", "RoomType: Live\n", "RoomType: Conference\n")), [
    "live.yaml, live_engine_http_srv/create_room: request: example does not fit at " +
    '#/RoomInfo/RoomType: Instance does not match "Live".',
  ]);
});

test("checkCatalogue names a schema's own example that does not fit", () => {
  assert.equal(faultsOf(change("common", "Latitude: 48.1374", "Latitude: north")), [
    "common.yaml, schema TIMLocationElem: its example does not fit at #/MsgContent/Latitude: " +
    'Instance type "string" is invalid. Expected "number".',
  ]);
});

test("the generator asks for an example of a schema that none of the others has", () => {
  const common = change("common", /\n +examples:\n.*bell\.mp3.*/, "").get("common")!;
  assert.throws(
    () => generateFiles(readCatalogue(new Map([...texts, ["common", common]]))),
    /common\.yaml: no example shows AndroidPushInfo; give that schema examples/,
  );
});

test("shrink leaves out what comes last, keeps what must be there, and empties nothing", () => {
  const value = { A: 1, B: [{ C: 1, D: 2 }, { C: 3, D: 4 }], E: { F: 5, G: 6 }, H: 7 };
  const upTo = (length: number) =>
    shrink(
      value,
      (part) => JSON.stringify(part).length <= length,
      (part) => "H" in (part as object),
    );
  assert.is(upTo(100), value);
  assert.equal(upTo(60), { A: 1, B: [{ C: 1, D: 2 }, { C: 3, D: 4 }], E: { F: 5 }, H: 7 });
  assert.equal(upTo(40), { A: 1, B: [{ C: 1, D: 2 }], H: 7 });
  assert.equal(upTo(0), { H: 7 });
});

test("checkCatalogue names a text that YAML 1.1 reads as a number", () => {
  const changed = change(
    "chat-message",
    '"7031_480221937_1795000120"',
    "7031_480221937_1795000120",
  );
  assert.match(faultsOf(changed).join(), "chat-message.yaml: YAML 1.1 reads it otherwise");
});

test("checkCatalogue names paging and batches that speak of fields which are not there", () => {
  assert.equal(faultsOf(change("live", "items: [Response.RoomList]", "items: [Response.Rooms]")), [
    "live.yaml, live_engine_http_srv/get_room_list: x-paging: the answer has no list Response.Rooms",
  ]);
  const [fault] = faultsOf(
    change("live", "{ field: MemberList_Account, max: 20 }", "{ field: Members, max: 20 }"),
  );
  assert.match(fault!, "x-batch: Members takes undefined items, not 20");
});

test("readCatalogue refuses two schemas of one name", () => {
  const changed = change("live", "    LiveRoomInfo:\n", "    Seat:\n");
  assert.throws(() => readCatalogue(changed), /Schema Seat stands in common.yaml and live.yaml/);
});

test("readCatalogue refuses a reference that leads nowhere", () => {
  const changed = change(
    "live",
    "common.yaml#/components/schemas/Envelope",
    "common.yaml#/components/schemas/Gone",
  );
  assert.throws(
    () => readCatalogue(changed),
    /live.yaml refers to common.yaml.*Gone, which is not there/,
  );
});

test.run();
