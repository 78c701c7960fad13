import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Call, calls, codeOf } from "../support/calls.ts";

const G = "group_open_http_svc";

async function club(call: Call, Type: "Public" | "AVChatRoom" | "Community" = "Public") {
  return (await call(`${G}/create_group`, { Type, Name: "Club" })).GroupId;
}

const attributes = async (call: Call, GroupId: string) =>
  Object.fromEntries(
    (await call("group_open_attr_http_svc/get_group_attr", { GroupId })).GroupAttrAry
      .map(({ key, value }) => [key, value]),
  );

for (const Type of ["Public", "AVChatRoom", "Community"] as const) {
  test(`attributes of a ${Type} group are set, changed, deleted and cleared`, async () => {
    const { call } = await calls();
    const GroupId = await club(call, Type);
    const pairs = (facts: Record<string, string>) =>
      Object.entries(facts).map(([key, value]) => ({ key, value }));
    await call(`${G}/set_group_attr`, { GroupId, GroupAttr: pairs({ phase: "quiz", round: "1" }) });
    await call(`${G}/modify_group_attr`, {
      GroupId,
      GroupAttr: pairs({ round: "2", host: "lin" }),
    });
    assert.equal(await attributes(call, GroupId), { phase: "quiz", round: "2", host: "lin" });
    await call(`${G}/delete_group_attr`, { GroupId, GroupAttr: [{ key: "host" }] });
    assert.equal(await attributes(call, GroupId), { phase: "quiz", round: "2" });
    await call(`${G}/set_group_attr`, { GroupId, GroupAttr: pairs({ only: "this" }) });
    assert.equal(await attributes(call, GroupId), { only: "this" });
    await call(`${G}/clear_group_attr`, { GroupId });
    assert.equal(await attributes(call, GroupId), {});
  });
}

test("attributes have limits, each with its own code, and a refused write changes nothing", async () => {
  const { call } = await calls();
  const GroupId = await club(call);
  const write = (command: "set_group_attr" | "modify_group_attr", ...GroupAttr: object[]) =>
    call(`${G}/${command}`, { GroupId, GroupAttr: GroupAttr as never });
  const many = (length: number, value = "v") =>
    Array.from({ length }, (_, at) => ({ key: `k${at}`, value }));
  for (const command of ["set_group_attr", "modify_group_attr"] as const) {
    assert.is(await codeOf(write(command, { key: "k".repeat(33), value: "" })), 10045);
    assert.is(await codeOf(write(command, { key: "k", value: "v".repeat(4001) })), 10046);
    assert.is(await codeOf(write(command, ...many(17))), 10047);
    assert.is(await codeOf(write(command, ...many(5, "v".repeat(4000)))), 10048);
  }
  assert.equal(await attributes(call, GroupId), {});
  await write("set_group_attr", ...many(16));
  assert.is(await codeOf(write("modify_group_attr", { key: "one-more", value: "" })), 10047);
  await write("modify_group_attr", { key: "k3", value: "ü".repeat(2000) });
  assert.is((await attributes(call, GroupId)).k3, "ü".repeat(2000));
});

test("delete_group_attr answers 10050 for a key that is not there, and then deletes none", async () => {
  const { call } = await calls();
  const GroupId = await club(call);
  await call(`${G}/set_group_attr`, { GroupId, GroupAttr: [{ key: "a", value: "1" }] });
  const remove = (...keys: string[]) =>
    call(`${G}/delete_group_attr`, { GroupId, GroupAttr: keys.map((key) => ({ key })) });
  assert.is(await codeOf(remove("a", "b")), 10050);
  assert.equal(await attributes(call, GroupId), { a: "1" });
  assert.is(await codeOf(remove("k".repeat(33))), 10045);
});

test("update_group_counter sets, raises and lowers counters", async () => {
  const { call } = await calls();
  const GroupId = await club(call);
  const update = async (Mode: "Set" | "Increase" | "Decrease", facts: Record<string, number>) => {
    const GroupCounter = Object.entries(facts).map(([Key, Value]) => ({ Key, Value }));
    const answer = await call(`${G}/update_group_counter`, { GroupId, Mode, GroupCounter });
    return answer.GroupCounter.map(({ Key, Value }) => [Key, Value]);
  };
  assert.equal(await update("Increase", { like: 2 }), [["like", 2]]);
  assert.equal(await update("Increase", { like: 3, view: 1 }), [["like", 5], ["view", 1]]);
  assert.equal(await update("Decrease", { like: 7 }), [["like", -2]]);
  assert.equal(await update("Set", { like: 40 }), [["like", 40]]);
  const all = await call(`${G}/get_group_counter`, { GroupId });
  assert.equal(all.GroupCounter, [{ Key: "like", Value: 40 }, { Key: "view", Value: 1 }]);
  const GroupCounterKeys = ["view", "ghost"];
  const some = await call(`${G}/get_group_counter`, { GroupId, GroupCounterKeys });
  assert.equal(some.GroupCounter, [{ Key: "view", Value: 1 }]);
  await call(`${G}/delete_group_counter`, { GroupId, GroupCounterKeys });
  assert.equal((await call(`${G}/get_group_counter`, { GroupId })).GroupCounter.length, 1);
  await call(`${G}/delete_group_counter`, { GroupId });
  assert.equal((await call(`${G}/get_group_counter`, { GroupId })).GroupCounter, []);
});

test("a group has 20 counters and no more (10063), a Community none (10007)", async () => {
  const { call } = await calls();
  const GroupId = await club(call);
  const many = (from: number, length: number) =>
    Array.from({ length }, (_, at) => ({ Key: `k${from + at}`, Value: 1 }));
  const update = (GroupCounter: { Key: string; Value: number }[], id = GroupId) =>
    call(`${G}/update_group_counter`, { GroupId: id, GroupCounter });
  assert.is(await codeOf(update(many(0, 21))), 10063);
  await update(many(0, 20));
  assert.is(await codeOf(update(many(19, 2))), 10063);
  await update(many(19, 1));
  assert.is((await call(`${G}/get_group_counter`, { GroupId })).GroupCounter.length, 20);
  const community = await club(call, "Community");
  assert.is(await codeOf(update(many(0, 1), community)), 10007);
  assert.is(await codeOf(call(`${G}/get_group_counter`, { GroupId: community })), 10007);
  assert.is(await codeOf(call(`${G}/delete_group_counter`, { GroupId: community })), 10007);
});

test("attributes are read under the writing commands' service name, too, as some pages have it", async () => {
  const { call } = await calls();
  const GroupId = await club(call);
  await call(`${G}/set_group_attr`, { GroupId, GroupAttr: [{ key: "phase", value: "quiz" }] });
  const anyCall = call as (command: string, body: object) => Promise<{ GroupAttrAry?: unknown }>;
  const { GroupAttrAry } = await anyCall(`${G}/get_group_attr`, { GroupId });
  assert.equal(GroupAttrAry, [{ key: "phase", value: "quiz" }]);
});

test.run();
