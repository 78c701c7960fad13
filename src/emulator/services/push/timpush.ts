/**
 * `timpush`: the push service. Source: "Push" of the Chat documentation.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import type { World } from "../../store/world.ts";
import {
  addTags,
  attributeNames,
  attributeNumber,
  checkAttributes,
  deleteAttributes,
  nameAttributes,
  removeTags,
  setAttributes,
  showAttributes,
  showTags,
  tagsFault,
} from "./labels.ts";
import { batchId, countPush, earlierPush, push, recipientsOf, taskId } from "./sending.ts";
import { scheduleCommands } from "./schedules.ts";
import { statisticsCommands } from "./statistics.ts";
import { type Handler, type HandlersOf, type Service, service } from "../service.ts";

const UNKNOWN_ACCOUNT = 70107;
const MAX_ADDED_TAGS = 10;
/** How long a push can be recalled, in milliseconds. */
const REVOCABLE = 86_400_000;

const pushToAll: Handler<"timpush/push"> = (world, body, _caller, clock) => {
  const { From_Account: from, Condition, MsgRandom: random, MsgBody, OfflinePushInfo } = body;
  if (!world.accounts.has(from)) {
    refuse(90048, `From_Account is ${quote(from)}, which is no imported account`);
  }
  if (!MsgBody && !OfflinePushInfo) {
    refuse(90001, "The body has neither MsgBody nor OfflinePushInfo: there is nothing to push");
  }
  const time = clock();
  const earlier = earlierPush(world, "push", random, time);
  if (earlier) return { TaskId: earlier.id };
  const recipients = recipientsOf(world, Condition);
  countPush(world, "push", time);
  const message = body.OnlineOnlyFlag === 1 ? undefined : MsgBody;
  const draft = { command: "push", from, random, time, recipients, message };
  return { TaskId: push(world, draft, taskId(world, random)).id };
};

/** Recipients that are not there are passed over. */
const batch: Handler<"timpush/batch"> = (world, body, _caller, clock) => {
  const { From_Account: from, MsgRandom: random, To_Account } = body;
  const recipients = [...new Set(To_Account)].filter((account) => world.accounts.has(account));
  const draft = { command: "batch", from, random, time: clock(), recipients };
  return { TaskId: push(world, draft, batchId(world, random)).id };
};

const revoke: Handler<"timpush/revoke"> = (world, { TaskId }, _caller, clock) => {
  const task = world.pushes.tasks.get(TaskId) ??
    refuse(90049, `There is no push with the TaskId ${quote(TaskId)}`);
  if (task.revoked) refuse(90050, `The push ${quote(TaskId)} was recalled already`);
  if (task.time < clock() - REVOCABLE) refuse(90052, `The push ${quote(TaskId)} is over a day old`);
  task.revoked = true;
  for (const message of task.messages) world.c2cMessages.recall(message);
};

const getTags: Handler<"timpush/get_tag"> = (world, { To_Account }) => {
  const { ErrorList } = each(
    world,
    To_Account.map((account) => ({ To_Account: account })),
    () => {},
  );
  return {
    UserTags: showTags(world, To_Account.filter((account) => world.accounts.has(account))),
    ...(ErrorList && { ErrorList }),
  };
};

const addOrReplaceTags: Handler<"timpush/add_tag"> = (world, { UserTags, Replace }) => {
  for (const [at, { Tags }] of UserTags.entries()) {
    if (Replace !== 1 && Tags.length > MAX_ADDED_TAGS) {
      refuse(90032, `UserTags[${at}].Tags has ${Tags.length} items, limit is ${MAX_ADDED_TAGS}`);
    }
  }
  return each(world, UserTags, ({ To_Account, Tags }) => {
    const before = Replace === 1 ? [...world.pushLabels.tagsOf(To_Account)] : [];
    removeTags(world, To_Account, before);
    const fault = tagsFault(world, To_Account, Tags);
    addTags(world, To_Account, fault ? before : Tags);
    return fault;
  });
};

const setAttrs: Handler<"timpush/set_attr"> = (world, { UserAttrs }) => {
  checkAttributes(world, UserAttrs.flatMap(({ Attrs }) => Object.keys(Attrs)));
  return each(world, UserAttrs, (item) => {
    const wrong = Object.keys(item.Attrs).find((name) =>
      world.pushLabels.attributeTypes.get(attributeNumber(world, name)) === 1
    );
    if (wrong !== undefined) {
      return [90035, `The attribute ${quote(wrong)} is for registrations of devices`];
    }
    setAttributes(world, item);
    return undefined;
  });
};

const commands: HandlersOf<"timpush"> = {
  batch,
  set_attr_name: (world, { AttrNames, AttrTypes }) => nameAttributes(world, AttrNames, AttrTypes),
  get_attr_name: (world) => ({
    AttrNames: attributeNames(world),
    AttrTypes: Object.fromEntries(world.pushLabels.attributeTypes),
  }),
  get_attr: (world, { To_Account }) => ({ UserAttrs: showAttributes(world, To_Account) }),
  set_attr: setAttrs,
  remove_attr: (world, { UserAttrs }) => {
    checkAttributes(world, UserAttrs.flatMap(({ Attrs }) => Attrs));
    return each(world, UserAttrs, (item) => deleteAttributes(world, item));
  },
  get_tag: getTags,
  add_tag: addOrReplaceTags,
  remove_tag: (world, { UserTags }) =>
    each(world, UserTags, ({ To_Account, Tags }) => removeTags(world, To_Account, Tags)),
  clear_all_tags: (world, { To_Account }) =>
    To_Account.forEach((account) => removeTags(world, account)),
  ...scheduleCommands,
  ...statisticsCommands,
};

const codes = { badBody: 90001, unknownCommand: 60008 };

/** The push service: pushes, tags, attributes, plans, figures. */
export const pushServices: readonly Service[] = [
  service("timpush", { ...codes, tooOften: 90024 }, { push: pushToAll }),
  service("timpush", { ...codes, tooOften: 90051 }, { revoke }),
  service("timpush", codes, commands),
];

/** Does something for each account that is there; the others are in ErrorList, absent when there are none. */
function each<Item extends { To_Account: string }>(
  world: World,
  items: readonly Item[],
  deed: (item: Item) => [code: number, info: string] | undefined | void,
): { ErrorList?: { To_Account: string; ErrorCode: number; ErrorInfo: string }[] } {
  const errors = items.flatMap((item) => {
    const { To_Account } = item;
    const fault = world.accounts.has(To_Account)
      ? deed(item)
      : [UNKNOWN_ACCOUNT, `There is no account ${quote(To_Account)}`] as const;
    return fault ? [{ To_Account, ErrorCode: fault[0], ErrorInfo: fault[1] }] : [];
  });
  return errors.length > 0 ? { ErrorList: errors } : {};
}
