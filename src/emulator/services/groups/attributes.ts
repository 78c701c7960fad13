/**
 * Key-values and counters of a group.
 * Source: "Group Custom Attributes" and "Group Counters" of the Chat documentation.
 *
 * @module
 */

import { utf8 } from "../../../core/utf8.ts";
import { quote, refuse } from "../../refusal.ts";
import type { Group } from "../../store/groups.ts";
import type { World } from "../../store/world.ts";
import {
  type BodyOf,
  type Clock,
  differing,
  type Handler,
  type Service,
  service,
} from "../service.ts";
import { groupFields } from "./callbacks.ts";
import { findGroup, GROUP_CODES, groupWith } from "./common.ts";

/** A group holds so many attributes, and so many bytes in all their values. */
const MOST_ATTRIBUTES = 16;
const MOST_BYTES = 16_000;
const MOST_COUNTERS = 20;
const WRITES_PER_SECOND = 5;

type Attributes = BodyOf<"group_open_http_svc/set_group_attr">["GroupAttr"];

const setAttributes: Handler<"group_open_http_svc/set_group_attr"> = (
  world,
  body,
  caller,
  clock,
) => {
  const group = findGroup(world, body.GroupId);
  countWrite(world, group, clock);
  store(group, new Map(), body.GroupAttr);
  tell(world, group, caller, "set", body.GroupAttr);
};

const modifyAttributes: Handler<"group_open_http_svc/modify_group_attr"> = (
  world,
  body,
  caller,
  clock,
) => {
  const group = findGroup(world, body.GroupId);
  countWrite(world, group, clock);
  store(group, new Map(group.attributes), body.GroupAttr);
  tell(world, group, caller, "modify", body.GroupAttr);
};

const deleteAttributes: Handler<"group_open_http_svc/delete_group_attr"> = (
  world,
  body,
  caller,
  clock,
) => {
  const group = findGroup(world, body.GroupId);
  countWrite(world, group, clock);
  const { id, attributes } = group;
  for (const { key } of body.GroupAttr) {
    if (!attributes.has(key)) refuse(10050, `Group ${quote(id)} has no attribute ${quote(key)}`);
  }
  for (const { key } of body.GroupAttr) attributes.delete(key);
  tell(world, group, caller, "delete", body.GroupAttr);
};

const clearAttributes: Handler<"group_open_http_svc/clear_group_attr"> = (
  world,
  { GroupId },
  caller,
  clock,
) => {
  const group = findGroup(world, GroupId);
  countWrite(world, group, clock);
  group.attributes.clear();
  tell(world, group, caller, "clear");
};

const getAttributes: Handler<"group_open_attr_http_svc/get_group_attr"> = (world, { GroupId }) => ({
  GroupAttrAry: [...findGroup(world, GroupId).attributes].map(([key, value]) => ({ key, value })),
});

const getCounters: Handler<"group_open_http_svc/get_group_counter"> = (world, body) => {
  const { counters } = groupWithCounters(world, body.GroupId);
  const keys = body.GroupCounterKeys ?? [...counters.keys()];
  return {
    GroupCounter: keys.flatMap((Key) => {
      const Value = counters.get(Key);
      return Value === undefined ? [] : [{ Key, Value }];
    }),
  };
};

/** Without a Mode the values are set. */
const updateCounters: Handler<"group_open_http_svc/update_group_counter"> = (world, body) => {
  const { id, counters } = groupWithCounters(world, body.GroupId);
  const changed = new Map(counters);
  for (const { Key, Value } of body.GroupCounter) {
    const from = body.Mode === "Increase" || body.Mode === "Decrease" ? changed.get(Key) ?? 0 : 0;
    changed.set(Key, body.Mode === "Decrease" ? from - Value : from + Value);
  }
  if (changed.size > MOST_COUNTERS) {
    refuse(
      10063,
      `Group ${quote(id)} would have ${changed.size} counters, limit is ${MOST_COUNTERS}`,
    );
  }
  for (const [key, value] of changed) counters.set(key, value);
  const keys = new Set(body.GroupCounter.map(({ Key }) => Key));
  return { GroupCounter: Array.from(keys, (Key) => ({ Key, Value: counters.get(Key)! })) };
};

const deleteCounters: Handler<"group_open_http_svc/delete_group_counter"> = (world, body) => {
  const { counters } = groupWithCounters(world, body.GroupId);
  for (const key of body.GroupCounterKeys ?? [...counters.keys()]) counters.delete(key);
};

/** Attributes and counters. */
export const groupAttributes: Service = service("group_open_http_svc", GROUP_CODES, {
  set_group_attr: setAttributes,
  modify_group_attr: modifyAttributes,
  delete_group_attr: deleteAttributes,
  clear_group_attr: clearAttributes,
  get_group_counter: getCounters,
  update_group_counter: differing(
    updateCounters,
    "Counters are exact up to 2^53 - 1: a Value beyond answers 10004, and what a sum is beyond is rounded",
  ),
  delete_group_counter: deleteCounters,
});

/** `group_open_attr_http_svc`: attributes are read under a servicename of their own. */
export const groupAttributeReading: Service = service("group_open_attr_http_svc", GROUP_CODES, {
  get_group_attr: getAttributes,
});

/** Finds a group that can have counters, which the free edition does not offer. */
function groupWithCounters(world: World, id: string): Group {
  const group = groupWith(world, id, "counters");
  if (world.trial) refuse(10059, "The free edition has no counters");
  return group;
}

/** Refuses the sixth write within a second, where calls are limited. */
function countWrite(world: World, group: Group, clock: Clock): void {
  if (world.within(`attributes of ${group.id}`, WRITES_PER_SECOND, "second", clock())) return;
  refuse(10049, `The attributes of ${quote(group.id)} were written more than 5 times a second`);
}

function tell(
  world: World,
  group: Group,
  caller: string,
  OptionType: "set" | "modify" | "clear" | "delete",
  attributes: readonly { key: string; value?: string }[] = [],
): void {
  world.emit("Group.CallbackAfterGroupAttrChanged", {
    ...groupFields(group),
    Operator_Account: caller,
    OptionType,
    GroupAttr: attributes.map(({ key, value = "" }) => ({ key, value })),
  });
}

function store(group: Group, attributes: Map<string, string>, changes: Attributes): void {
  for (const { key, value } of changes) attributes.set(key, value);
  if (attributes.size > MOST_ATTRIBUTES) {
    refuse(
      10047,
      `Group ${
        quote(group.id)
      } would have ${attributes.size} attributes, limit is ${MOST_ATTRIBUTES}`,
    );
  }
  let bytes = 0;
  for (const value of attributes.values()) bytes += utf8(value).length;
  if (bytes > MOST_BYTES) {
    refuse(
      10048,
      `The attributes of ${quote(group.id)} would hold ${bytes} bytes, limit is ${MOST_BYTES}`,
    );
  }
  group.attributes.clear();
  for (const [key, value] of attributes) group.attributes.set(key, value);
}
