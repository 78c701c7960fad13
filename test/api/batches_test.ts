import { test } from "uvu";
import * as assert from "uvu/assert";
import { ApiError, type BaseClient, isApiError, isTimError, TimError } from "../../mod.ts";
import { callInBatches } from "../../src/api/mod.ts";
import { EMULATOR_ADMIN } from "../../src/emulator/mod.ts";
import { emulated } from "../support/emulated.ts";
import { rejects } from "../support/rejects.ts";

const IMPORT = "im_open_login_svc/multiaccount_import";
const CHECK = "im_open_login_svc/account_check";
const DELETE = "im_open_login_svc/account_delete";
const TAGS = "timpush/add_tag";

const names = (count: number) => Array.from({ length: count }, (_, index) => `user-${index}`);
const items = (accounts: string[]) => accounts.map((UserID) => ({ UserID }));

/** A client that remembers the sizes of its lists. */
function counted(): { tim: BaseClient; sizes: number[] } {
  const { tim } = emulated();
  const sizes: number[] = [];
  const call = tim.call.bind(tim);
  tim.call = ((...args: Parameters<typeof call>) => {
    const [list] = Object.values(args[1] as object);
    sizes.push(list.length);
    return call(...args);
  }) as typeof tim.call;
  return { tim, sizes };
}

/** A caller whose answers a test makes. */
const answering = (answer: (body: { To_Account: string[] }) => unknown) => ({
  call: async (_command: string, body?: object) => await answer(body as { To_Account: string[] }),
});

test("callInBatches imports any number of accounts, in calls of a hundred", async () => {
  const { tim, sizes } = counted();
  const accounts = names(250);
  const tooLong = "x".repeat(33);
  accounts.splice(120, 0, tooLong);
  const body = { AccountList: items(accounts) };
  const before = structuredClone(body);
  const { succeeded, failed, answers } = await callInBatches(tim, IMPORT, body);
  assert.equal(succeeded, names(250));
  assert.equal(failed, [{ account: tooLong, info: "", outcomeUnknown: false }]);
  assert.equal(answers.map(({ FailAccounts }) => FailAccounts), [[], [tooLong], []]);
  assert.equal(sizes, [100, 100, 51]);
  assert.equal(body, before, "the caller's body");

  const checked = await callInBatches(tim, CHECK, { CheckItem: items(accounts) });
  const states = checked.answers.flatMap(({ ResultItem = [] }) => ResultItem);
  assert.equal(states.map(({ UserID }) => UserID), accounts);
  const absent = states.filter(({ AccountStatus }) => AccountStatus === "NotImported");
  assert.equal(absent.map(({ UserID }) => UserID), [tooLong]);
});

test("callInBatches tells which accounts could not be deleted, and why", async () => {
  const { tim, sizes } = counted();
  await callInBatches(tim, IMPORT, { AccountList: items(names(150)) });
  const list = ["ghost", ...names(150), EMULATOR_ADMIN];
  const { succeeded, failed } = await callInBatches(tim, DELETE, { DeleteItem: items(list) });
  assert.equal(succeeded, names(150));
  assert.equal(failed.map(({ account, code }) => [account, code]), [
    ["ghost", 70107],
    [EMULATOR_ADMIN, 70402],
  ]);
  assert.match(failed[0]!.info, "no such account");
  assert.equal(sizes.slice(-2), [100, 52]);
});

test("callInBatches sends an account that stands twice once", async () => {
  const { tim, sizes } = counted();
  const list = items(["mira", "omar", "mira"]);
  const { succeeded } = await callInBatches(tim, IMPORT, { AccountList: list });
  assert.equal(succeeded, ["mira", "omar"]);
  assert.equal(sizes, [2]);
});

test("callInBatches sends nothing of a list that it cannot split", async () => {
  const { tim, sizes } = counted();
  const UserTags = [{ To_Account: "mira", Tags: ["a"] }, { To_Account: "mira", Tags: ["b"] }];
  const wrong = [
    [
      callInBatches(tim, TAGS, { UserTags }),
      'UserTags[1].To_Account in the body of timpush/add_tag is "mira" again',
    ],
    [callInBatches(tim, IMPORT, {} as never), "has no list AccountList"],
    [callInBatches(tim, IMPORT, undefined as never), "has no list AccountList"],
    [callInBatches(tim, "account.delete" as never, {} as never), "no command that takes a list"],
    [callInBatches(tim, IMPORT, { AccountList: [null as never] }), "AccountList[0].UserID"],
    [callInBatches(tim, CHECK, { CheckItem: [] }, { concurrency: 0 }), "wanted 1 or more"],
    [callInBatches(tim, CHECK, { CheckItem: [] }, { size: 101 }), "size is 101, wanted 1 to 100"],
  ] as const;
  for (const [call, message] of wrong) {
    const error = await rejects(call);
    assert.ok(isTimError(error, "config"), String(error));
    assert.match(error.message, message);
  }
  const nothing = await callInBatches(tim, CHECK, { CheckItem: [] });
  assert.equal(nothing, { succeeded: [], failed: [], answers: [] });
  assert.equal(sizes, []);
});

test("callInBatches lets other calls finish when one fails, and says what is not known", async () => {
  const caller = answering(({ To_Account: [first] }) => {
    if (first === "user-2") {
      throw new ApiError({ ErrorCode: 60007, ErrorInfo: "too often" }, { kind: "rate-limit" });
    }
    if (first === "user-4") {
      throw new TimError("no answer", {
        code: "TIM_TIMEOUT",
        kind: "timeout",
        outcomeUnknown: true,
      });
    }
    return { ErrorCode: 0, first };
  });
  const { succeeded, failed, answers } = await callInBatches(
    caller,
    "openim/querystate",
    { To_Account: names(7) },
    { size: 2, concurrency: 2 },
  );
  assert.equal(succeeded, ["user-0", "user-1", "user-6"]);
  assert.equal(answers.length, 2);
  assert.equal(failed.map(({ account, code, outcomeUnknown }) => [account, code, outcomeUnknown]), [
    ["user-2", 60007, false],
    ["user-3", 60007, false],
    ["user-4", undefined, true],
    ["user-5", undefined, true],
  ]);
  assert.is(failed[0]!.info, "too often");
  assert.ok(isApiError(failed[0]!.error, 60007));
  assert.is(failed[2]!.info, "no answer");
});

test("callInBatches takes from an error's answer what it says of an account", async () => {
  const answer = {
    ErrorCode: 30003,
    ErrorInfo: "no one",
    ResultItem: [{ To_Account: "omar", ResultCode: 30001, ResultInfo: "there already" }],
    Fail_Account: ["omar"],
  };
  const caller = answering(() => {
    throw new ApiError(answer, { kind: "validation" });
  });
  const { failed } = await callInBatches(caller, "sns/black_list_add", {
    From_Account: "mira",
    To_Account: ["lin", "omar"],
  });
  assert.equal(failed.map(({ account, code, info }) => [account, code, info]), [
    ["lin", 30003, "no one"],
    ["omar", 30001, "there already"],
  ]);
});

test("callInBatches keeps to its concurrency and to the order of the list", async () => {
  let underWay = 0;
  let most = 0;
  const caller = answering(async ({ To_Account: [first] }) => {
    most = Math.max(most, ++underWay);
    // The later a call, the sooner its answer.
    for (let turn = Number(first!.slice(5)); turn < 20; turn++) await Promise.resolve();
    underWay--;
    return { first };
  });
  for (const [concurrency, wanted] of [[undefined, 4], [1, 1], [3, 3], [50, 20]] as const) {
    most = 0;
    const { succeeded, answers } = await callInBatches(
      caller,
      "openim/querystate",
      { To_Account: names(20) },
      { size: 1, concurrency },
    );
    assert.is(most, wanted);
    assert.equal(succeeded, names(20));
    assert.equal(answers, names(20).map((first) => ({ first })) as unknown);
  }
});

test("callInBatches starts no call after the caller's signal", async () => {
  const stop = new AbortController();
  let calls = 0;
  const caller = answering(() => {
    if (++calls === 2) stop.abort();
    return {};
  });
  const { succeeded, failed } = await callInBatches(
    caller,
    "openim/querystate",
    { To_Account: names(5) },
    { size: 1, concurrency: 1, signal: stop.signal },
  );
  assert.is(calls, 2);
  assert.equal(succeeded, ["user-0", "user-1"]);
  assert.equal(failed.map(({ account }) => account), ["user-2", "user-3", "user-4"]);
  for (const { error, outcomeUnknown } of failed) {
    assert.ok(isTimError(error, "aborted"));
    assert.is(outcomeUnknown, false);
  }
});

test.run();
