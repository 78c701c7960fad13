/**
 * What each form of group can do, as data: the one place where forms differ.
 *
 * Source: the table of group types in the Chat documentation, kept as `x-group-types` of group.yaml.
 *
 * @module
 */

/** A group's form; some have two names. Source: `GroupType` of the group commands. */
export type GroupForm =
  | "Work"
  | "Public"
  | "Meeting"
  | "AVChatRoom"
  | "BChatRoom"
  | "Community";

/** Every name that a form can be given by. */
export const GROUP_FORMS: Readonly<Record<string, GroupForm>> = {
  Public: "Public",
  Private: "Work",
  Work: "Work",
  ChatRoom: "Meeting",
  Meeting: "Meeting",
  AVChatRoom: "AVChatRoom",
  BChatRoom: "BChatRoom",
  Community: "Community",
};

/** What groups of one form can do. */
export interface GroupRules {
  /** Keeps members: they can be added, imported, read, changed and made owner. */
  members: boolean;
  /** Members can be administrators by their role. */
  admins: boolean;
  /** Members can be muted one by one. */
  mutes: boolean;
  /** Counts unread messages. */
  unread: boolean;
  /** Keeps messages that can be read, changed, pinned and commented on later. */
  history: boolean;
  /** History can be cleared for the members. */
  clearing: boolean;
  /** Tells who has read a message. */
  receipts: boolean;
  /** Keeps key-values of single messages. */
  extensions: boolean;
  /** Sends messages to chosen members only. */
  chosenMembers: boolean;
  /** Has counters. */
  counters: boolean;
  /** Knows who is online, and has administrators and robots of its own. */
  onlineList: boolean;
  /** Stays hidden until the first message. */
  needsFirstMessage: boolean;
  /** The owner may be taken out, which leaves the group without one. */
  ownerMayLeave: boolean;
  /** How requests to join are handled, where the form decides; elsewhere it can be chosen. */
  fixedJoinOption?: "FreeAccess" | "DisableApply";
  /** What a new member's MsgFlag is. */
  msgFlag: "AcceptAndNotify" | "AcceptNotNotify";
  /** Member lists are read with Next instead of Offset. */
  pagesByNext: boolean;
  /** Can have topics and permission groups. */
  topics: boolean;
}

const COMMON: GroupRules = {
  members: true,
  admins: true,
  mutes: true,
  unread: true,
  history: true,
  clearing: true,
  receipts: true,
  extensions: true,
  chosenMembers: true,
  counters: true,
  onlineList: false,
  needsFirstMessage: false,
  ownerMayLeave: false,
  msgFlag: "AcceptAndNotify",
  pagesByNext: false,
  topics: false,
};

const LIVE: GroupRules = {
  ...COMMON,
  members: false,
  admins: false,
  unread: false,
  history: false,
  receipts: false,
  extensions: false,
  chosenMembers: false,
  onlineList: true,
  fixedJoinOption: "FreeAccess",
  msgFlag: "AcceptNotNotify",
};

/** The rules of each form. */
export const GROUP_RULES: Readonly<Record<GroupForm, GroupRules>> = {
  Work: {
    ...COMMON,
    admins: false,
    mutes: false,
    needsFirstMessage: true,
    ownerMayLeave: true,
    fixedJoinOption: "DisableApply",
  },
  Public: COMMON,
  Meeting: { ...COMMON, unread: false, msgFlag: "AcceptNotNotify" },
  AVChatRoom: LIVE,
  // Outdated, and described nowhere but for the fact that nobody can be invited.
  BChatRoom: LIVE,
  Community: {
    ...COMMON,
    clearing: false,
    receipts: false,
    extensions: false,
    chosenMembers: false,
    counters: false,
    fixedJoinOption: "FreeAccess",
    pagesByNext: true,
    topics: true,
  },
};
