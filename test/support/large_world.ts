import { signUserSig } from "../../mod.ts";
import { createEmulator, EMULATOR_APP } from "../../src/emulator/mod.ts";

/** An answer that is a success. */
export type Answer = Record<string, unknown> & { ErrorCode: number };

/** Calls a command; anything but a success is an error. */
export type PlainCall = (command: string, body: object) => Promise<Answer>;

const G = "group_open_http_svc";
const LIVE = "live_engine_http_srv";
const ROOM = "room_engine_http_srv";
const OFFICIAL = "official_account_open_http_svc";
const AUDIT = "im_msg_audit_mgr";

/** Places that the lists are of. */
export const COMMUNITY = "@TGS#_@TGS#large";
export const NEWS = "@TOA#_news";
export const PERMISSIONS = "@PMG#_all";
export const SdkAppId: number = EMULATOR_APP.sdkAppId;
export const text = (Text: string) => [{ MsgType: "TIMTextElem", MsgContent: { Text } }];

/** An emulator whose clock a test moves, and calls of it with as little around them as can be. */
export async function largeWorld(size: number): Promise<{ call: PlainCall; now: number }> {
  const world = { now: 1_795_000_000_000 };
  const app = createEmulator({ now: () => world.now });
  const usersig = await signUserSig({
    ...EMULATOR_APP,
    identifier: "administrator",
    currentDate: new Date(world.now),
  });
  const query = `sdkappid=${SdkAppId}&identifier=administrator&usersig=${usersig}` +
    "&random=1&contenttype=json";
  const call: PlainCall = async (command, body) => {
    const answer = await app.fetch(
      new Request(`http://127.0.0.1/v4/${command}?${query}`, {
        method: "POST",
        body: JSON.stringify(body),
      }),
    );
    const json = await answer.json();
    if (json.ErrorCode === 0) return json;
    throw new Error(`${command}: ${json.ErrorCode} ${json.ErrorInfo}`);
  };
  await fill(call, size, (ms) => world.now += ms);
  return { call, now: world.now };
}

/** Makes every list `size` long, as far as its limit allows. */
async function fill(call: PlainCall, size: number, pass: (ms: number) => void): Promise<void> {
  const users = Array.from({ length: size }, (_, n) => `u${n}`);
  const each = async (most: number, limit: number, work: (names: string[]) => Promise<unknown>) => {
    const names = users.slice(0, limit);
    for (let at = 0; at < names.length; at += most) await work(names.slice(at, at + most));
  };
  const accounts = (names: string[], field = "Member_Account") =>
    names.map((name) => ({ [field]: name }));
  await each(
    100,
    size,
    (names) => call("im_open_login_svc/multiaccount_import", { Accounts: names }),
  );
  await call("im_open_login_svc/multiaccount_import", { Accounts: ["mira", "omar", "zoe"] });
  const shared = { Owner_Account: "mira", MaxMemberCount: 6000 };
  await call(`${G}/create_group`, { ...shared, Type: "Public", Name: "A", GroupId: "club" });
  await call(`${G}/create_group`, { Type: "AVChatRoom", Name: "A", GroupId: "stage" });
  await call(`${G}/create_group`, {
    ...shared,
    Type: "Community",
    Name: "A",
    GroupId: COMMUNITY,
    SupportTopic: 1,
    EnablePermission: 1,
  });
  await call(`${G}/create_permission_group`, {
    GroupId: COMMUNITY,
    PermissionGroupId: PERMISSIONS,
    PermissionGroupName: "All",
    Permission: 1,
  });
  await call(`${OFFICIAL}/create_official_account`, {
    OfficialAccountUserID: NEWS,
    Owner_Account: "mira",
    Name: "News",
    MaxSubscriberNum: 100_000,
  });
  await call(`${LIVE}/create_room`, {
    RoomInfo: { RoomId: "live", RoomType: "Live", Owner_Account: "mira", IsPublicVisible: true },
  });
  await call(`${ROOM}/create_room`, {
    RoomInfo: { RoomId: "talk", RoomType: "Conference", Owner_Account: "mira" },
  });
  for (const GroupId of ["club", COMMUNITY]) {
    await each(
      100,
      size,
      (names) => call(`${G}/add_group_member`, { GroupId, MemberList: accounts(names) }),
    );
  }
  await each(20, size, (names) =>
    call(`${G}/add_permission_group_member`, {
      GroupId: COMMUNITY,
      PermissionGroupId: PERMISSIONS,
      MemberList: accounts(names),
    }));
  await each(20, size, (names) =>
    call(`${OFFICIAL}/add_subscriber`, {
      Official_Account: NEWS,
      SubscriberList: accounts(names, "Subscriber_Account"),
    }));
  await each(100, 3000, (names) =>
    call("sns/friend_import", {
      From_Account: "mira",
      AddFriendItem: names.map((name) => ({
        To_Account: name,
        AddSource: "AddSource_Type_Web",
      })),
    }));
  await each(
    100,
    1000,
    (names) => call("sns/black_list_add", { From_Account: "omar", To_Account: names }),
  );
  for (const [n, name] of users.entries()) {
    await call("follow/follow_add", {
      From_Account: name,
      FollowItem: [{ To_Account: "mira" }],
    });
    await call("openim/sendmsg", {
      From_Account: name,
      To_Account: "omar",
      MsgRandom: n,
      MsgBody: text("hello"),
    });
    await call("openim/sendmsg", {
      From_Account: "mira",
      To_Account: "omar",
      MsgRandom: n,
      MsgBody: text(`hello ${n}`),
    });
    await call(`${G}/send_group_msg`, {
      GroupId: "club",
      Random: n,
      MsgBody: text("hello"),
      NeedReadReceipt: 1,
    });
    await call(`${OFFICIAL}/send_official_account_msg`, {
      Official_Account: NEWS,
      Random: n,
      SendMsgControl: ["NoLastMsg"],
      MsgBody: text("hello"),
    });
    await call(`${G}/create_group`, {
      Type: "Public",
      Name: "B",
      Owner_Account: "zoe",
      GroupId: `g${n}`,
    });
    await call(`${LIVE}/create_room`, {
      RoomInfo: { RoomId: `r${n}`, RoomType: "Live", IsPublicVisible: true },
    });
    if (n % 100 === 0) pass(1000);
  }
  await each(10, size, (names) =>
    call(`${AUDIT}/add_local_audit_keywords`, {
      SdkAppId,
      LocalAuditWords: names.map((Keyword) => ({ Keyword, WordType: 1, FilterType: 1 })),
    }));
  await each(10, size, (names) =>
    call(`${AUDIT}/add_cloud_audit_keywords`, {
      SdkAppId,
      LibID: "lib-1",
      UserKeywords: names.map((Content) => ({ Content, Label: "Ad" })),
    }));
  await each(1, 20, ([name]) =>
    call("recentcontact/create_contact_group", {
      From_Account: "omar",
      GroupContactItem: [{ GroupName: name, ContactItem: [{ Type: 1, To_Account: name }] }],
    }));
  const ban = { Duration: 9999, Reason: "spam" };
  await each(
    20,
    size,
    (names) => call(`${LIVE}/ban_member`, { RoomId: "live", MemberList_Account: names, ...ban }),
  );
  for (const name of users) {
    await call(`${ROOM}/add_robot`, { RoomId: "talk", Member_Account: name });
  }
  await each(
    20,
    size / 2,
    (names) =>
      call(`${ROOM}/ban_room_member`, { RoomId: "talk", MemberList_Account: names, ...ban }),
  );
  await each(
    20,
    size,
    (names) => call(`${G}/ban_group_member`, { GroupId: "stage", Members_Account: names, ...ban }),
  );
}
