import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Schema } from "../../scripts/generate/catalogue.ts";
import { toJsonSchema } from "../../scripts/generate/json_schema.ts";
import { signUserSig } from "../../mod.ts";
import {
  createEmulator,
  EMULATOR_ADMIN,
  EMULATOR_APP,
  type EmulatorSnapshot,
} from "../../src/emulator/mod.ts";
import { registry } from "../../src/emulator/services/services.ts";
import { chance } from "../../src/emulator/store/chance.ts";
import { asState } from "../support/as_state.ts";
import { answerFaults, catalogue } from "../support/catalogue.ts";
import { control } from "../support/control.ts";
import { raw } from "../support/emulated.ts";
import { asGiven, worlds } from "../support/example_world.ts";
import { broken, goodValue, type Making } from "../support/schema_values.ts";

/** Each command is called so often; hundreds of rounds were tried when this was written. */
const ROUNDS = 10;
const NOW = 1_795_000_000_000;

const definitions = Object.fromEntries(
  [...catalogue.schemas].map(([name, { schema }]) => [name, toJsonSchema(catalogue, schema)]),
);
/** Names that some accounts, groups and rooms have, so that calls get somewhere. */
const known = "mira omar lin zoe ghost book-club live_coffee_7 standup-0412 1 a".split(" ");

test("thousands of calls by chance upset nothing, and their snapshot makes the same world", async () => {
  let now = NOW;
  const options = { now: () => now };
  const app = createEmulator(options);
  const usersig = await signUserSig({ ...EMULATOR_APP, identifier: EMULATOR_ADMIN });
  const call = (to: typeof app, id: string, body: string) =>
    raw(to, { path: `/v4/${id}`, usersig, body });
  for (const calls of Object.values(worlds)) {
    for (const [id, body] of calls) await call(app, id, asGiven(body, new Map()));
  }
  const random = chance(20_261_121);
  const making = (extreme: boolean): Making => ({ definitions, chance: random, known, extreme });
  const asked = new Map<string, Schema>();
  for (const { id, request } of catalogue.commands) {
    asked.set(id, toJsonSchema(catalogue, request.schema));
  }
  let accepted = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const { id, response } of catalogue.commands) {
      const good = goodValue(asked.get(id)!, making(round % 3 === 1));
      const body = JSON.stringify(round % 3 === 2 ? broken(good, making(false)) : good);
      const answer = await call(app, id, body);
      const what = `${id} ${body.slice(0, 1000)}`;
      assert.not.match(answer.ErrorInfo ?? "", "The emulator itself failed", what);
      now += 100;
      if (answer.ErrorCode !== 0) continue;
      accepted++;
      assert.equal(answerFaults(response.schema, answer), [], what);
    }
  }
  assert.ok(accepted > 300, `${accepted} accepted`);

  const seed: EmulatorSnapshot = await control(app, "GET", "snapshot");
  const copies = [seed, asState(seed, now)].map((seed) => createEmulator({ ...options, seed }));
  for (const copy of copies) {
    assert.equal(await control(copy, "GET", "state"), await control(app, "GET", "state"));
  }
  const compare = async (id: string) => {
    const body = JSON.stringify(goodValue(asked.get(id)!, making(false)));
    const one = await call(app, id, body);
    for (const [at, copy] of copies.entries()) {
      const other = await call(copy, id, body);
      const how = ["made by calls", "written as a whole"][at];
      assert.equal({ ...other, RequestId: one.RequestId }, one, `${how}: ${id} ${body}`);
    }
  };
  const all = [...registry.all()];
  const reading = all.filter(({ reads }) => reads);
  const readAll = async (rounds: number) => {
    for (const { id } of reading) {
      for (let round = 0; round < rounds; round++) await compare(id);
    }
  };
  await readAll(ROUNDS);
  // And the copies go on like the original.
  for (let round = 0; round < 3; round++) {
    for (const { id } of all) await compare(id);
  }
  await readAll(3);
});

test.run();
