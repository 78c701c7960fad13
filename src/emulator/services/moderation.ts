/**
 * `im_msg_audit`, `im_msg_audit_mgr` and `openim_dirty_words`: texts judged by the app's own lists of words.
 *
 * Source: "Content Moderation" of the Chat documentation.
 *
 * @module
 */

import type { MsgElement } from "../../api/generated/types/common.ts";
import { quote, refuse } from "../refusal.ts";
import { LIBRARY, type LocalWord } from "../store/moderation.ts";
import type { World } from "../store/world.ts";
import { pageOf } from "./page_of.ts";
import { differing, type Handler, seconds, type Service, service } from "./service.ts";

/** Only texts can be judged: no model looks at files here. */
function judged(world: World, type: string, content: string) {
  const { words, block } = type === "Text"
    ? world.moderation.hits(content)
    : { words: [], block: false };
  const Result = words.length === 0 ? "Pass" : block ? "Block" : "Review";
  return {
    Result,
    Score: words.length === 0 ? 0 : block ? 100 : 60,
    Label: world.moderation.cloudWords.get(words[0] ?? "")?.label ??
      (words.length === 0 ? "Normal" : "Abuse"),
    Keywords: words,
  } as { Result: "Pass" | "Review" | "Block"; Score: number; Label: "Normal"; Keywords: string[] };
}

const moderate: Handler<"im_msg_audit/content_moderation"> = (world, body) =>
  judged(world, body.ContentType, body.Content);

const moderateAll: Handler<"im_msg_audit/batch_content_moderation"> = (world, { Contents }) => ({
  AuditResults: Contents.map(({ ContentId, ContentType, Content }) => ({
    ErrorCode: 0,
    ErrorInfo: "",
    ContentId,
    ...judged(world, ContentType, Content),
    RequestId: `audit-${ContentId}`,
  })),
});

/** Content checks. */
export const auditService: Service = service("im_msg_audit", {
  badBody: 60003,
  unknownCommand: 60008,
}, {
  content_moderation: differing(
    moderate,
    "Only words of the app's own lists are hits: pictures, sound and films pass, and no result comes by callback",
  ),
  batch_content_moderation: differing(
    moderateAll,
    "Only words of the app's own lists are hits: pictures, sound and films pass, and no result comes by callback",
  ),
});

const listLibraries: Handler<"im_msg_audit_mgr/get_cloud_audit_keywords_ids"> = (_world, body) => {
  const all = [{
    ID: LIBRARY,
    LibName: "main",
    Describe: "",
    CreateTime: "2026-01-01 00:00:00 +0800 CST",
    Suggestion: "Block",
  }];
  return { TotalCount: all.length, Infos: all.slice(body.Offset, body.Offset + body.Limit) };
};

const listCloud: Handler<"im_msg_audit_mgr/get_cloud_audit_keywords"> = (world, body) => {
  checkLibrary(body.LibID);
  const { Offset, Limit, Content = "" } = body;
  const { cloudWords } = world.moderation;
  // Looked through only when something is looked for.
  const found = Content === ""
    ? undefined
    : [...cloudWords.values()].filter(({ word }) => word.includes(Content));
  const { items } = pageOf(found ?? cloudWords.values(), Offset, Limit);
  return {
    TotalCount: found?.length ?? cloudWords.size,
    Infos: items.map(({ id, word, createTime }) => ({
      ID: id,
      Content: word,
      CreateTime: timeText(createTime),
    })),
  };
};

const addCloud: Handler<"im_msg_audit_mgr/add_cloud_audit_keywords"> = (
  world,
  body,
  _by,
  clock,
) => {
  checkLibrary(body.LibID);
  const { cloudWords } = world.moderation;
  for (const { Content: word, Label: label = "Abuse" } of body.UserKeywords) {
    const id = cloudWords.get(word)?.id ?? String(world.moderation.newId());
    cloudWords.set(word, { id, word, label, createTime: clock() });
  }
};

const deleteCloud: Handler<"im_msg_audit_mgr/delete_cloud_audit_keywords"> = (world, body) => {
  checkLibrary(body.LibID);
  const { cloudWords } = world.moderation;
  const Details = body.Keywords.map((Keyword) => {
    const known = cloudWords.get(Keyword);
    cloudWords.delete(Keyword);
    return {
      KeywordID: known?.id ?? "",
      Keyword,
      Deleted: known !== undefined,
      ErrorInfo: known ? "" : "There is no such word",
    };
  });
  return { Count: Details.filter(({ Deleted }) => Deleted).length, Details };
};

const addLocal: Handler<"im_msg_audit_mgr/add_local_audit_keywords"> = (
  world,
  body,
  _by,
  clock,
) => {
  const { localWords } = world.moderation;
  for (const given of body.LocalAuditWords) {
    const { Keyword: keyword, WordType: wordType = 1, FilterType: filterType = 2 } = given;
    const key = `${wordType} ${keyword}`;
    localWords.set(key, {
      id: localWords.get(key)?.id ?? world.moderation.newId(),
      keyword,
      wordType,
      filterType,
      replacedContent: given.ReplacedContent,
      updateTime: clock(),
    });
  }
};

const deleteLocal: Handler<"im_msg_audit_mgr/delete_local_audit_keywords"> = (world, body) => {
  for (const { Keyword, WordType = 1 } of body.LocalAuditWords) {
    world.moderation.localWords.delete(`${WordType} ${Keyword}`);
  }
};

const listLocal: Handler<"im_msg_audit_mgr/get_local_audit_keywords"> = (world, body) => {
  const { FilterType, Offset = 0, Limit = 100, Keyword = "" } = body;
  // By WordType; they are counted anew each time, since an app has some thousand words at most.
  const total = { 1: 0, 2: 0 };
  const current = { 1: 0, 2: 0 };
  const page: LocalWord[] = [];
  for (const word of world.moderation.localWords.values()) {
    const { keyword, wordType, filterType } = word;
    total[wordType]++;
    if (FilterType !== undefined && filterType !== FilterType || !keyword.includes(Keyword)) {
      continue;
    }
    const place = current[1] + current[2];
    if (place >= Offset && place < Offset + Limit) page.push(word);
    current[wordType]++;
  }
  return {
    LocalAuditWords: page.map((word) => ({
      Id: word.id,
      Keyword: word.keyword,
      WordType: word.wordType,
      FilterType: word.filterType,
      ...(word.replacedContent !== undefined && { ReplacedContent: word.replacedContent }),
      UpdateTime: timeText(word.updateTime),
    })),
    TotalCount: total[1],
    TotalRegCount: total[2],
    CurCount: current[1],
    CurRegCount: current[2],
  };
};

/** Word lists for content checks. */
export const auditWordsService: Service = service("im_msg_audit_mgr", {
  badBody: 2003,
  unknownCommand: 2002,
}, {
  get_cloud_audit_keywords_ids: listLibraries,
  get_cloud_audit_keywords: listCloud,
  add_cloud_audit_keywords: differing(addCloud, "Any number of words is taken in one call (2016)"),
  delete_cloud_audit_keywords: deleteCloud,
  add_local_audit_keywords: addLocal,
  delete_local_audit_keywords: deleteLocal,
  get_local_audit_keywords: listLocal,
});

/** New words are refused an hour later. In seconds. */
const EFFECT = 3600;

const listDirty: Handler<"openim_dirty_words/get"> = (world) => ({
  DirtyWordsList: [...world.moderation.dirtyWords.keys()],
});

const addDirty: Handler<"openim_dirty_words/add"> = (world, { DirtyWordsList }, _caller, clock) => {
  const { dirtyWords } = world.moderation;
  for (const word of DirtyWordsList) {
    if (!dirtyWords.has(word)) dirtyWords.set(word, seconds(clock) + EFFECT);
  }
};

const deleteDirty: Handler<"openim_dirty_words/delete"> = (world, { DirtyWordsList }) => {
  for (const word of DirtyWordsList) world.moderation.dirtyWords.delete(word);
};

/** The older list of words, by which messages are refused. */
export const dirtyWordsService: Service = service("openim_dirty_words", {
  badBody: 10004,
  unknownCommand: 10003,
}, {
  get: listDirty,
  add: differing(
    addDirty,
    "Only messages are judged by these words: profiles, friends and group cards are not (30005, 40005)",
  ),
  delete: deleteDirty,
});

/** The texts of a message's elements. */
export function textsOf(elements: readonly MsgElement[]): string[] {
  return elements.flatMap((element) =>
    element.MsgType === "TIMTextElem" ? [element.MsgContent.Text] : []
  );
}

/** Refuses a message whose texts hold a dirty word. */
export function checkWords(world: World, texts: readonly string[], nowSeconds: number): void {
  for (const text of texts) {
    const word = world.moderation.dirtyWord(text, nowSeconds);
    if (word !== undefined) {
      refuse(80001, `The text holds ${quote(word)}, a word that the app refuses`);
    }
  }
}

function checkLibrary(id: string): void {
  if (id !== LIBRARY) refuse(2003, `LibID is ${quote(id)}, this app has ${LIBRARY}`);
}

/** `2026-06-24 23:45:04`, in UTC. */
function timeText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}
