import { test } from "uvu";
import * as assert from "uvu/assert";
import { type People, people } from "../support/chat_people.ts";
import { refused } from "../support/emulated.ts";

const OLD = "all_member_push";

async function tags({ tim }: People, To_Account: string): Promise<string> {
  const answer = await tim.call(`${OLD}/im_get_tag`, { To_Account: [To_Account] });
  assert.is(answer.UserTags![0]!.To_Account, To_Account);
  return answer.UserTags![0]!.Tags.join(" ");
}

async function attributes({ tim }: People, To_Account: string): Promise<Record<string, string>> {
  const answer = await tim.call(`${OLD}/im_get_attr`, { To_Account: [To_Account] });
  assert.is(answer.UserAttrs![0]!.To_Account, To_Account);
  return answer.UserAttrs![0]!.Attrs;
}

test("im_add_tag and im_remove_tag change what im_get_tag shows", async () => {
  const world = await people();
  const { tim } = world;
  await tim.call(`${OLD}/im_add_tag`, {
    UserTags: [{ To_Account: "mira", Tags: ["a", "b"] }, { To_Account: "omar", Tags: ["a"] }],
  });
  await tim.call(`${OLD}/im_add_tag`, { UserTags: [{ To_Account: "mira", Tags: ["b", "c"] }] });
  assert.is(await tags(world, "mira"), "a b c");
  await tim.call(`${OLD}/im_remove_tag`, { UserTags: [{ To_Account: "mira", Tags: ["b", "x"] }] });
  assert.is(await tags(world, "mira"), "a c");
  await tim.call(`${OLD}/im_remove_all_tags`, { To_Account: ["mira"] });
  assert.is(await tags(world, "mira"), "");
  assert.is(await tags(world, "omar"), "a");
});

test("an account holds 100 tags, and an app 1,000 different ones", async () => {
  const world = await people();
  const { tim } = world;
  const ten = (from: number) => Array.from({ length: 10 }, (_, at) => `t${from + at}`);
  const add = (account: string, Tags: string[]) =>
    tim.call(`${OLD}/im_add_tag`, { UserTags: [{ To_Account: account, Tags }] });
  for (let from = 0; from < 100; from += 10) await add("mira", ten(from));
  await add("mira", ["t7"]);
  assert.is((await refused(add("mira", ["one"])))[0], 90032);
  assert.is((await refused(add("omar", Array(11).fill("x"))))[0], 90032);
  assert.is((await refused(add("omar", ["x".repeat(51)])))[0], 90020);
  for (let from = 100; from < 1000; from += 10) await add(`user${from % 9}`, ten(from));
  assert.is((await refused(add("omar", ["one"])))[0], 90032);
  await tim.call(`${OLD}/im_remove_tag`, { UserTags: [{ To_Account: "mira", Tags: ["t7"] }] });
  await add("omar", ["one"]);
});

test("attributes have names, by which users have values", async () => {
  const world = await people();
  const { tim } = world;
  await tim.call(`${OLD}/im_set_attr_name`, { AttrNames: { "0": "sport", "1": "city" } });
  const set = (Attrs: Record<string, string>) =>
    tim.call(`${OLD}/im_set_attr`, { UserAttrs: [{ To_Account: "mira", Attrs }] });
  await set({ sport: "cycling", city: "Porto" });
  await set({ city: "Lisbon" });
  assert.equal(await attributes(world, "mira"), { sport: "cycling", city: "Lisbon" });
  assert.equal(await attributes(world, "omar"), {});
  assert.is((await refused(set({ city: "Braga", food: "fish" })))[0], 90033);
  await tim.call(`${OLD}/im_set_attr_name`, { AttrNames: { "1": "town" } });
  const { AttrNames } = await tim.call(`${OLD}/im_get_attr_name`, {});
  assert.equal(AttrNames, { "0": "sport", "1": "town" });
  assert.equal(await attributes(world, "mira"), { sport: "cycling", town: "Lisbon" });
  const remove = (Attrs: string[]) =>
    tim.call(`${OLD}/im_remove_attr`, { UserAttrs: [{ To_Account: "mira", Attrs }] });
  await remove(["sport"]);
  assert.equal(await attributes(world, "mira"), { town: "Lisbon" });
  assert.is((await refused(remove(["town", "food"])))[0], 90033);
  assert.equal(await attributes(world, "mira"), { town: "Lisbon" });
});

test("the push commands take 100 users at once", async () => {
  const { tim } = await people();
  const To_Account = Array.from({ length: 101 }, (_, at) => `user${at}`);
  const UserTags = To_Account.map((To_Account) => ({ To_Account, Tags: ["a"] }));
  const UserAttrs = To_Account.map((To_Account) => ({ To_Account, Attrs: {} }));
  for (
    const [command, body] of [
      ["im_get_tag", { To_Account }],
      ["im_get_attr", { To_Account }],
      [
        "im_remove_all_tags",
        { To_Account },
      ],
      ["im_add_tag", { UserTags }],
      ["im_remove_tag", { UserTags }],
      ["im_set_attr", { UserAttrs }],
    ] as const
  ) {
    assert.is((await refused(tim.call<string>(`${OLD}/${command}`, body)))[0], 90018, command);
  }
});

test("timpush shares tags and lists accounts that do not exist", async () => {
  const world = await people();
  const { tim } = world;
  await tim.call(`${OLD}/im_add_tag`, { UserTags: [{ To_Account: "mira", Tags: ["a"] }] });
  const nobody = { To_Account: "nobody", Tags: ["b"] };
  const added = await tim.call("timpush/add_tag", {
    UserTags: [{ To_Account: "mira", Tags: ["b"] }, nobody],
  });
  assert.equal(added.ErrorList!.map(({ To_Account, ErrorCode }) => [To_Account, ErrorCode]), [
    ["nobody", 70107],
  ]);
  const { UserTags, ErrorList } = await tim.call("timpush/get_tag", {
    To_Account: ["mira", "nobody"],
  });
  assert.equal(UserTags, [{ To_Account: "mira", Tags: ["a", "b"] }]);
  assert.is(ErrorList![0]!.ErrorCode, 70107);
  const replaced = await tim.call("timpush/add_tag", {
    Replace: 1,
    UserTags: [{ To_Account: "mira", Tags: ["x", "y"] }],
  });
  assert.not("ErrorList" in replaced);
  assert.is(await tags(world, "mira"), "x y");
  const removed = await tim.call("timpush/remove_tag", {
    UserTags: [{ To_Account: "mira", Tags: ["x"] }, nobody],
  });
  assert.is(removed.ErrorList![0]!.ErrorCode, 70107);
  assert.is(await tags(world, "mira"), "y");
  await tim.call("timpush/clear_all_tags", { To_Account: ["mira"] });
  assert.is(await tags(world, "mira"), "");
});

test("timpush adds 10 tags at once and replaces all by 100", async () => {
  const world = await people();
  const many = Array.from({ length: 101 }, (_, at) => `t${at}`);
  const add = (Tags: string[], Replace?: 1) =>
    world.tim.call("timpush/add_tag", { Replace, UserTags: [{ To_Account: "mira", Tags }] });
  assert.is((await refused(add(many.slice(0, 11))))[0], 90032);
  await add(["kept"]);
  assert.is((await add(many, 1)).ErrorList![0]!.ErrorCode, 90032);
  assert.is(await tags(world, "mira"), "kept");
  await add(many.slice(0, 100), 1);
  assert.is((await tags(world, "mira")).split(" ").length, 100);
});

test("timpush binds attributes to a kind of account", async () => {
  const world = await people();
  const { tim } = world;
  const AttrNames = { "0": "sport", "1": "model" };
  await tim.call("timpush/set_attr_name", { AttrNames, AttrTypes: { "0": 0, "1": 1 } });
  const names = await tim.call("timpush/get_attr_name", {});
  assert.equal([names.AttrNames, names.AttrTypes], [AttrNames, { "0": 0, "1": 1 }]);
  const rename = (AttrTypes: Record<string, 0 | 1>) =>
    tim.call("timpush/set_attr_name", { AttrNames: { "1": "device" }, AttrTypes });
  assert.is((await refused(rename({ "1": 0 })))[0], 90033);
  assert.is((await refused(rename({ "2": 0 })))[0], 90001);
  await rename({ "1": 1 });
  const set = async (To_Account: string, Attrs: Record<string, string>) => {
    const answer = await tim.call("timpush/set_attr", { UserAttrs: [{ To_Account, Attrs }] });
    return answer.ErrorList?.[0]?.ErrorCode;
  };
  assert.is(await set("mira", { sport: "cycling" }), undefined);
  assert.is(await set("mira", { device: "x" }), 90035);
  assert.is(await set("nobody", { sport: "cycling" }), 70107);
  assert.is((await refused(set("mira", { food: "fish" })))[0], 90033);
  const shown = await tim.call("timpush/get_attr", { To_Account: ["mira"] });
  assert.equal(shown.UserAttrs, [{ To_Account: "mira", Attrs: { sport: "cycling" } }]);
  const removed = await tim.call("timpush/remove_attr", {
    UserAttrs: ["mira", "nobody"].map((To_Account) => ({ To_Account, Attrs: ["sport"] })),
  });
  assert.equal(removed.ErrorList!.map(({ ErrorCode }) => ErrorCode), [70107]);
  assert.equal(await attributes(world, "mira"), {});
});

test.run();
