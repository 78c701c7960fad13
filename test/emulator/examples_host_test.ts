import { test } from "uvu";
import * as assert from "uvu/assert";
import { Examples } from "../../scripts/generate/examples.ts";
import { createEmulator } from "../../src/emulator/mod.ts";
import { answerFaults, catalogue } from "../support/catalogue.ts";
import { raw } from "../support/emulated.ts";
import { asGiven, before, worlds } from "../support/example_world.ts";

const NOW = Date.UTC(2026, 10, 20);

const examples = new Examples(catalogue);

for (const entry of catalogue.commands) {
  const { id, document, request, response } = entry;
  const world = worlds[document];
  // The file of messages is made an hour later; account_services_test.ts has a clock that moves.
  if (!world || id === "open_msg_svc/get_history") continue;
  const answerTo = async (asked: unknown) => {
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
    return await send(id, asked);
  };
  test(`${id} answers its example as its schema says`, async () => {
    const answer = await answerTo(request.example);
    assert.is(answer.ErrorCode, 0, answer.ErrorInfo);
    assert.equal(answerFaults(response.schema, answer), []);
  });

  const short = examples.shortBody(entry);
  if (JSON.stringify(short) === JSON.stringify(request.example)) continue;
  test(`${id} takes the part of its example that its docstring shows`, async () => {
    const { ErrorCode, ErrorInfo } = await answerTo(short);
    assert.is(ErrorCode, 0, ErrorInfo);
  });
}

test("answerFaults finds what an answer lacks", () => {
  const { response } = catalogue.commands.find(({ command }) => command === "get_role_in_group")!;
  const envelope = { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0 };
  const answer = { ...envelope, UserIdList: [{ Role: "Owner" }] };
  assert.is.not(answerFaults(response.schema, answer).length, 0);
  assert.is.not(answerFaults(response.schema, envelope).length, 0);
});

test.run();
