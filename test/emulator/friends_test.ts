import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Commands } from "../../src/api/mod.ts";
import { NOW, type People, people } from "../support/chat_people.ts";
import { refused } from "../support/emulated.ts";

type Item = { To_Account: string } & Record<string, unknown>;

/** Adds friends of mira's, by force unless told otherwise. */
async function add(
  { tim }: People,
  friends: (string | Item)[],
  change: Partial<Commands["sns/friend_add"]["request"]> = {},
): Promise<[codes: number[], failed: string[] | undefined]> {
  const answer = await tim.call("sns/friend_add", {
    From_Account: "mira",
    ForceAddFlags: 1,
    AddFriendItem: friends.map((friend) => ({
      AddSource: "AddSource_Type_Web",
      ...typeof friend === "string" ? { To_Account: friend } : friend,
    })),
    ...change,
  });
  return [answer.ResultItem!.map(({ ResultCode }) => ResultCode), answer.Fail_Account];
}

async function relation(
  { tim }: People,
  To_Account: string[],
  type: "Single" | "Both" = "Both",
): Promise<string[]> {
  const answer = await tim.call("sns/friend_check", {
    From_Account: "mira",
    To_Account,
    CheckType: `CheckResult_Type_${type}`,
  });
  return answer.InfoItem!.map(({ Relation }) => Relation.replace("CheckResult_Type_", ""));
}

async function friends({ tim }: People, From_Account = "mira"): Promise<Record<string, unknown>> {
  const answer = await tim.call("sns/friend_get", { From_Account, StartIndex: 0 });
  assert.is(answer.FriendNum, answer.UserDataItem!.length);
  assert.is(answer.CompleteFlag, 1);
  return Object.fromEntries(answer.UserDataItem!.map(({ To_Account, ValueItem }) => [
    To_Account,
    Object.fromEntries(ValueItem!.map(({ Tag, Value }) => [Tag.replace("Tag_SNS_", ""), Value])),
  ]));
}

test("friend_add makes a friendship of both sides, with data on one", async () => {
  const world = await people();
  const omar = { To_Account: "omar", Remark: "Omar (design)", GroupName: "Work", AddWording: "Hi" };
  assert.equal(await add(world, [omar]), [[0], undefined]);
  assert.equal(await friends(world), {
    omar: {
      IM_AddSource: "AddSource_Type_Web",
      IM_AddWording: "Hi",
      IM_Remark: "Omar (design)",
      IM_Group: ["Work"],
      IM_AddTime: NOW,
      IM_RemarkTime: NOW,
    },
  });
  assert.equal(await friends(world, "omar"), {
    mira: { IM_AddSource: "AddSource_Type_Web", IM_AddWording: "Hi", IM_AddTime: NOW },
  });
});

test("friend_add of one side shows as such in friend_check", async () => {
  const world = await people();
  await add(world, ["omar"], { AddType: "Add_Type_Single" });
  await add(world, ["mira"], { AddType: "Add_Type_Single", From_Account: "lin" });
  await add(world, ["zoe"]);
  const all = ["omar", "lin", "zoe", "administrator"];
  assert.equal(await relation(world, all), ["AWithB", "BWithA", "BothWay", "NoRelation"]);
  assert.equal(await relation(world, all, "Single"), [
    "AWithB",
    "NoRelation",
    "AWithB",
    "NoRelation",
  ]);
});

test("friend_add tells by account why it failed", async () => {
  const world = await people();
  const [codes, failed] = await add(world, ["omar", "nobody", "mira", "omar"]);
  assert.equal(codes, [0, 30003, 30001, 30001]);
  assert.equal(failed, ["nobody", "mira", "omar"]);
  assert.is((await refused(add(world, ["omar"], { From_Account: "nobody" })))[0], 30003);
  await world.tim.call("sns/black_list_add", { From_Account: "mira", To_Account: ["lin"] });
  await world.tim.call("sns/black_list_add", { From_Account: "zoe", To_Account: ["mira"] });
  assert.equal((await add(world, ["lin", "zoe"]))[0], [30515, 30525]);
});

test("friend_add asks for consent as the profiles say, unless it is forced", async () => {
  const world = await people();
  const profile = (From_Account: string, tag: string, Value: string) =>
    world.tim.call("profile/portrait_set", {
      From_Account,
      ProfileItem: [{ Tag: `Tag_Profile_IM_${tag}`, Value }],
    });
  await profile("omar", "AllowType", "AllowType_Type_NeedConfirm");
  await profile("lin", "AllowType", "AllowType_Type_DenyAny");
  const everybody = ["omar", "lin", "zoe"];
  assert.equal((await add(world, everybody, { ForceAddFlags: 0 }))[0], [30539, 30516, 0]);
  assert.equal(await relation(world, everybody), ["NoRelation", "NoRelation", "BothWay"]);
  await profile("mira", "AdminForbidType", "AdminForbid_Type_SendOut");
  assert.equal((await add(world, ["administrator"], { ForceAddFlags: 0 }))[0], [30009]);
  assert.equal((await add(world, ["omar", "lin"]))[0], [0, 0]);
  assert.equal(await relation(world, everybody), ["BothWay", "BothWay", "BothWay"]);
});

test("friend_add keeps to 32 friend groups", async () => {
  const world = await people();
  const GroupName = Array.from({ length: 32 }, (_, at) => `g${at}`);
  await world.tim.call("sns/group_add", { From_Account: "mira", GroupName });
  assert.equal((await add(world, [{ To_Account: "omar", GroupName: "more" }]))[0], [30011]);
  assert.equal((await add(world, [{ To_Account: "omar", GroupName: "g31" }]))[0], [0]);
});

test("friend_add keeps to 3,000 friends on either side", async () => {
  const many = Array.from({ length: 3001 }, (_, at) => `friend${at}`);
  const world = await people(["mira", "lin"]);
  for (let from = 0; from < many.length; from += 100) {
    const Accounts = many.slice(from, from + 100);
    await world.tim.call("im_open_login_svc/multiaccount_import", { Accounts });
  }
  const importing = (list: string[]) =>
    world.tim.call("sns/friend_import", {
      From_Account: "mira",
      AddFriendItem: list.map((To_Account) => ({ To_Account, AddSource: "AddSource_Type_Sync" })),
    });
  for (let from = 0; from < 3000; from += 1000) await importing(many.slice(from, from + 1000));
  assert.equal(
    (await importing(many.slice(2999))).ResultItem!.map(({ ResultCode }) => ResultCode),
    [
      0,
      30010,
    ],
  );
  assert.equal((await add(world, ["friend3000"]))[0], [30010]);
  assert.equal((await add(world, ["mira"], { From_Account: "lin" }))[0], [30014]);
});

test("friend_import puts all data into one side's list, in place of older data", async () => {
  const world = await people();
  const item = {
    To_Account: "omar",
    Remark: "Omar",
    RemarkTime: 1_760_000_001,
    GroupName: ["Work", "Chess"],
    AddSource: "AddSource_Type_Sync",
    AddWording: "moved over",
    AddTime: 1_760_000_002,
    CustomItem: [{ Tag: "Tag_SNS_Custom_Level", Value: "gold" }],
  };
  const importing = (change: object = {}) =>
    world.tim.call("sns/friend_import", {
      From_Account: "mira",
      AddFriendItem: [{ ...item, ...change }],
    });
  await importing({ Remark: "old" });
  await importing();
  assert.equal(await friends(world), {
    omar: {
      IM_AddSource: "AddSource_Type_Sync",
      IM_AddWording: "moved over",
      IM_Remark: "Omar",
      IM_Group: ["Work", "Chess"],
      IM_AddTime: 1_760_000_002,
      IM_RemarkTime: 1_760_000_001,
      Custom_Level: "gold",
    },
  });
  assert.equal(await friends(world, "omar"), {});
  const many = { GroupName: Array.from({ length: 31 }, (_, at) => `g${at}`) };
  const answer = await importing(many);
  assert.is(answer.ResultItem![0]!.ResultCode, 30011);
  assert.equal(answer.Fail_Account, ["omar"]);
  const over = await importing({ GroupName: Array.from({ length: 33 }, (_, at) => `g${at}`) });
  assert.is(over.ResultItem![0]!.ResultCode, 30011);
  assert.is((await importing({ To_Account: "nobody" })).ResultItem![0]!.ResultCode, 30003);
  assert.is((await importing({ To_Account: "mira" })).ResultItem![0]!.ResultCode, 30001);
});

test("friend_update changes remark, groups and custom fields, and nothing else", async () => {
  const world = await people();
  await add(world, [{ To_Account: "omar", GroupName: "Work", Remark: "old" }]);
  const update = async (
    To_Account: string,
    ...SnsItem: { Tag: string; Value: string | string[] }[]
  ) =>
    (await world.tim.call("sns/friend_update", {
      From_Account: "mira",
      UpdateItem: [{ To_Account, SnsItem }],
    })).ResultItem![0]!.ResultCode;
  const remark = { Tag: "Tag_SNS_IM_Remark", Value: "Omar K." };
  const groups = { Tag: "Tag_SNS_IM_Group", Value: ["Chess", "Music"] };
  assert.is(await update("omar", remark, groups, { Tag: "Tag_SNS_Custom_Level", Value: "1" }), 0);
  const { omar } = await friends(world) as Record<string, Record<string, unknown>>;
  assert.is(omar!.IM_Remark, "Omar K.");
  assert.equal(omar!.IM_Group, ["Chess", "Music"]);
  assert.is(omar!.Custom_Level, "1");
  assert.is(await update("omar", { Tag: "Tag_SNS_IM_AddTime", Value: "1" }), 30001);
  assert.is(await update("omar", { Tag: "Tag_SNS_IM_Group", Value: "Chess" }), 30001);
  assert.is(await update("omar", { Tag: "Tag_SNS_IM_Remark", Value: "x".repeat(97) }), 30001);
  const many = Array.from({ length: 32 }, (_, at) => `g${at}`);
  assert.is(await update("omar", { Tag: "Tag_SNS_IM_Group", Value: many }), 30011);
  assert.is(await update("lin", remark), 30001);
  assert.is(await update("nobody", remark), 30003);
});

test("friend_delete removes from one list or both", async () => {
  const world = await people();
  await add(world, ["omar", "lin"]);
  const remove = async (To_Account: string[], DeleteType?: "Delete_Type_Both") =>
    (await world.tim.call("sns/friend_delete", { From_Account: "mira", To_Account, DeleteType }))
      .ResultItem!.map(({ ResultCode }) => ResultCode);
  assert.equal(await remove(["omar", "zoe", "nobody"]), [0, 31704, 30003]);
  assert.equal(await relation(world, ["omar", "lin"]), ["BWithA", "BothWay"]);
  assert.equal(await remove(["omar", "lin"], "Delete_Type_Both"), [0, 0]);
  assert.equal(await relation(world, ["omar", "lin"]), ["NoRelation", "NoRelation"]);
});

test("friend_delete_all ends all friendships", async () => {
  const world = await people();
  await add(world, ["omar", "lin"]);
  const all = { From_Account: "mira" };
  await world.tim.call("sns/friend_delete_all", all);
  assert.equal(await friends(world), {});
  assert.equal(await relation(world, ["omar"]), ["BWithA"]);
  await add(world, ["omar", "lin"]);
  await world.tim.call("sns/friend_delete_all", { ...all, DeleteType: "Delete_Type_Both" });
  assert.equal(await relation(world, ["omar", "lin"]), ["NoRelation", "NoRelation"]);
});

test("friend_check lists accounts that do not exist as failed", async () => {
  const { tim } = await people();
  const answer = await tim.call("sns/friend_check", {
    From_Account: "mira",
    To_Account: ["nobody"],
    CheckType: "CheckResult_Type_Both",
  });
  assert.is(answer.InfoItem![0]!.ResultCode, 30003);
  assert.is(answer.InfoItem![0]!.Relation, "CheckResult_Type_NoRelation");
  assert.equal(answer.Fail_Account, ["nobody"]);
});

test("friend_get pages, and leaves out what the caller has already", async () => {
  const names = Array.from({ length: 99 }, (_, at) => `friend${at}`);
  const world = await people(["mira", ...names]);
  await world.tim.call("im_open_login_svc/account_import", { UserID: "last" });
  await add(world, [...names, "administrator", "last"]);
  const get = (change: object) =>
    world.tim.call("sns/friend_get", { From_Account: "mira", StartIndex: 0, ...change });
  const first = await get({});
  assert.is(first.UserDataItem!.length, 100);
  assert.is(first.CompleteFlag, 0);
  const second = await get({ StartIndex: first.NextStartIndex });
  assert.equal(second.UserDataItem!.map(({ To_Account }) => To_Account), ["last"]);
  assert.is(second.CompleteFlag, 1);
  assert.is(second.NextStartIndex, 0);
  assert.is(second.FriendNum, 101);
  const { StandardSequence, CustomSequence } = second;
  assert.equal((await get({ StandardSequence, CustomSequence })).UserDataItem, []);
  await add(world, [{ To_Account: "mira" }], { From_Account: "last", AddType: "Add_Type_Single" });
  await world.tim.call("sns/friend_update", {
    From_Account: "mira",
    UpdateItem: [{ To_Account: "last", SnsItem: [{ Tag: "Tag_SNS_Custom_Level", Value: 2 }] }],
  });
  const news = await get({ StartIndex: 100, StandardSequence, CustomSequence });
  assert.equal(news.UserDataItem, [
    { To_Account: "last", ValueItem: [{ Tag: "Tag_SNS_Custom_Level", Value: 2 }] },
  ]);
});

test("friend_get_list gives the named fields of friendship and profile", async () => {
  const world = await people();
  await world.tim.call("im_open_login_svc/account_import", { UserID: "omar", Nick: "Omar" });
  await add(world, [{ To_Account: "omar", GroupName: "Work" }]);
  const answer = await world.tim.call("sns/friend_get_list", {
    From_Account: "mira",
    To_Account: ["omar", "lin", "nobody"],
    TagList: ["Tag_Profile_IM_Nick", "Tag_SNS_IM_Remark", "Tag_SNS_IM_Group"],
  });
  assert.equal(answer.InfoItem, [
    {
      To_Account: "omar",
      SnsProfileItem: [
        { Tag: "Tag_Profile_IM_Nick", Value: "Omar" },
        { Tag: "Tag_SNS_IM_Group", Value: ["Work"] },
      ],
      ResultCode: 0,
      ResultInfo: "",
    },
    {
      To_Account: "lin",
      ResultCode: 30001,
      ResultInfo: "Err_SNS_FriendGetList_Friend_Not_Exist",
    },
    {
      To_Account: "nobody",
      ResultCode: 30003,
      ResultInfo: "Err_SNS_FriendGetList_Account_Not_Exist",
    },
  ]);
  assert.equal(answer.Fail_Account, ["lin", "nobody"]);
});

test("friend_get_all pages by StartIndex and knows what the caller has", async () => {
  const world = await people();
  await add(world, ["omar", "lin", "zoe"]);
  const get = (change: object) =>
    world.tim.call("sns/friend_get_all", { From_Account: "mira", StartIndex: 0, ...change });
  const first = await get({ GetCount: 2, TagList: ["Tag_SNS_IM_AddTime"] });
  assert.equal(
    first.InfoItem,
    ["omar", "lin"].map((Info_Account) => ({
      Info_Account,
      SnsProfileItem: [{ Tag: "Tag_SNS_IM_AddTime", Value: NOW }],
    })),
  );
  const second = await get({ GetCount: 2, StartIndex: first.StartIndex });
  assert.equal(second.InfoItem!.map(({ Info_Account }) => Info_Account), ["zoe"]);
  assert.is(second.StartIndex, 0);
  assert.is(second.NeedUpdateAll, "GetAll_Type_YES");
  const known = await get({
    TagList: ["Tag_SNS_IM_AddTime"],
    LastStandardSequence: second.CurrentStandardSequence,
  });
  assert.is(known.NeedUpdateAll, "GetAll_Type_NO");
  assert.equal(known.InfoItem, []);
});

test("black_list_add ends friendships, and is seen from both sides", async () => {
  const world = await people();
  await add(world, ["omar"]);
  const block = async (From_Account: string, ...To_Account: string[]) => {
    const answer = await world.tim.call("sns/black_list_add", { From_Account, To_Account });
    return answer.ResultItem!.map(({ ResultCode }) => ResultCode);
  };
  assert.equal(await block("mira", "omar", "lin", "mira", "nobody"), [0, 0, 30001, 30003]);
  assert.equal(await block("mira", "omar"), [30001]);
  await block("lin", "mira");
  await block("zoe", "mira");
  assert.equal(await relation(world, ["omar"]), ["NoRelation"]);
  const check = async (type: "Single" | "Both") => {
    const answer = await world.tim.call("sns/black_list_check", {
      From_Account: "mira",
      To_Account: ["omar", "lin", "zoe", "administrator", "nobody"],
      CheckType: `BlackCheckResult_Type_${type}`,
    });
    assert.equal(answer.Fail_Account, ["nobody"]);
    return answer.BlackListCheckItem!.map(({ Relation }) =>
      Relation.replace("BlackCheckResult_Type_", "")
    );
  };
  assert.equal(await check("Both"), ["AWithB", "BothWay", "BWithA", "NO", "NO"]);
  assert.equal(await check("Single"), ["AWithB", "AWithB", "NO", "NO", "NO"]);
});

test("black_list_get pages, and black_list_delete takes accounts out", async () => {
  const world = await people();
  const From_Account = "mira";
  await world.tim.call("sns/black_list_add", { From_Account, To_Account: ["omar", "lin", "zoe"] });
  const get = async (StartIndex: number) => {
    const answer = await world.tim.call("sns/black_list_get", {
      From_Account,
      StartIndex,
      MaxLimited: 2,
      LastSequence: 0,
    });
    const accounts = answer.BlackListItem!.map(({ To_Account, AddBlackTimeStamp }) => {
      assert.is(AddBlackTimeStamp, NOW);
      return To_Account;
    });
    return [accounts, answer.StartIndex, answer.CurruentSequence];
  };
  assert.equal(await get(0), [["omar", "lin"], 2, 3]);
  assert.equal(await get(2), [["zoe"], 0, 3]);
  const answer = await world.tim.call("sns/black_list_delete", {
    From_Account,
    To_Account: ["omar", "omar", "nobody"],
  });
  assert.equal(answer.ResultItem!.map(({ ResultCode }) => ResultCode), [0, 30001, 30003]);
  assert.equal(await get(0), [["lin", "zoe"], 0, 4]);
});

test("a blocklist holds 1,000 accounts", async () => {
  const many = Array.from({ length: 1001 }, (_, at) => `spam${at}`);
  const world = await people(["mira"]);
  for (let from = 0; from < many.length; from += 100) {
    const Accounts = many.slice(from, from + 100);
    await world.tim.call("im_open_login_svc/multiaccount_import", { Accounts });
  }
  const block = (To_Account: string[]) =>
    world.tim.call("sns/black_list_add", { From_Account: "mira", To_Account });
  await block(many.slice(0, 1000));
  assert.is((await block(many.slice(1000))).ResultItem![0]!.ResultCode, 30013);
});

test("friend groups are made, read with their friends, and deleted", async () => {
  const world = await people();
  const { tim } = world;
  const From_Account = "mira";
  await add(world, ["omar", "lin"]);
  const answer = await tim.call("sns/group_add", {
    From_Account,
    GroupName: ["Work", "Chess"],
    To_Account: ["omar", "zoe", "nobody"],
  });
  assert.equal(answer.ResultItem!.map(({ ResultCode }) => ResultCode), [0, 32216, 30003]);
  assert.equal(answer.Fail_Account, ["zoe", "nobody"]);
  const empty = await tim.call("sns/group_add", { From_Account, GroupName: ["Empty"] });
  assert.not("ResultItem" in empty);
  assert.ok(empty.CurrentSequence! > answer.CurrentSequence!);
  const get = async (change: object) => {
    const { ResultItem } = await tim.call("sns/group_get", { From_Account, ...change });
    return ResultItem!.map(({ GroupName, FriendNumber, To_Account }) =>
      [GroupName, FriendNumber, ...To_Account ?? []].join(" ")
    );
  };
  assert.equal(await get({}), ["Work 1", "Chess 1", "Empty 0"]);
  const NeedFriend = "Need_Friend_Type_Yes";
  assert.equal(await get({ NeedFriend, GroupName: ["Chess", "None"] }), ["Chess 1 omar"]);
  assert.equal(await get({ LastSequence: empty.CurrentSequence }), []);
  await tim.call("sns/group_delete", { From_Account, GroupName: ["Work", "None"] });
  assert.equal(await get({ NeedFriend }), ["Chess 1 omar", "Empty 0"]);
  const { omar } = await friends(world) as Record<string, Record<string, unknown>>;
  assert.equal(omar!.IM_Group, ["Chess"]);
  const many = Array.from({ length: 31 }, (_, at) => `g${at}`);
  const over = tim.call("sns/group_add", { From_Account, GroupName: many });
  assert.is((await refused(over))[0], 30011);
  const atOnce = Array.from({ length: 33 }, (_, at) => `g${at}`);
  const tooMany = tim.call("sns/group_add", { From_Account: "omar", GroupName: atOnce });
  assert.is((await refused(tooMany))[0], 30011);
  assert.is((await get({})).length, 2);
});

test("account_delete ends all relations of the account for good", async () => {
  const world = await people();
  const { tim } = world;
  await add(world, ["omar", "lin"]);
  await tim.call("sns/black_list_add", { From_Account: "zoe", To_Account: ["omar"] });
  const follow = (From_Account: string, To_Account: string) =>
    tim.call("follow/follow_add", { From_Account, FollowItem: [{ To_Account }] });
  await follow("omar", "mira");
  await follow("mira", "omar");
  await tim.call("timpush/add_tag", { UserTags: [{ To_Account: "omar", Tags: ["a"] }] });
  await tim.call("im_open_login_svc/account_delete", { DeleteItem: [{ UserID: "omar" }] });
  await tim.call("im_open_login_svc/account_import", { UserID: "omar" });
  assert.equal(Object.keys(await friends(world)), ["lin"]);
  assert.equal(await friends(world, "omar"), {});
  const one = { From_Account: "zoe", StartIndex: 0, MaxLimited: 10, LastSequence: 0 };
  assert.equal((await tim.call("sns/black_list_get", one)).BlackListItem, []);
  const { FollowInfo } = await tim.call("follow/follow_get_info", {
    From_Account: "mira",
    To_Account: ["mira", "omar"],
  });
  for (const { FollowerCount, FollowingCount, MutualFollowingCount } of FollowInfo!) {
    assert.equal([FollowerCount, FollowingCount, MutualFollowingCount], [0, 0, 0]);
  }
  const { UserTags } = await tim.call("timpush/get_tag", { To_Account: ["omar"] });
  assert.equal(UserTags, [{ To_Account: "omar", Tags: [] }]);
});

test.run();
