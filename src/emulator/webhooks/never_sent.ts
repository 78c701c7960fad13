/**
 * The callbacks that no command of a server brings about.
 *
 * @module
 */

const CLIENTS = "The backend sends it for what clients do, never for a command; no client connects";
const DEVICES = "No push reaches a device, so there is no result of one to tell";

/** Why the emulator never sends them, by name. */
export const neverSent: Readonly<Record<string, string>> = {
  "Sns.CallbackPrevFriendAdd": CLIENTS,
  "Sns.CallbackPrevFriendResponse": CLIENTS,
  "Group.CallbackBeforeApplyJoinGroup": CLIENTS,
  "Group.CallbackOnMemberStateChange":
    "It tells of clients that lose their network and come back; no client connects",
  "Chatbot.OnC2CSignalMessage": CLIENTS,
  "Chatbot.InterfaceInvocation": "A task of Desk asks for it, and not Chat",
  "ContentCallback.ResultNotify": "It tells what cloud moderation found; nothing is judged here",
  "Push.AllMemberPush": DEVICES,
  "Push.OfflinePush": DEVICES,
  "Live.CallbackAfterEndBattle":
    "A battle ends when its time is over, and no command comes then; callbacks follow commands",
  "Live.CallbackAfterCreateRoomReachingThreshold":
    "It tells that the rooms of a package run out; here there are as many as one makes",
  "Live.CallbackBeforeSendGift": CLIENTS,
};
