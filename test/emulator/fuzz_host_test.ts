import { test } from "uvu";
import * as assert from "uvu/assert";
import { signUserSig } from "../../mod.ts";
import { createEmulator, EMULATOR_ADMIN, EMULATOR_APP } from "../../src/emulator/mod.ts";
import { answerFaults, catalogue } from "../support/catalogue.ts";
import { raw } from "../support/emulated.ts";
import { asGiven, before, worlds } from "../support/example_world.ts";

const NOW = Date.UTC(2026, 10, 20);
const usersig = await signUserSig({ ...EMULATOR_APP, identifier: EMULATOR_ADMIN });

/** What may come in the place of any value. */
const INTRUDERS: readonly unknown[] = [
  null,
  true,
  "",
  "0",
  "nobody",
  "x".repeat(600),
  "ü\u0000\ud800",
  0,
  1,
  -1,
  0.5,
  4_294_967_296,
  Number.MAX_SAFE_INTEGER,
  1e300,
  [],
  {},
  [[]],
  [{}],
  [null],
  { __proto__: null, constructor: 1, toString: 2 },
];

/** The body with each of its parts, one at a time, left out, replaced, emptied or repeated. */
function* broken(value: unknown, put: (part: unknown) => unknown = (part) => part): Generator {
  for (const intruder of INTRUDERS) yield put(intruder);
  if (Array.isArray(value)) {
    yield put([...value, ...value]);
    yield put(Array.from({ length: 1100 }, () => value[0]));
    for (const [at, item] of value.entries()) {
      yield* broken(item, (part) => put(value.with(at, part)));
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [key, field] of Object.entries(value)) {
      const { [key]: _, ...rest } = value as Record<string, unknown>;
      yield put(rest);
      yield* broken(field, (part) => put({ ...value, [key]: part }));
    }
  }
}

for (const { id, document, request, response } of catalogue.commands) {
  test(`${id} answers broken bodies as documented`, async () => {
    const app = createEmulator({ now: () => NOW });
    const send = async (path: string, body: string) => {
      const answer = await raw(app, { path: `/v4/${path}`, usersig, body });
      assert.not.match(answer.ErrorInfo ?? "", "The emulator itself failed", `${path} ${body}`);
      return answer;
    };
    for (const [command, body] of [...worlds[document]!, ...before[id] ?? []]) {
      await send(command, asGiven(body, new Map()));
    }
    for (const body of broken(request.example)) {
      const text = asGiven(body, new Map());
      const answer = await send(id, text);
      if (answer.ErrorCode === 0) {
        assert.equal(answerFaults(response.schema, answer), [], text);
      } else {
        assert.is(answer.ActionStatus, "FAIL", text);
        assert.ok(answer.ErrorInfo.length > 0, text);
      }
    }
  });
}

test.run();
