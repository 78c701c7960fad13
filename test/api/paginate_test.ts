import { test } from "uvu";
import * as assert from "uvu/assert";
import { type BaseClient, isTimError } from "../../mod.ts";
import { paginate } from "../../src/api/mod.ts";
import { emulated } from "../support/emulated.ts";
import { rejects } from "../support/rejects.ts";

const LIST = "group_open_http_svc/get_appid_group_list";
const MEMBERS = "group_open_http_svc/get_group_member_info";
const MESSAGES = "group_open_http_svc/group_msg_get_simple";

/** A client whose emulator has groups g-0, g-1, … and that counts its calls. */
async function withGroups(count: number): Promise<{ tim: BaseClient; calls: () => number }> {
  const { tim } = emulated();
  const ids = Array.from({ length: count }, (_, index) => `g-${index}`);
  for (const GroupId of ids) {
    await tim.call("group_open_http_svc/create_group", { GroupId, Type: "Public", Name: GroupId });
  }
  let calls = 0;
  const call = tim.call.bind(tim);
  tim.call = ((...args: Parameters<typeof call>) => {
    calls++;
    return call(...args);
  }) as typeof tim.call;
  return { tim, calls: () => calls };
}

/** A caller that answers in turn, and remembers what it was asked. */
function answering(...answers: object[]) {
  const asked: object[] = [];
  const call = (_command: string, body?: object) => {
    asked.push(body!);
    return Promise.resolve(answers[asked.length - 1]);
  };
  return { asked, call };
}

test("paginate reads all groups of the emulator, page by page", async () => {
  const { tim, calls } = await withGroups(7);
  const groups = paginate(tim, LIST, { Limit: 3 });
  assert.is(calls(), 0);
  const found: string[] = [];
  for await (const { GroupId } of groups) found.push(GroupId);
  assert.equal(found.sort(), ["g-0", "g-1", "g-2", "g-3", "g-4", "g-5", "g-6"]);
  assert.is(calls(), 3);

  const sizes: number[] = [];
  for await (const { items, total, answer } of groups.pages()) {
    sizes.push(items.length);
    assert.is(total, 7);
    assert.equal(answer.GroupIdList, items);
  }
  assert.equal(sizes, [3, 3, 1]);
});

test("paginate calls no further than it is read", async () => {
  const { tim, calls } = await withGroups(7);
  const groups = paginate(tim, LIST, { Limit: 3 });
  assert.is((await groups.toArray({ limit: 3 })).length, 3);
  assert.is(calls(), 1);
  assert.equal(await groups.toArray({ limit: 0 }), []);
  assert.is(calls(), 1);
  for await (const _ of groups) break;
  assert.is(calls(), 2);
  assert.is((await groups.toArray()).length, 7);
});

test("toArray refuses a limit that is no number of items", async () => {
  const { tim } = await withGroups(0);
  for (const limit of [-1, NaN]) {
    assert.match(
      String(await rejects(paginate(tim, LIST).toArray({ limit }))),
      `limit is ${limit}`,
    );
  }
});

test("paginate begins where the body says", async () => {
  const { tim } = await withGroups(4);
  const pages = [];
  for await (const page of paginate(tim, LIST, { Limit: 3 }).pages()) pages.push(page);
  const [first] = pages;
  const { Next } = first!.answer;
  assert.is((await paginate(tim, LIST, { Limit: 3, Next }).toArray()).length, 1);
});

test("paginate begins at the first page when a position is given as undefined", async () => {
  const { tim } = emulated();
  const rooms = { Count: 20, Next: undefined as unknown as string };
  assert.equal(await paginate(tim, "live_engine_http_srv/get_room_list", rooms).toArray(), []);
  const caller = answering({ MemberList: [], Next: "" });
  const members = { GroupId: "g", Limit: undefined, Offset: undefined };
  await paginate(caller, MEMBERS, members).toArray();
  assert.equal(caller.asked, [{ GroupId: "g", Limit: 100 }]);
});

test("paginate says when a command does not answer in pages", () => {
  for (const command of ["live.getRoomList", "openim/sendmsg", "toString"]) {
    assert.throws(
      () => paginate(answering(), command as never),
      (error: unknown) => isTimError(error, "config") && error.message.startsWith(command),
    );
  }
});

test("paginate ends with the caller's signal, between pages and within one", async () => {
  const { tim, calls } = await withGroups(4);
  for (const after of [1, 2]) {
    const stop = new AbortController();
    const found: unknown[] = [];
    const error = await rejects((async () => {
      for await (const group of paginate(tim, LIST, { Limit: 2 }, { signal: stop.signal })) {
        found.push(group);
        if (found.length === after) stop.abort();
      }
    })());
    assert.ok(isTimError(error, "aborted"), String(error));
    assert.is(found.length, after);
  }
  assert.is(calls(), 2);
});

test("paginate hands errors of a call through", async () => {
  const { tim } = emulated();
  const error = await rejects(paginate(tim, LIST, { Limit: 10_001 }).toArray());
  assert.ok(isTimError(error, "validation"), String(error));
});

test("paginate reads members by offset, and a community's by mark", async () => {
  const [mira, omar] = ["mira", "omar"].map((Member_Account) => ({ Member_Account }));
  const byOffset = answering({ MemberList: [mira], Next: "" }, { MemberList: [omar] }, {});
  assert.equal(await paginate(byOffset, MEMBERS, { GroupId: "g" }).toArray(), [mira, omar]);
  assert.equal(byOffset.asked, [
    { GroupId: "g", Limit: 100 },
    { GroupId: "g", Limit: 100, Offset: 1 },
    { GroupId: "g", Limit: 100, Offset: 2 },
  ]);
  const byMark = answering({ MemberList: [mira], Next: "n" }, { MemberList: [omar], Next: "" });
  const community = { GroupId: "@TGS#_c", Next: "", Limit: 1 };
  assert.equal(await paginate(byMark, MEMBERS, community).toArray(), [mira, omar]);
  assert.equal(byMark.asked, [community, { ...community, Next: "n" }]);
});

test("paginate stops at the first message of a group, not at the newest again", async () => {
  const caller = answering(
    { RspMsgList: [{ MsgSeq: 3 }, { MsgSeq: 2 }], IsFinished: 1 },
    { RspMsgList: [{ MsgSeq: 1 }], IsFinished: 1 },
  );
  const messages = paginate(caller, MESSAGES, { GroupId: "g", ReqMsgNumber: 2 });
  assert.equal((await messages.toArray()).map(({ MsgSeq }) => MsgSeq), [3, 2, 1]);
  assert.is(caller.asked.length, 2);
});

test("paginate says when an answer tells of more without telling where, after its items", async () => {
  const caller = answering({ UserDataItem: [{ To_Account: "omar" }], CompleteFlag: 0 });
  const found: unknown[] = [];
  const error = await rejects((async () => {
    const friends = paginate(caller, "sns/friend_get", {
      From_Account: "mira",
      StandardSequence: 0,
      CustomSequence: 0,
    });
    for await (const { To_Account } of friends) found.push(To_Account);
  })());
  assert.equal(found, ["omar"]);
  assert.match(String(error), "there is more, but no NextStartIndex to ask for it with");
});

test("paginate asks for no page by a mark that is no longer exact", async () => {
  const caller = answering({ GroupIdList: [{ GroupId: "g" }], Next: 2 ** 53 });
  const error = await rejects(paginate(caller, LIST).toArray());
  assert.match(String(error), "Next is 9007199254740992, a number that JSON.parse has rounded");
  assert.is(caller.asked.length, 1);
});

test("paginate says when a list is no list, and takes none for an empty one", async () => {
  const wrong = answering({ Response: { RoomList: "none", Next: "" } });
  const error = await rejects(
    paginate(wrong, "live_engine_http_srv/get_room_list", { Count: 20 }).toArray(),
  );
  assert.match(String(error), "Response.RoomList is no list");
  const none = answering({ Response: { RoomList: null, Next: "x" } });
  assert.equal(
    await paginate(none, "live_engine_http_srv/get_room_list", { Count: 20 }).toArray(),
    [],
  );
});

test.run();
