import { test } from "uvu";
import * as assert from "uvu/assert";
import { signUserSig } from "../../mod.ts";
import { bodies, definitions } from "../../src/api/generated/schemas/mod.ts";
import type { JsonSchema } from "../../src/api/validate/json_schema.ts";
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

/** A value for every field that a schema knows; what it refers to over and over is cut short. */
function sample(schema: JsonSchema, depth = 0): unknown {
  if (depth > 12) return {};
  if (schema.$ref) return sample(definitions[schema.$ref.slice("#/$defs/".length)]!, depth + 1);
  const alternative = schema.oneOf?.[0] ?? schema.anyOf?.[0];
  const parts = [...schema.allOf ?? [], ...alternative ? [alternative] : []];
  if (schema.properties || parts.some(({ properties, $ref }) => properties ?? $ref)) {
    const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [
      name,
      sample(field, depth + 1),
    ]);
    return Object.assign(
      {},
      ...parts.map((part) => sample(part, depth + 1)),
      Object.fromEntries(fields),
    );
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (alternative) return sample(alternative, depth + 1);
  switch ([schema.type].flat()[0]) {
    case "array":
      return schema.items ? [sample(schema.items, depth + 1)] : [];
    case "integer":
    case "number":
      return schema.minimum ?? 1;
    case "string":
      return "mira";
    case "boolean":
      return true;
    default:
      return {};
  }
}

/** The example, with the fields that it leaves out. */
function filled(example: unknown, whole: unknown): unknown {
  if (Array.isArray(example)) {
    return example.map((item) => filled(item, Array.isArray(whole) ? whole[0] : undefined));
  }
  if (typeof example !== "object" || example === null) return example;
  const more = typeof whole === "object" && whole !== null ? whole as Record<string, unknown> : {};
  const own = Object.entries(example).map(([key, value]) => [key, filled(value, more[key])]);
  return { ...more, ...Object.fromEntries(own) };
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
    const whole = filled(request.example, sample(bodies[id]!));
    for (const body of [...broken(request.example), ...broken(whole)]) {
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
