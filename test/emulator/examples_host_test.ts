import { readdir, readFile } from "node:fs/promises";
import { Validator } from "@cfworker/json-schema";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { readCatalogue, type Schema } from "../../scripts/generate/catalogue.ts";
import { reachable, toJsonSchema } from "../../scripts/generate/json_schema.ts";
import { createEmulator } from "../../src/emulator/mod.ts";
import { raw } from "../support/emulated.ts";
import { asGiven, before, worlds } from "../support/example_world.ts";

const FOLDER = "src/api/openapi";
const texts = new Map<string, string>();
for (const file of (await readdir(FOLDER)).sort()) {
  if (file.endsWith(".yaml")) {
    texts.set(file.replace(".yaml", ""), await readFile(`${FOLDER}/${file}`, "utf8"));
  }
}
const catalogue = readCatalogue(texts);

const NOW = Date.UTC(2026, 10, 20);

/** What stands in an answer that its schema does not allow. */
function faults(schema: Schema, answer: unknown): string[] {
  const $defs = Object.fromEntries(
    [...reachable(catalogue, [schema])].map((name) => [
      name,
      toJsonSchema(catalogue, catalogue.schemas.get(name)!.schema),
    ]),
  );
  const { errors } = new Validator(
    { ...schema, $defs } as ConstructorParameters<typeof Validator>[0],
    "2020-12",
  ).validate(answer);
  return errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
}

for (const { id, document, request, response } of catalogue.commands) {
  const world = worlds[document];
  // The file of messages is made an hour later; account_services_test.ts has a clock that moves.
  if (!world || id === "open_msg_svc/get_history") continue;
  test(`${id} answers its example as its schema says`, async () => {
    const app = createEmulator({ now: () => NOW });
    const given = new Map<string, unknown>();
    const send = async (command: string, body: unknown) => {
      const answer = await raw(app, { path: `/v4/${command}`, body: asGiven(body, given) });
      for (const part of [answer, answer.Response ?? {}]) {
        for (const [field, value] of Object.entries(part)) given.set(field, value);
      }
      return answer;
    };
    for (const [command, body] of [...world, ...before[id] ?? []]) {
      const { ErrorCode, ErrorInfo } = await send(command, body);
      assert.is(ErrorCode, 0, `${command}: ${ErrorInfo}`);
    }
    const answer = await send(id, request.example);
    assert.is(answer.ErrorCode, 0, answer.ErrorInfo);
    assert.equal(faults(toJsonSchema(catalogue, response.schema), answer), []);
  });
}

test("faults finds what an answer lacks", () => {
  const { response } = catalogue.commands.find(({ command }) => command === "get_role_in_group")!;
  const schema = toJsonSchema(catalogue, response.schema);
  const envelope = { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0 };
  assert.is.not(faults(schema, { ...envelope, UserIdList: [{ Role: "Owner" }] }).length, 0);
  assert.is.not(faults(schema, envelope).length, 0);
});

test.run();
