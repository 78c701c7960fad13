import { test } from "uvu";
import * as assert from "uvu/assert";
import type { BaseClient } from "../../mod.ts";
import { emulated, refused } from "../support/emulated.ts";

interface Check {
  ResultItem: { UserID: string; ResultCode: number; ResultInfo: string; AccountStatus: string }[];
}

async function statuses(tim: BaseClient, ...ids: string[]): Promise<string[]> {
  const CheckItem = ids.map((UserID) => ({ UserID }));
  const answer = await tim.call<string, Check>("im_open_login_svc/account_check", { CheckItem });
  assert.equal(answer.ResultItem.map(({ UserID }) => UserID), ids);
  assert.ok(answer.ResultItem.every(({ ResultCode }) => ResultCode === 0));
  return answer.ResultItem.map(({ AccountStatus }) => AccountStatus);
}

test("account_import makes an account that account_check then finds", async () => {
  const { tim } = emulated();
  assert.equal(await statuses(tim, "mira"), ["NotImported"]);
  const account = { UserID: "mira", Nick: "Mira K.", FaceUrl: "https://img.example.net/m.png" };
  const { RequestId: _id, ...envelope } = await tim.call(
    "im_open_login_svc/account_import",
    account,
  );
  assert.equal(envelope, { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0 });
  await tim.call("im_open_login_svc/account_import", account);
  assert.equal(await statuses(tim, "mira", "ghost", "mira"), [
    "Imported",
    "NotImported",
    "Imported",
  ]);
});

test("account_import takes the older name Identifier", async () => {
  const { tim } = emulated();
  await tim.call("im_open_login_svc/account_import", { Identifier: "omar" });
  assert.equal(await statuses(tim, "omar"), ["Imported"]);
});

test("account_check counts the administrator as imported", async () => {
  assert.equal(await statuses(emulated().tim, "administrator"), ["Imported"]);
});

test("multiaccount_import takes both forms and names what it could not import", async () => {
  const { tim } = emulated();
  const long = "ü".repeat(17);
  const answer = await tim.call("im_open_login_svc/multiaccount_import", {
    AccountList: [
      { UserID: "mira", Nick: "Mira" },
      { UserID: long },
      { UserID: "lin", Nick: "x".repeat(501) },
      { UserID: "ü".repeat(16) },
    ],
  });
  assert.equal(answer.FailAccounts, [long, "lin"]);
  const old = await tim.call("im_open_login_svc/multiaccount_import", { Accounts: ["omar", ""] });
  assert.equal(old.FailAccounts, [""]);
  assert.equal(await statuses(tim, "mira", long, "lin", "ü".repeat(16), "omar"), [
    "Imported",
    "NotImported",
    "NotImported",
    "Imported",
    "Imported",
  ]);
});

test("account_delete deletes and reports each account by itself", async () => {
  const { tim } = emulated();
  await tim.call("im_open_login_svc/multiaccount_import", { Accounts: ["mira", "omar"] });
  const DeleteItem = ["mira", "ghost", "administrator", "mira"].map((UserID) => ({ UserID }));
  const answer = await tim.call<string, { ResultItem: Record<string, unknown>[] }>(
    "im_open_login_svc/account_delete",
    { DeleteItem },
  );
  assert.equal(answer.ResultItem.map(({ UserID, ResultCode }) => [UserID, ResultCode]), [
    ["mira", 0],
    ["ghost", 70107],
    ["administrator", 70402],
    ["mira", 70107],
  ]);
  assert.equal(await statuses(tim, "mira", "omar", "administrator"), [
    "NotImported",
    "Imported",
    "Imported",
  ]);
});

test("a deleted account leaves its groups, and those that it owned have no owner", async () => {
  const { tim } = emulated();
  await tim.call("im_open_login_svc/multiaccount_import", { Accounts: ["mira", "omar"] });
  const group = { Type: "Public", Name: "Club" } as const;
  await tim.call("group_open_http_svc/create_group", {
    ...group,
    GroupId: "hers",
    Owner_Account: "mira",
    MemberList: [{ Member_Account: "omar" }],
  });
  await tim.call("group_open_http_svc/create_group", {
    ...group,
    GroupId: "his",
    Owner_Account: "omar",
    MemberList: [{ Member_Account: "mira" }],
  });
  await tim.call("im_open_login_svc/account_delete", { DeleteItem: [{ UserID: "mira" }] });
  const { GroupInfo } = await tim.call<string, { GroupInfo: Record<string, unknown>[] }>(
    "group_open_http_svc/get_group_info",
    { GroupIdList: ["hers", "his"] },
  );
  assert.equal(GroupInfo.map(({ Owner_Account, MemberNum }) => [Owner_Account, MemberNum]), [
    ["", 1],
    ["omar", 1],
  ]);
  await tim.call("im_open_login_svc/account_import", { UserID: "mira" });
  const { TotalCount } = await tim.call<string, { TotalCount: number }>(
    "group_open_http_svc/get_joined_group_list",
    { Member_Account: "mira" },
  );
  assert.is(TotalCount, 0);
});

const list = (length: number) => Array.from({ length }, (_, at) => ({ UserID: `user${at}` }));

for (
  const [command, code, body, says] of [
    ["account_import", 70402, {}, /^UserID is missing$/],
    ["account_import", 70402, { UserID: "" }, /^UserID is empty$/],
    [
      "account_import",
      70402,
      { UserID: "ü".repeat(16) + "x" },
      /^UserID is 33 bytes of UTF-8, limit is 32$/,
    ],
    ["account_import", 70402, { UserID: "mira", Nick: 5 }, /^Nick is 5, wanted a string$/],
    ["account_import", 40601, { UserID: "mira", Nick: "x".repeat(501) }, /^Nick is 501 bytes/],
    ["account_import", 40601, { UserID: "mira", FaceUrl: "ü".repeat(251) }, /^FaceUrl is 502/],
    ["multiaccount_import", 70402, {}, /has none of: AccountList, Accounts$/],
    [
      "multiaccount_import",
      70402,
      { AccountList: [], Accounts: [] },
      /has AccountList and Accounts; send one/,
    ],
    ["multiaccount_import", 70402, { AccountList: list(101) }, /^AccountList has 101 items/],
    ["multiaccount_import", 70402, {
      Accounts: list(101).map(({ UserID }) => UserID),
    }, /^Accounts has 101/],
    ["multiaccount_import", 70402, { AccountList: [{}] }, /^AccountList\[0\]\.UserID is missing$/],
    ["multiaccount_import", 60015, { Accounts: ["mira", 7] }, /^Accounts\[1\] is 7/],
    ["account_check", 70402, {}, /^CheckItem is missing$/],
    ["account_check", 70402, { CheckItem: list(101) }, /^CheckItem has 101 items, limit is 100$/],
    ["account_check", 70402, { CheckItem: ["mira"] }, /^CheckItem\[0\] is "mira", wanted an obj/],
    ["account_delete", 70402, {}, /^DeleteItem is missing$/],
    ["account_delete", 70402, { DeleteItem: list(101) }, /^DeleteItem has 101 items/],
  ] as const
) {
  test(`${command} answers ${code}: ${says.source}`, async () => {
    const [got, info] = await refused(
      emulated().tim.call(`im_open_login_svc/${command}`, body),
    );
    assert.is(got, code);
    assert.match(info, says);
  });
}

test("the lists of 100 accounts are accepted", async () => {
  const { tim } = emulated();
  await tim.call("im_open_login_svc/multiaccount_import", { AccountList: list(100) });
  await tim.call("im_open_login_svc/account_check", { CheckItem: list(100) });
  await tim.call("im_open_login_svc/account_delete", { DeleteItem: list(100) });
  assert.equal(await statuses(tim, "user0", "user99"), ["NotImported", "NotImported"]);
});

test.run();
