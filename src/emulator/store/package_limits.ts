/**
 * What an app's package allows: the largest one's numbers.
 *
 * Source: "Limits" of the Chat documentation (enterprise plan). No page gives numbers for live groups and
 * rooms; theirs are chosen so that nobody reaches them by accident.
 *
 * @module
 */

import type { GroupForm } from "./group_types.ts";

/** The most accounts of the free edition. */
export const TRIAL_ACCOUNTS = 100;
/** The most members of its conferences, and of its groups, live groups and communities aside. */
const TRIAL_MEMBERS = 20;

/** The most members of a group. */
export function maxGroupMembers(form: GroupForm, trial: boolean): number {
  if (trial && /^(Work|Public|Meeting)$/.test(form)) return TRIAL_MEMBERS;
  if (form === "Community") return 100_000;
  return form === "AVChatRoom" || form === "BChatRoom" ? 1_000_000 : 6000;
}

/** The most groups of the free edition. */
export const TRIAL_GROUPS = 100;
/** The most live groups of the free edition. */
export const TRIAL_LIVE_GROUPS = 10;

/** How many messages, and how many streams, the free edition sends into groups in a day. */
export const TRIAL_GROUP_MESSAGES = 1000;

/** The most groups that an account can be a member of. */
export function maxGroupsOfAccount(trial: boolean): number {
  return trial ? 50 : 5000;
}

/** How many groups an app may grow by in a day, and at which number its server is warned. */
export const DAILY_GROUPS = 10_000;
export const DAILY_GROUPS_ALARM = 7000;
/** The most communities of an app. */
export const MAX_COMMUNITIES = 100_000;
/** The most topics of a community. */
export const MAX_TOPICS = 200;

/** The most members of a conference. */
export function maxConferenceMembers(trial: boolean): number {
  return trial ? TRIAL_MEMBERS : 6000;
}

/** The most members of a live room. */
export const MAX_LIVE_MEMBERS = 1_000_000;

/** How long a message of a live group, which keeps no history, can be recalled, in seconds. */
export const LIVE_MESSAGE_LIFE = 3600;
/** The most seats of a room. */
export const MAX_SEATS = 100;
/** How long messages stay in the history, in seconds: 7 days, unless more is paid for. */
export const ROAMING_SECONDS = 7 * 86_400;

/** How many pushes to all users an app makes in a day. */
export function dailyPushes(trial: boolean): number {
  return trial ? 10 : 100;
}
