import { test } from "uvu";
import * as assert from "uvu/assert";
import type { FaultRule } from "../../src/emulator/mod.ts";
import { createEmulator, EMULATOR_APP } from "../../src/emulator/mod.ts";
import { control } from "../support/control.ts";
import { clientOf, emulated, refused } from "../support/emulated.ts";
import { rejects } from "../support/rejects.ts";
import { signedQuery } from "../support/signed_query.ts";

const IMPORT = "im_open_login_svc/account_import";
const CHECK = "im_open_login_svc/account_check";

/** Sends account_import with a fault asked for in the header; also tells whether it was carried out. */
async function importWith(fault: string, signal?: AbortSignal) {
  const app = createEmulator();
  const query = await signedQuery();
  const answer = Promise.resolve(app.request(`http://127.0.0.1/v4/${IMPORT}?${query}`, {
    method: "POST",
    headers: { "x-emulator-fault": fault },
    body: `{"UserID":"mira"}`,
    signal,
  }));
  const acted = async () => {
    const { apps } = await control(app, "GET", "state");
    return apps[0].accounts.list.includes("mira");
  };
  return { answer, acted };
}

const json = (text: string) => JSON.parse(text);

for (
  const [fault, status, says, acted] of [
    ["status=502", 502, /<h1>502 Bad Gateway/, false],
    ["status", 502, /<h1>502/, false],
    ["status=503; acted", 503, /<h1>503/, true],
    ["html", 200, /^<html>/, false],
    ["json", 200, /^\{'ActionStatus':'OK'/, true],
    ["status=204", 204, /^$/, false],
    ["error=10002", 200, /"ErrorCode":10002/, false],
    ["error=70500; acted", 200, /"ErrorCode":70500/, true],
    ["delay=1", 200, /"ErrorCode":0/, true],
  ] as const
) {
  test(`the header asks for ${fault}`, async () => {
    const { answer, acted: didAct } = await importWith(fault);
    const response = await answer;
    assert.is(response.status, status);
    const text = await response.text();
    assert.match(text, says);
    if (!text.startsWith('{"')) assert.throws(() => json(text));
    assert.is(await didAct(), acted);
  });
}

for (const [fault, acted] of [["close", false], ["close; acted", true]] as const) {
  test(`${fault} fails as fetch does, in a process too`, async () => {
    const { answer, acted: didAct } = await importWith(fault);
    assert.instance(await rejects(answer), TypeError);
    assert.is(await didAct(), acted);
  });
}

test("truncate breaks off in the middle of the answer, after the deed", async () => {
  const { answer, acted } = await importWith("truncate");
  const response = await answer;
  assert.is(response.status, 200);
  assert.ok(Number(response.headers.get("content-length")) > 50);
  await rejects(response.text());
  assert.is(await acted(), true);
});

for (const [fault, acted] of [["hang", false], ["hang; acted", true]] as const) {
  test(`${fault} answers nothing until the caller goes`, async () => {
    const leaving = new AbortController();
    const { answer, acted: didAct } = await importWith(fault, leaving.signal);
    const first = await Promise.race([
      answer.then(() => "answered"),
      new Promise((resolve) => setTimeout(() => resolve("silence"), 60)),
    ]);
    assert.is(first, "silence");
    leaving.abort();
    await rejects(answer);
    assert.is(await didAct(), acted);
  });
}

for (const fault of ["", "explode", "delay", "error", "status=99", "hang 5", "delay=x"]) {
  test(`a header that says "${fault}" is explained and nothing is done`, async () => {
    const { answer, acted } = await importWith(fault);
    const response = await answer;
    assert.is(response.status, 400);
    assert.match((await response.json()).error, /x-emulator-fault/);
    assert.is(await acted(), false);
  });
}

/** The error codes that so many calls of account_check meet, 0 for none. */
async function codes(rules: FaultRule[], calls: number, command = CHECK): Promise<number[]> {
  const { app, tim } = emulated();
  for (const rule of rules) await control(app, "POST", "faults", rule);
  const met: number[] = [];
  for (let n = 0; n < calls; n++) {
    met.push(await tim.call(command, { CheckItem: [] }).then(() => 0, (error) => error.errorCode));
  }
  return met;
}

test("a rule strikes every n-th call, and so many times", async () => {
  const rule = { kind: "error", value: 70402 } as const;
  assert.equal(await codes([{ ...rule, every: 3 }], 7), [0, 0, 70402, 0, 0, 70402, 0]);
  assert.equal(await codes([{ ...rule, times: 2 }], 4), [70402, 70402, 0, 0]);
  assert.equal(await codes([{ ...rule, every: 2, times: 1 }], 5), [0, 70402, 0, 0, 0]);
});

test("a rule with a probability meets the same calls under the same seed", async () => {
  const rule: FaultRule = { kind: "error", value: 70402, probability: 0.5, seed: 7 };
  const met = await codes([rule], 40);
  assert.equal(await codes([rule], 40), met);
  const struck = met.filter((code) => code !== 0).length;
  assert.ok(struck > 8 && struck < 32, `${struck} of 40`);
  assert.not.equal(await codes([{ ...rule, seed: 8 }], 40), met);
  assert.equal(await codes([{ ...rule, probability: 0 }], 5), [0, 0, 0, 0, 0]);
});

test("a rule is for one command, one service or all; the first that strikes decides", async () => {
  const code = async (command?: string) =>
    (await codes([{ kind: "error", value: 70402, command }], 1))[0];
  for (const command of [undefined, "*", CHECK, "im_open_login_svc/*"]) {
    assert.is(await code(command), 70402);
  }
  for (const command of [IMPORT, "openim/*"]) assert.is(await code(command), 0);
  const two = [{ kind: "error", value: 70402, times: 1 }, {
    kind: "error",
    value: 70403,
  }] as FaultRule[];
  assert.equal(await codes(two, 3), [70402, 70403, 70403]);
});

test("a rule may be for one app", async () => {
  const other = { ...EMULATOR_APP, sdkAppId: 1400000000 };
  const app = createEmulator({ apps: [EMULATOR_APP, other] });
  await control(app, "POST", "faults", { kind: "error", value: 70402, sdkAppId: 1400000000 });
  await clientOf(app, EMULATOR_APP).call(CHECK, { CheckItem: [] });
  const [code] = await refused(clientOf(app, other).call(CHECK, { CheckItem: [] }));
  assert.is(code, 70402);
});

test("rules are listed with what they did, and taken back", async () => {
  const { app, tim } = emulated();
  const { id } = await control(app, "POST", "faults", { kind: "error", value: 70402, every: 2 });
  await tim.call(CHECK, { CheckItem: [] });
  await refused(tim.call(CHECK, { CheckItem: [] }));
  const { rules } = await control(app, "GET", "faults");
  assert.equal(rules, [{ kind: "error", value: 70402, every: 2, id, matched: 2, struck: 1 }]);
  assert.is((await control(app, "DELETE", `faults/${id}`)).deleted, true);
  assert.is((await control(app, "DELETE", `faults/${id}`)).deleted, false);
  await control(app, "POST", "faults", { kind: "hang" });
  await control(app, "DELETE", "faults");
  await tim.call(CHECK, { CheckItem: [] });
});

for (
  const [rule, says] of [
    [{}, /kind undefined, wanted one of delay, hang/],
    [{ kind: "toString" }, /kind "toString"/],
    [{ kind: "delay" }, /without milliseconds/],
    [{ kind: "hang", every: 0 }, /every 0, wanted a whole number from 1/],
    [{ kind: "hang", probability: 2 }, /probability 2, wanted 0 to 1/],
    [{ kind: "hang", command: "a b" }, /command "a b", wanted service\/command/],
    [{ kind: "hang", acted: "yes" }, /acted "yes", wanted true or false/],
    [{ kind: "hang", comand: "sns/*" }, /no comand; it takes kind, value, acted, command/],
    [{ kind: "delay", value: 2 ** 31 }, /delay with 2147483648, wanted 0 to 2147483647/],
    [{ kind: "error", value: 0 }, /error with 0, wanted 1 to/],
    [{ kind: "status", value: 999 }, /status with 999, wanted 200 to 599/],
    [[], /The body is \[\], wanted a JSON object/],
  ] as [object, RegExp][]
) {
  test(`a wrong rule is explained: ${says.source}`, async () => {
    const { error } = await control(emulated().app, "POST", "faults", rule, 400);
    assert.match(error, says);
  });
}

test.run();
