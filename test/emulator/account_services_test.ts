import { test } from "uvu";
import * as assert from "uvu/assert";
import { EMULATOR_APP } from "../../src/emulator/mod.ts";
import { calls, codeOf } from "../support/calls.ts";
import { control } from "../support/control.ts";
import { clientOf, emulated } from "../support/emulated.ts";

const NICK = "Tag_Profile_IM_Nick";

function message(From_Account: string, Text = "hello", MsgRandom = 1) {
  return {
    From_Account,
    To_Account: "omar",
    MsgRandom,
    MsgBody: [{ MsgType: "TIMTextElem" as const, MsgContent: { Text } }],
  };
}

function groupMessage(From_Account: string, Text = "hello") {
  return {
    GroupId: "club",
    From_Account,
    Random: 1,
    MsgBody: [{ MsgType: "TIMTextElem" as const, MsgContent: { Text } }],
  };
}

const club = {
  Type: "Public" as const,
  Name: "Club",
  GroupId: "club",
  Owner_Account: "omar",
  MemberList: [{ Member_Account: "mira" }],
};

test("portrait_get shows what portrait_set and account_import wrote, and who is not there", async () => {
  const { call } = await calls();
  await call("im_open_login_svc/account_import", {
    UserID: "mira",
    Nick: "M",
    FaceUrl: "http://f",
  });
  const ProfileItem = [
    { Tag: NICK, Value: "Mira K." },
    { Tag: "Tag_Profile_IM_BirthDay", Value: 19930412 },
    { Tag: "Tag_Profile_IM_AllowType", Value: "AllowType_Type_DenyAny" },
    { Tag: "Tag_Profile_Custom_Team", Value: "design" },
  ];
  await call("profile/portrait_set", { From_Account: "mira", ProfileItem });
  const answer = await call("profile/portrait_get", {
    To_Account: ["mira", "ghost", "omar"],
    TagList: [...ProfileItem.map(({ Tag }) => Tag), "Tag_Profile_IM_Image"],
  });
  assert.equal(
    answer.UserProfileItem?.map(({ ProfileItem: items, ResultCode }) => [items, ResultCode]),
    [
      [[...ProfileItem, { Tag: "Tag_Profile_IM_Image", Value: "http://f" }], 0],
      [undefined, 40003],
      [[], 0],
    ],
  );
  assert.equal(answer.Fail_Account, ["ghost"]);
  const friend = {
    From_Account: "omar",
    AddFriendItem: [{ To_Account: "mira", AddSource: "AddSource_Type_Test" }],
  };
  const { ResultItem } = await call("sns/friend_add", friend);
  assert.is(ResultItem?.[0]?.ResultCode, 30516, "her AllowType refuses friends");
});

for (
  const [code, item] of [
    [40009, { Tag: "Tag_Profile_IM_Foo", Value: "x" }],
    [40009, { Tag: "Nick", Value: "x" }],
    [40610, { Tag: NICK, Value: 5 }],
    [40610, { Tag: "Tag_Profile_IM_Level", Value: "5" }],
    [40605, { Tag: "Tag_Profile_IM_Gender", Value: "Female" }],
    [40601, { Tag: NICK, Value: "ü".repeat(251) }],
  ] as const
) {
  test(`portrait_set answers ${code} to ${item.Tag} ${String(item.Value).slice(0, 10)}, and sets nothing`, async () => {
    const { call } = await calls();
    const good = { Tag: "Tag_Profile_IM_SelfSignature", Value: "hi" };
    const ProfileItem = [good, item];
    assert.is(
      await codeOf(call("profile/portrait_set", { From_Account: "mira", ProfileItem })),
      code,
    );
    const { UserProfileItem } = await call("profile/portrait_get", {
      To_Account: ["mira"],
      TagList: [good.Tag],
    });
    assert.equal(UserProfileItem?.[0]?.ProfileItem, []);
  });
}

test("profile commands answer 40001, 40002, 40003 and 40009 to the rest", async () => {
  const { call, tim } = await calls();
  const TagList = [NICK];
  assert.is(await codeOf(tim.call("profile/portrait_get", { TagList })), 40002);
  assert.is(await codeOf(tim.call("profile/portrait_get", { To_Account: ["mira"] })), 40001);
  const get = (tag: string) =>
    call("profile/portrait_get", { To_Account: ["mira"], TagList: [tag] });
  assert.is(await codeOf(get("Tag_Profile_IM_None")), 40009);
  const ProfileItem = [{ Tag: NICK, Value: "x" }];
  assert.is(
    await codeOf(call("profile/portrait_set", { From_Account: "ghost", ProfileItem })),
    40003,
  );
});

test("a mute in the whole app counts down, and silences one-to-one messages and groups apart", async () => {
  const { call, clock } = await calls();
  await call("group_open_http_svc/create_group", club);
  const set = (body: object) =>
    call("openconfigsvr/setnospeaking", { Set_Account: "mira", ...body } as never);
  const get = async () => {
    const answer = await call("openconfigsvr/getnospeaking", { Get_Account: "mira" });
    return [answer.C2CmsgNospeakingTime, answer.GroupmsgNospeakingTime];
  };
  assert.equal(await get(), [0, 0]);
  await set({ C2CmsgNospeakingTime: 7200 });
  clock.pass(4);
  assert.equal(await get(), [7196, 0]);
  // Its own page lets the server send for a muted account, the page of the mute does not: the lenient one.
  await call("openim/sendmsg", message("mira"));
  await call("group_open_http_svc/send_group_msg", groupMessage("mira"));
  await set({ GroupmsgNospeakingTime: 4294967295 });
  assert.equal(await get(), [7196, 4294967295]);
  assert.is(await codeOf(call("group_open_http_svc/send_group_msg", groupMessage("mira"))), 10017);
  clock.pass(7196);
  await call("openim/sendmsg", message("mira"));
  await set({ GroupmsgNospeakingTime: 0 });
  assert.equal(await get(), [0, 0]);
});

test("muting commands answer 130002 to 130008", async () => {
  const { tim } = await calls();
  const code = (command: string, body: object) =>
    codeOf(tim.call(`openconfigsvr/${command}`, body));
  assert.is(await code("setnospeaking", { C2CmsgNospeakingTime: 1 }), 130004);
  assert.is(await code("setnospeaking", { Set_Account: "ghost", C2CmsgNospeakingTime: 1 }), 130005);
  assert.is(await code("setnospeaking", { Set_Account: "mira" }), 130008);
  assert.is(await code("getnospeaking", {}), 130002);
  assert.is(await code("getnospeaking", { Get_Account: "ghost" }), 130003);
});

test("getappinfo counts what was done each day, the newest first", async () => {
  const { call, clock } = await calls();
  await call("group_open_http_svc/create_group", club);
  await call("openim/sendmsg", message("mira"));
  clock.pass(86_400);
  await call("im_open_login_svc/account_import", { UserID: "new" });
  await call("im_open_login_svc/account_import", { UserID: "new" });
  const RequestField = ["UpMsgNum", "GroupNewGroupNum", "RegistUserNumOneDay"] as never[];
  const { Result } = await call("openconfigsvr/getappinfo", { RequestField });
  assert.equal(Result, [
    { UpMsgNum: "0", GroupNewGroupNum: "0", RegistUserNumOneDay: "1", Date: "20261119" },
    { UpMsgNum: "1", GroupNewGroupNum: "1", RegistUserNumOneDay: "4", Date: "20261118" },
  ]);
  const all = await call("openconfigsvr/getappinfo", {});
  assert.is(all.Result?.[0]?.RegistUserNumTotal, "6");
  assert.is(all.Result?.[0]?.GroupAllGroupNum, "1");
});

test("query_online_status follows clients that the control API lets in, and kick", async () => {
  const { app, tim } = emulated();
  await tim.call("im_open_login_svc/multiaccount_import", { Accounts: ["mira", "omar"] });
  const query = async () => {
    const body = { To_Account: ["mira", "omar", "ghost"], IsNeedDetail: 1 };
    const { QueryResult, ErrorList } = await tim.call("openim/query_online_status", body);
    assert.equal(ErrorList, [{ To_Account: "ghost", ErrorCode: 70107 }]);
    return QueryResult;
  };
  const offline = { To_Account: "omar", Status: "Offline" };
  assert.equal(await query(), [{ To_Account: "mira", Status: "Offline" }, offline]);
  await control(app, "POST", "clients", {
    UserID: "mira",
    Platform: "iPhone",
    Status: "PushOnline",
  });
  assert.equal(await query(), [{
    To_Account: "mira",
    Status: "PushOnline",
    Detail: [{ Platform: "iPhone", Status: "PushOnline" }],
  }, offline]);
  await control(app, "POST", "clients", { UserID: "mira" });
  const state = await tim.call("openim/querystate", { To_Account: ["mira", "ghost"] });
  assert.equal(state.QueryResult, [{ To_Account: "mira", State: "Online" }]);
  const copy = emulated({ seed: await control(app, "GET", "snapshot") });
  const copied = await copy.tim.call("openim/querystate", { To_Account: ["mira"] });
  assert.equal(copied.QueryResult, [{ To_Account: "mira", State: "Online" }]);
  await tim.call("im_open_login_svc/kick", { UserID: "mira" });
  assert.equal(await query(), [{ To_Account: "mira", Status: "Offline" }, offline]);
  for (const body of [{ UserID: "ghost" }, { UserID: "mira", Status: "Away" }, {}]) {
    await control(app, "POST", "clients", body, 400);
  }
});

test("login state commands answer 70107, 90001 and 90011", async () => {
  const { tim } = await calls();
  const query = (To_Account: string[]) =>
    codeOf(tim.call("openim/query_online_status", { To_Account }));
  assert.is(await query(["ghost"]), 70107);
  assert.is(await query([]), 90001);
  assert.is(await query(Array(501).fill("mira")), 90011);
  assert.is(await codeOf(tim.call("im_open_login_svc/kick", { UserID: "ghost" })), 70107);
  assert.is(await codeOf(tim.call("im_open_login_svc/kick", {})), 70402);
});

test("a client's login, logout and a changed profile are told to the app's server", async () => {
  const told: Record<string, unknown>[] = [];
  const platforms: (string | null)[] = [];
  const fetcher = ((url: string, init: RequestInit) => {
    told.push(JSON.parse(init.body as string));
    platforms.push(new URL(url).searchParams.get("OptPlatform"));
    return Promise.resolve(Response.json({ ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" }));
  }) as typeof fetch;
  const { app, tim } = emulated({
    webhooks: { url: "http://app.test/" },
    fetch: fetcher,
    now: () => 1_795_000_000_000,
  });
  await tim.call("im_open_login_svc/account_import", { UserID: "mira" });
  await control(app, "POST", "clients", { UserID: "mira", Platform: "Web" });
  const ProfileItem = [{ Tag: NICK, Value: "M" }];
  await tim.call("profile/portrait_set", { From_Account: "mira", ProfileItem });
  await tim.call("im_open_login_svc/kick", { UserID: "mira" });
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(
    told.map(({ CallbackCommand, Info, ProfileItem: items }) => [CallbackCommand, Info ?? items]),
    [
      ["State.StateChange", { Action: "Login", Reason: "Register", To_Account: "mira" }],
      ["Profile.CallbackPortraitSet", ProfileItem],
      ["State.StateChange", { Action: "Logout", To_Account: "mira", Reason: "Unregister" }],
    ],
  );
  assert.equal(platforms.splice(0), ["Web", "RESTAPI", "RESTAPI"]);
  await control(app, "POST", "clients", { UserID: "mira", Platform: "iPhone" });
  const logout = { UserID: "mira", Platform: "iPhone", Status: "Offline" };
  await control(app, "POST", "clients", { ...logout, Platform: "Android" });
  await control(app, "POST", "clients", logout);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(platforms, ["IOS", "IOS"]);
});

test("dirty words are refused in messages an hour after they were added", async () => {
  const { call, clock } = await calls();
  const DirtyWordsList = ["cheap-gold", "lottery"];
  await call("openim_dirty_words/add", { DirtyWordsList });
  assert.equal((await call("openim_dirty_words/get", {})).DirtyWordsList, DirtyWordsList);
  await call("group_open_http_svc/create_group", club);
  const text = "buy cheap-gold now";
  await call("openim/sendmsg", message("mira", text));
  clock.pass(3600);
  assert.is(await codeOf(call("openim/sendmsg", message("mira", text, 2))), 80001);
  assert.is(
    await codeOf(call("group_open_http_svc/send_group_msg", groupMessage("mira", text))),
    80001,
  );
  await call("openim_dirty_words/delete", { DirtyWordsList: ["cheap-gold"] });
  await call("openim/sendmsg", message("mira", text, 3));
  assert.equal((await call("openim_dirty_words/get", {})).DirtyWordsList, ["lottery"]);
  assert.is(await codeOf(call("openim_dirty_words/add", { DirtyWordsList: [] })), 10004);
});

test("content moderation judges texts by the word lists of the app", async () => {
  const { call } = await calls();
  const SdkAppId = EMULATOR_APP.sdkAppId;
  const judge = async (Content: string) => {
    const answer = await call("im_msg_audit/content_moderation", {
      AuditName: "C2C",
      ContentType: "Text",
      Content,
    });
    return [answer.Result, answer.Keywords];
  };
  assert.equal(await judge("good morning"), ["Pass", []]);
  assert.is(await codeOf(judge("x".repeat(8193))), 93000);
  const UserKeywords = [{ Content: "badword", Label: "Ad" as const }, { Content: "worse" }];
  await call("im_msg_audit_mgr/add_cloud_audit_keywords", {
    SdkAppId,
    LibID: "lib-1",
    UserKeywords,
  });
  await call("im_msg_audit_mgr/add_local_audit_keywords", {
    SdkAppId,
    LocalAuditWords: [{ Keyword: "v[i1]agra", WordType: 2, FilterType: 1 }, { Keyword: "spam" }],
  });
  assert.equal(await judge("a BADWORD here"), ["Block", ["badword"]]);
  assert.equal(await judge("v1agra"), ["Review", ["v[i1]agra"]]);
  assert.equal(await judge("v1agra spam"), ["Block", ["v[i1]agra", "spam"]]);

  const list = { SdkAppId, LibID: "lib-1", Offset: 0, Limit: 1 };
  const page = await call("im_msg_audit_mgr/get_cloud_audit_keywords", list);
  assert.equal([page.TotalCount, page.Infos?.map(({ Content }) => Content)], [2, ["badword"]]);
  const found = await call("im_msg_audit_mgr/get_cloud_audit_keywords", {
    ...list,
    Content: "wor",
  });
  assert.is(found.TotalCount, 2);
  const deleted = await call("im_msg_audit_mgr/delete_cloud_audit_keywords", {
    SdkAppId,
    LibID: "lib-1",
    Keywords: ["badword", "none"],
  });
  assert.is(deleted.Count, 1);
  assert.equal(deleted.Details?.map(({ Deleted }) => Deleted), [true, false]);
  assert.equal(await judge("badword"), ["Pass", []]);

  const local = await call("im_msg_audit_mgr/get_local_audit_keywords", {
    SdkAppId,
    FilterType: 2,
  });
  assert.equal(local.LocalAuditWords?.map(({ Keyword }) => Keyword), ["spam"]);
  assert.equal([local.TotalCount, local.TotalRegCount, local.CurCount, local.CurRegCount], [
    1,
    1,
    1,
    0,
  ]);
  await call("im_msg_audit_mgr/delete_local_audit_keywords", {
    SdkAppId,
    LocalAuditWords: [{ Keyword: "spam" }],
  });
  assert.equal(await judge("spam"), ["Pass", []]);

  const libraries = await call("im_msg_audit_mgr/get_cloud_audit_keywords_ids", {
    SdkAppId,
    Offset: 0,
    Limit: 9,
  });
  assert.equal(libraries.Infos?.map(({ ID }) => ID), ["lib-1"]);
  const wrong = { ...list, LibID: "lib-2" };
  assert.is(await codeOf(call("im_msg_audit_mgr/get_cloud_audit_keywords", wrong)), 2003);
  const { AuditResults } = await call("im_msg_audit/batch_content_moderation", {
    AuditName: "C2C",
    Contents: [
      { ContentId: 7, ContentType: "Text", Content: "worse" },
      { ContentId: 8, ContentType: "Image", Content: "http://worse" },
    ],
  });
  assert.equal(AuditResults?.map(({ ContentId, Result }) => [ContentId, Result]), [[7, "Block"], [
    8,
    "Pass",
  ]]);
});

test("get_cos_sig tells which files are banned", async () => {
  const { call } = await calls();
  const [RawURL, other] = ["https://cos.example.net/a.jpg", "https://cos.example.net/b.jpg"];
  const read = async () => {
    const RawURLs = [{ ResourceID: 1, RawURL }, { ResourceID: 2, RawURL: other }];
    const { PreSigURLs } = await call("im_cos_msg/get_cos_sig", { RawURLs });
    assert.ok(PreSigURLs?.every(({ PreSigURL }) => PreSigURL?.includes("?sign=")));
    return PreSigURLs?.map(({ ResourceID, Status }) => [ResourceID, Status]);
  };
  assert.equal(await read(), [[1, 0], [2, 0]]);
  await call("im_cos_msg/forbid_illegal_object", { RawURL });
  assert.equal(await read(), [[1, 1], [2, 0]]);
  await call("im_cos_msg/allow_banned_object", { RawURL });
  assert.equal(await read(), [[1, 0], [2, 0]]);
});

test("get_history tells an hour that is too young from one that is too old", async () => {
  const { tim } = await calls([]);
  const code = (MsgTime: string) =>
    codeOf(tim.call("open_msg_svc/get_history", { ChatType: "C2C", MsgTime }));
  // It is 19:06 in Beijing on the 18th.
  assert.is(await code("2026111818"), 1004);
  assert.is(await code("2026111716"), 1004);
  assert.is(await code("2026111118"), 1005);
  assert.is(await code("2026113112"), 1002);
  assert.is(await code("yesterday"), 1002);
});

test("a trial app holds 100 accounts and groups of 20", async () => {
  const { app, tim } = emulated({ apps: [{ ...EMULATOR_APP, trial: true }] });
  const Accounts = Array.from({ length: 99 }, (_, n) => `user${n}`);
  await tim.call("im_open_login_svc/multiaccount_import", { Accounts });
  const one = (UserID: string) => tim.call("im_open_login_svc/account_import", { UserID });
  assert.is(await codeOf(one("one-more")), 70398);
  await one("user3");
  const DeleteItem = [{ UserID: "user0" }];
  await tim.call("im_open_login_svc/account_delete", { DeleteItem });
  const two = { Accounts: ["one-more", "and-more", "user3"] };
  assert.is(await codeOf(tim.call("im_open_login_svc/multiaccount_import", two)), 70398);
  const { accounts } = (await control(app, "GET", "state")).apps[0];
  assert.is(accounts.total, 99);
  const created = await tim.call("group_open_http_svc/create_group", { Type: "Public", Name: "A" });
  const { GroupInfo } = await tim.call<string, { GroupInfo: { MaxMemberNum: number }[] }>(
    "group_open_http_svc/get_group_info",
    { GroupIdList: [created.GroupId] },
  );
  assert.is(GroupInfo[0]!.MaxMemberNum, 20);
  assert.is((await control(app, "GET", "state")).apps[0].trial, true);
  assert.ok(clientOf(app, EMULATOR_APP));
});

test.run();
