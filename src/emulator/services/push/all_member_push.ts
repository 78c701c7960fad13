/**
 * `all_member_push`: the older pushes to all users. Source: "Push to all users" of the Chat documentation.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import {
  addTags,
  attributeNames,
  checkAttributes,
  deleteAttributes,
  nameAttributes,
  removeTags,
  setAttributes,
  showAttributes,
  showTags,
  tagsFault,
} from "./labels.ts";
import { countPush, earlierPush, push, recipientsOf, taskId } from "./sending.ts";
import { type Handler, type HandlersOf, type Service, service } from "../service.ts";

/** Not kept in any history; the statistics of timpush tell of it. */
const imPush: Handler<"all_member_push/im_push"> = (world, body, caller, clock) => {
  const { From_Account, Condition, MsgRandom: random } = body;
  const from = From_Account || caller;
  if (!world.accounts.has(from)) {
    refuse(90048, `From_Account is ${quote(from)}, which is no imported account`);
  }
  const time = clock();
  const earlier = earlierPush(world, "im_push", random, time);
  if (earlier) return { TaskId: earlier.id };
  const recipients = recipientsOf(world, Condition);
  countPush(world, "im_push", time);
  const draft = { command: "im_push", from, random, time, recipients };
  return { TaskId: push(world, draft, taskId(world, random)).id };
};

const labels: HandlersOf<"all_member_push"> = {
  im_set_attr_name: (world, { AttrNames }) => nameAttributes(world, AttrNames),
  im_get_attr_name: (world) => ({ AttrNames: attributeNames(world) }),
  im_get_attr: (world, { To_Account }) => ({ UserAttrs: showAttributes(world, To_Account) }),
  im_set_attr: (world, { UserAttrs }) => {
    checkAttributes(world, UserAttrs.flatMap(({ Attrs }) => Object.keys(Attrs)));
    UserAttrs.forEach((item) => setAttributes(world, item));
  },
  im_remove_attr: (world, { UserAttrs }) => {
    checkAttributes(world, UserAttrs.flatMap(({ Attrs }) => Attrs));
    UserAttrs.forEach((item) => deleteAttributes(world, item));
  },
  im_get_tag: (world, { To_Account }) => ({ UserTags: showTags(world, To_Account) }),
  im_add_tag: (world, { UserTags }) => {
    for (const { To_Account, Tags } of UserTags) {
      const fault = tagsFault(world, To_Account, Tags);
      if (fault) refuse(...fault);
    }
    for (const { To_Account, Tags } of UserTags) addTags(world, To_Account, Tags);
  },
  im_remove_tag: (world, { UserTags }) =>
    UserTags.forEach(({ To_Account, Tags }) => removeTags(world, To_Account, Tags)),
  im_remove_all_tags: (world, { To_Account }) =>
    To_Account.forEach((account) => removeTags(world, account)),
};

const codes = { badBody: 90001, unknownCommand: 60008 };

/** Pushes to all users, and the tags and attributes for them. */
export const allMemberPushServices: readonly Service[] = [
  service("all_member_push", { ...codes, tooOften: 90024 }, { im_push: imPush }),
  service("all_member_push", codes, labels),
];
