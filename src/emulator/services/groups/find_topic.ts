/**
 * Finding a community with topics, and a topic of it.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import type { Group } from "../../store/groups.ts";
import type { Topic } from "../../store/topics.ts";
import type { World } from "../../store/world.ts";
import { findGroup, rulesOf } from "./common.ts";

/** Finds a community with topics, or refuses with 11000. */
export function communityWithTopics(world: World, id: string): Group {
  const group = findGroup(world, id);
  if (world.trial) refuse(11000, "The free edition has no topics");
  return withTopics(group);
}

/** Finds a topic of a group: 11000 when the group has none at all, 10010 when it has not this one. */
export function findTopic(group: Group, id: string): Topic {
  return withTopics(group).topics.get(id) ?? refuse(10010, noTopic(group, id));
}

/** Says that a topic is not there. */
export function noTopic(group: Group, id: string): string {
  return `Community ${quote(group.id)} has no topic ${quote(id)}`;
}

function withTopics(group: Group): Group {
  if (!rulesOf(group).topics || group.supportTopic === 0) {
    refuse(11000, `Group ${quote(group.id)} is no community with topics (SupportTopic 1)`);
  }
  return group;
}
