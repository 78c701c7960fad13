import { test } from "uvu";
import * as assert from "uvu/assert";
import { callerOf } from "./caller.ts";
import { differences, differenceText } from "./diff.ts";
import { expectedOf } from "./expected.ts";
import { Names } from "./names.ts";
import { runScenario } from "./run_scenario.ts";
import { areas } from "./scenarios/all.ts";
import { emulatorTarget } from "./target.ts";

for (const area of areas) {
  for (const scenario of area.scenarios) {
    test(`parity, ${area.name}: ${scenario.name}`, async () => {
      const target = emulatorTarget();
      const { identifier } = target;
      const expected = expectedOf(area, scenario);
      assert.is(expected.length, scenario.steps.length, "recorded anew: deno task parity --record");
      const call = callerOf(target);
      const outcome = await runScenario(scenario, { run: "run", identifier, call, expected });
      assert.is(outcome.broke, undefined);
      assert.equal(outcome.differences, []);
      assert.equal(outcome.left, []);
      scenario.steps.forEach(([command, _body, code = 0], step) => {
        const { ErrorCode } = outcome.exchanges[step]!.answer as { ErrorCode: number };
        assert.is(ErrorCode, code, `step ${step + 1}, ${command}`);
      });
    });
  }
}

test("differences names what is missing, what is more and what is other", () => {
  const found = differences(
    { A: [1, { B: 2 }], C: 3, D: [] },
    { A: [1, { B: 5 }, 7], D: {}, E: "x" },
  );
  assert.equal(found.map(differenceText), [
    "A[1].B is 5, we answer 2",
    "A[2] is 7, which we do not answer",
    "C is missing, we answer 3",
    "D is {}, we answer []",
    'E is "x", which we do not answer',
  ]);
});

test("Names blanks what differs from run to run, and puts it back", () => {
  const names = new Names("p1", "root", () => 1_795_000_000_000);
  assert.equal(names.fill({ To: "$mira", At: "<now-60>", By: "$administrator", Cost: "5 $" }), {
    To: "p1_mira",
    At: 1_794_999_940,
    By: "root",
    Cost: "5 $",
  });
  const answer = {
    RequestId: "Id-1",
    ErrorInfo: "any words",
    Who: ["p1_mira", "root"],
    MsgTime: 1_795_000_001,
    MsgKey: "1_2_3",
    Zero: 0,
  };
  assert.equal(names.blank(answer), {
    ErrorInfo: "<text>",
    Who: ["$mira", "$administrator"],
    MsgTime: "<time>",
    MsgKey: "<MsgKey 1>",
    Zero: 0,
  });
  assert.equal(names.blank([{ MsgKey: "4_5_6" }, { LastMsgKey: "1_2_3" }]), [
    { MsgKey: "<MsgKey 2>" },
    { LastMsgKey: "<MsgKey 1>" },
  ]);
  assert.equal(names.fill(["<MsgKey 1>", "<MsgKey>", "<MsgTime>"]), [
    "1_2_3",
    "4_5_6",
    1_795_000_001,
  ]);
  assert.throws(() => names.fill("<BattleId 1>"), /No answer has had <BattleId 1>/);
});

test.run();
