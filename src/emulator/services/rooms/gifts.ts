/**
 * The gifts that may be sent in live rooms: gifts, categories, names in other languages.
 * Source: "Gift Configuration" of the Live documentation.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import type { Gift, GiftCategory, GiftText } from "../../store/gifts.ts";
import type { World } from "../../store/world.ts";
import { ackOnly, type Handler, seconds, type Service, service } from "../service.ts";
import { BAD_PARAMETER, pick, ROOM_CODES } from "./common.ts";
import { defaultCategories, defaultGifts } from "./default_gifts.ts";

const NO_GIFT = 102002;
const MOST_CATEGORIES = 3;

const GIFT_FIELDS = [
  "GiftId",
  "IconUrl",
  "ResourceUrl",
  "Coins",
  "Level",
  "ExtensionInfo",
  "DefaultName",
  "DefaultDesc",
];
const CATEGORY_FIELDS = ["CategoryId", "ExtensionInfo", "DefaultName", "DefaultDesc"];

const addGift: Handler<"live_engine_http_srv/add_gift"> = ({ gifts }, body, _caller, clock) => {
  if (gifts.gifts.has(body.GiftId)) {
    refuse(BAD_PARAMETER, `GiftId is ${quote(body.GiftId)}, which there is already`);
  }
  putGift(gifts, body, seconds(clock));
};

const editGift: Handler<"live_engine_http_srv/edit_gift"> = ({ gifts }, body) => {
  Object.assign(findGift(gifts, body.GiftId).info, pick(body, GIFT_FIELDS));
};

const getGift: Handler<"live_engine_http_srv/get_gift"> = ({ gifts }, { GiftId }) => ({
  GiftInfo: findGift(gifts, GiftId).info,
});

/** A gift that is not there counts as deleted. */
const deleteGift: Handler<"live_engine_http_srv/del_gift"> = ({ gifts }, { GiftId }) => {
  gifts.remove(GiftId);
};

const addCategory: Handler<"live_engine_http_srv/add_gift_category"> = ({ gifts }, body) => {
  const { categories } = gifts;
  if (categories.has(body.CategoryId)) {
    refuse(BAD_PARAMETER, `CategoryId is ${quote(body.CategoryId)}, which there is already`);
  }
  if (categories.size >= MOST_CATEGORIES) {
    refuse(BAD_PARAMETER, `The app has ${categories.size} gift categories, which is the limit`);
  }
  putCategory(gifts, body);
};

const editCategory: Handler<"live_engine_http_srv/edit_gift_category"> = ({ gifts }, body) => {
  Object.assign(findCategory(gifts, body.CategoryId).info, pick(body, CATEGORY_FIELDS));
};

const getCategory: Handler<"live_engine_http_srv/get_gift_category"> = (
  { gifts },
  { CategoryId },
) => ({ GiftCategoryInfo: findCategory(gifts, CategoryId).info });

/** A category that is not there counts as deleted. */
const deleteCategory: Handler<"live_engine_http_srv/del_gift_category"> = (
  { gifts },
  { CategoryId },
) => {
  gifts.categories.delete(CategoryId);
};

/** Gifts that are not there are told, the others are added. */
const addRelations: Handler<"live_engine_http_srv/add_gift_category_relations"> = (
  { gifts },
  body,
) => {
  const { giftIds } = findCategory(gifts, body.CategoryId);
  const invalid = body.GiftIdList.filter((id) => !gifts.gifts.has(id));
  for (const id of body.GiftIdList) if (gifts.gifts.has(id)) giftIds.add(id);
  return invalid.length > 0 ? { InvalidGiftIdList: invalid } : {};
};

const getRelations: Handler<"live_engine_http_srv/get_gift_category_relations"> = (
  { gifts },
  { CategoryId },
) => ({
  Relation: { CategoryId, GiftIdList: [...findCategory(gifts, CategoryId).giftIds] },
});

const deleteRelations: Handler<"live_engine_http_srv/del_gift_category_relations"> = (
  { gifts },
  body,
) => {
  const { giftIds } = findCategory(gifts, body.CategoryId);
  for (const id of body.GiftIdList) giftIds.delete(id);
};

const setGiftText: Handler<"live_engine_http_srv/set_gift_language"> = ({ gifts }, body) => {
  setText(findGift(gifts, body.GiftId), body.Language, "Name", {
    name: body.Name,
    desc: body.Desc,
  });
};

const getGiftText: Handler<"live_engine_http_srv/get_gift_language"> = ({ gifts }, body) => {
  const { name, desc } = findText(findGift(gifts, body.GiftId), body.Language);
  return { GiftInfo: { Name: name, Desc: desc } };
};

const deleteGiftText: Handler<"live_engine_http_srv/del_gift_language"> = ({ gifts }, body) => {
  findGift(gifts, body.GiftId).texts.delete(body.Language);
};

const setCategoryText: Handler<"live_engine_http_srv/set_gift_category_language"> = (
  { gifts },
  body,
) => {
  const text = { name: body.CategoryName, desc: body.CategoryDesc };
  setText(findCategory(gifts, body.CategoryId), body.Language, "CategoryName", text);
};

const getCategoryText: Handler<"live_engine_http_srv/get_gift_category_language"> = (
  { gifts },
  body,
) => {
  const { name, desc } = findText(findCategory(gifts, body.CategoryId), body.Language);
  return { CategoryInfo: { CategoryName: name, CategoryDesc: desc } };
};

const deleteCategoryText: Handler<"live_engine_http_srv/del_gift_category_language"> = (
  { gifts },
  body,
) => {
  findCategory(gifts, body.CategoryId).texts.delete(body.Language);
};

/** Three categories of five gifts, for an app that has none yet. */
const copyDefaults: Handler<"live_engine_http_srv/copy_default_gift_config"> = (
  { gifts },
  _body,
  _caller,
  clock,
) => {
  if (gifts.gifts.size > 0 || gifts.categories.size > 0) {
    refuse(BAD_PARAMETER, "The app has gifts or gift categories already");
  }
  for (const gift of defaultGifts) putGift(gifts, gift, seconds(clock));
  for (const { giftIds, ...category } of defaultCategories) {
    putCategory(gifts, category, giftIds);
  }
};

const listGifts: Handler<"live_engine_http_srv/get_gift_info_list"> = ({ gifts }) => ({
  Response: {
    TotalCount: gifts.gifts.size,
    GiftList: Array.from(gifts.gifts.values(), ({ info, createTime, texts }) => ({
      GiftId: info.GiftId,
      Name: info.DefaultName,
      Desc: info.DefaultDesc,
      IconUrl: info.IconUrl,
      ResourceUrl: info.ResourceUrl,
      Coins: info.Coins,
      Level: info.Level,
      CreateTime: createTime,
      LanguageList: Array.from(texts, ([Language, { name, desc }]) => ({
        Language: Language as "en",
        Name: name,
        Desc: desc,
      })),
    })),
    CategoryList: Array.from(gifts.categories.values(), ({ info, texts, giftIds }) => ({
      CategoryId: info.CategoryId,
      CategoryName: info.DefaultName,
      CategoryDesc: info.DefaultDesc,
      GiftIdList: [...giftIds],
      LanguageList: Array.from(texts, ([Language, { name, desc }]) => ({
        Language,
        CategoryName: name,
        CategoryDesc: desc,
      })),
    })),
  },
});

/** The gifts of an app. */
export const giftConfiguration: Service = service("live_engine_http_srv", ROOM_CODES, {
  add_gift: addGift,
  edit_gift: editGift,
  get_gift: getGift,
  del_gift: deleteGift,
  add_gift_category: addCategory,
  edit_gift_category: editCategory,
  get_gift_category: getCategory,
  del_gift_category: deleteCategory,
  add_gift_category_relations: addRelations,
  get_gift_category_relations: getRelations,
  del_gift_category_relations: deleteRelations,
  set_gift_language: setGiftText,
  get_gift_language: getGiftText,
  del_gift_language: deleteGiftText,
  set_gift_category_language: setCategoryText,
  get_gift_category_language: getCategoryText,
  del_gift_category_language: deleteCategoryText,
  copy_default_gift_config: copyDefaults,
  get_gift_info_list: listGifts,
  get_gift_count: ackOnly("No page or SDK names a field of its answer", () => {}),
});

type Gifts = World["gifts"];

function findGift(gifts: Gifts, id: string): Gift {
  return gifts.gifts.get(id) ?? refuse(NO_GIFT, `There is no gift ${quote(id)}`);
}

function findCategory(gifts: Gifts, id: string): GiftCategory {
  return gifts.categories.get(id) ??
    refuse(BAD_PARAMETER, `CategoryId is ${quote(id)}, and there is no such gift category`);
}

function putGift(gifts: Gifts, body: { GiftId: string }, createTime: number): void {
  const info = {
    IconUrl: "",
    ResourceUrl: "",
    Level: 0,
    ExtensionInfo: "",
    DefaultDesc: "",
    ...pick(body, GIFT_FIELDS),
    GiftId: body.GiftId,
  };
  gifts.gifts.set(body.GiftId, { info, createTime, texts: new Map() });
}

function putCategory(
  gifts: Gifts,
  body: { CategoryId: string },
  giftIds: readonly string[] = [],
): void {
  const info = {
    ExtensionInfo: "",
    DefaultDesc: "",
    ...pick(body, CATEGORY_FIELDS),
    CategoryId: body.CategoryId,
  };
  gifts.categories.set(body.CategoryId, { info, texts: new Map(), giftIds: new Set(giftIds) });
}

/** Sets a text; what is left out stays, but the first time there must be a name. */
function setText(
  owner: { texts: Map<string, GiftText> },
  language: string,
  field: string,
  { name, desc }: Partial<GiftText>,
): void {
  const known = owner.texts.get(language);
  if (name === undefined && !known) {
    refuse(BAD_PARAMETER, `${field} is missing, and there is no text in ${quote(language)} yet`);
  }
  owner.texts.set(language, {
    name: name ?? known!.name,
    desc: desc ?? known?.desc ?? "",
  });
}

function findText(owner: { texts: Map<string, GiftText> }, language: string): GiftText {
  return owner.texts.get(language) ??
    refuse(BAD_PARAMETER, `Language is ${quote(language)}, in which there is no text`);
}
