import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Call, calls, codeOf } from "../support/calls.ts";

const L = "live_engine_http_srv";
const rose = { GiftId: "rose", Coins: 10, DefaultName: "Rose" };
const flowers = { CategoryId: "flowers", DefaultName: "Flowers" };

async function shop() {
  const { call } = await calls();
  await call(`${L}/add_gift`, rose);
  await call(`${L}/add_gift_category`, flowers);
  return call;
}

const gift = async (call: Call, GiftId = "rose") =>
  (await call(`${L}/get_gift`, { GiftId })).GiftInfo;

const relations = async (call: Call, CategoryId = "flowers") =>
  (await call(`${L}/get_gift_category_relations`, { CategoryId })).Relation;

test("a gift is read as it was added, changed and deleted", async () => {
  const call = await shop();
  const whole = {
    IconUrl: "",
    ResourceUrl: "",
    Level: 0,
    ExtensionInfo: "",
    DefaultDesc: "",
    ...rose,
  };
  assert.equal(await gift(call), whole);
  assert.is(await codeOf(call(`${L}/add_gift`, rose)), 100002);
  await call(`${L}/edit_gift`, { GiftId: "rose", Coins: 12 });
  assert.equal(await gift(call), { ...whole, Coins: 12 });
  await call(`${L}/del_gift`, { GiftId: "rose" });
  await call(`${L}/del_gift`, { GiftId: "rose" });
  assert.is(await codeOf(gift(call)), 102002);
  assert.is(await codeOf(call(`${L}/edit_gift`, { GiftId: "rose" })), 102002);
});

test("a gift category is read as it was added, changed and deleted; there are three", async () => {
  const call = await shop();
  const read = async (CategoryId = "flowers") =>
    (await call(`${L}/get_gift_category`, { CategoryId })).GiftCategoryInfo;
  assert.equal(await read(), { ExtensionInfo: "", DefaultDesc: "", ...flowers });
  assert.is(await codeOf(call(`${L}/add_gift_category`, flowers)), 100002);
  await call(`${L}/edit_gift_category`, { CategoryId: "flowers", DefaultDesc: "Fresh" });
  assert.is((await read())!.DefaultDesc, "Fresh");
  const add = (CategoryId: string) =>
    call(`${L}/add_gift_category`, { CategoryId, DefaultName: "c" });
  await add("b");
  await add("c");
  assert.is(await codeOf(add("d")), 100002);
  await call(`${L}/del_gift_category`, { CategoryId: "b" });
  await call(`${L}/del_gift_category`, { CategoryId: "b" });
  assert.is(await codeOf(read("b")), 100002);
  await add("d");
});

test("gifts are put into categories and taken out; unknown ones are told", async () => {
  const call = await shop();
  await call(`${L}/add_gift`, { ...rose, GiftId: "tulip" });
  const add = (...GiftIdList: string[]) =>
    call(`${L}/add_gift_category_relations`, { CategoryId: "flowers", GiftIdList });
  assert.equal((await add("rose", "ghost")).InvalidGiftIdList, ["ghost"]);
  assert.is((await add("tulip")).InvalidGiftIdList, undefined);
  assert.equal(await relations(call), { CategoryId: "flowers", GiftIdList: ["rose", "tulip"] });
  await call(`${L}/del_gift_category_relations`, {
    CategoryId: "flowers",
    GiftIdList: ["rose", "ghost"],
  });
  assert.equal((await relations(call))!.GiftIdList, ["tulip"]);
  await call(`${L}/del_gift`, { GiftId: "tulip" });
  assert.equal((await relations(call))!.GiftIdList, [], "a gift's relations go with it");
  assert.is(await codeOf(relations(call, "ghost")), 100002);
});

test("gifts and categories have names by language; the first needs a name", async () => {
  const call = await shop();
  const Language = "zh-Hans";
  const set = (facts: object) =>
    call(`${L}/set_gift_language`, { GiftId: "rose", Language, ...facts });
  const read = async () =>
    (await call(`${L}/get_gift_language`, { GiftId: "rose", Language })).GiftInfo;
  assert.is(await codeOf(set({ Desc: "红色" })), 100002);
  await set({ Name: "玫瑰" });
  await set({ Desc: "红色" });
  assert.equal(await read(), { Name: "玫瑰", Desc: "红色" });
  await call(`${L}/del_gift_language`, { GiftId: "rose", Language });
  assert.is(await codeOf(read()), 100002);

  const category = (facts: object) =>
    call(`${L}/set_gift_category_language`, { CategoryId: "flowers", Language, ...facts });
  const text = async () =>
    (await call(`${L}/get_gift_category_language`, { CategoryId: "flowers", Language }))
      .CategoryInfo;
  assert.is(await codeOf(category({ CategoryDesc: "全部" })), 100002);
  await category({ CategoryName: "花", CategoryDesc: "全部" });
  assert.equal(await text(), { CategoryName: "花", CategoryDesc: "全部" });
  await call(`${L}/del_gift_category_language`, { CategoryId: "flowers", Language });
  assert.is(await codeOf(text()), 100002);
});

test("get_gift_info_list shows gifts, categories and their texts", async () => {
  const call = await shop();
  await call(`${L}/add_gift_category_relations`, { CategoryId: "flowers", GiftIdList: ["rose"] });
  await call(`${L}/set_gift_language`, { GiftId: "rose", Language: "en", Name: "Rose" });
  const { Response } = await call(`${L}/get_gift_info_list`, {});
  assert.is(Response!.TotalCount, 1);
  assert.equal(Response!.GiftList![0]!.LanguageList, [{ Language: "en", Name: "Rose", Desc: "" }]);
  assert.equal(Response!.CategoryList, [{
    CategoryId: "flowers",
    CategoryName: "Flowers",
    CategoryDesc: "",
    GiftIdList: ["rose"],
    LanguageList: [],
  }]);
});

test("copy_default_gift_config makes 15 gifts in 3 categories, for an app without any", async () => {
  const { call } = await calls();
  await call(`${L}/copy_default_gift_config`, {});
  const { Response } = await call(`${L}/get_gift_info_list`, {});
  assert.is(Response!.TotalCount, 15);
  assert.equal(Response!.CategoryList!.map(({ GiftIdList }) => GiftIdList!.length), [5, 5, 5]);
  assert.is(await codeOf(call(`${L}/copy_default_gift_config`, {})), 100002);
});

test.run();
