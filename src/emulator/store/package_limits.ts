/**
 * What an app's package allows: the largest one's numbers.
 *
 * Source: "Limits" of the Chat documentation (enterprise plan). No page gives numbers for live groups and
 * rooms; theirs are chosen so that nobody reaches them by accident.
 *
 * @module
 */

import type { GroupForm } from "./groups.ts";

/** The most members of a group. */
export function maxGroupMembers(form: GroupForm): number {
  if (form === "Community") return 100_000;
  return form === "AVChatRoom" || form === "BChatRoom" ? 1_000_000 : 6000;
}

/** The most members of a conference. */
export const MAX_CONFERENCE_MEMBERS = 6000;
/** The most members of a live room. */
export const MAX_LIVE_MEMBERS = 1_000_000;

/** How long messages stay in the history, in seconds: 7 days, unless more is paid for. */
export const ROAMING_SECONDS = 7 * 86_400;
