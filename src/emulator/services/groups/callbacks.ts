/**
 * What the app's own server is asked and told about groups.
 * Source: "Webhooks", group events, of the Chat documentation.
 *
 * @module
 */

import { refuse } from "../../refusal.ts";
import type { Group } from "../../store/groups.ts";
import type { World } from "../../store/world.ts";

/** An answer to a "before" callback. */
interface BeforeAnswer {
  ErrorCode: number;
  ErrorInfo?: string;
}

/** What the server may refuse with instead of 1, which means 10016. */
const OWN_CODES = { first: 10100, last: 10200 };

/** Refuses what the app's server refused: with 10016, or with its own code. */
export function heed(answer: BeforeAnswer | undefined): void {
  if (!answer || answer.ErrorCode === 0) return;
  const { ErrorCode, ErrorInfo = "" } = answer;
  const own = ErrorCode >= OWN_CODES.first && ErrorCode <= OWN_CODES.last;
  refuse(
    own ? ErrorCode : 10016,
    ErrorInfo || `The app's own server refused it with ErrorCode ${ErrorCode}`,
  );
}

/** Accounts as callbacks list them. */
export function accountList(accounts: Iterable<string>): { Member_Account: string }[] {
  return Array.from(accounts, (Member_Account) => ({ Member_Account }));
}

/** The fields of a group that most callbacks begin with. */
export function groupFields({ id, type }: Group): { GroupId: string; Type: string } {
  return { GroupId: id, Type: type };
}

/** Tells that a group is full, when it is. */
export function tellWhenFull(world: World, group: Group): void {
  if (group.members.size < group.maxMemberNum) return;
  world.emit("Group.CallbackAfterGroupFull", { GroupId: group.id });
}
