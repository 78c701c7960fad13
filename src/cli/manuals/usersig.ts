/**
 * The manual of `tim usersig`.
 *
 * @module
 */

import { wrap } from "../help_text.ts";
import { manual } from "../manual.ts";
import { keyHelp, keyOptions } from "../secret_key_options.ts";

/** What `sign`, `inspect` and `verify` take, besides `--json` and `--help`. */
export const userSigParts = {
  sign: ["user", "expire", "room", "str-room", "privileges", "sdk-app-id", "key-file", "key-stdin"],
  inspect: [],
  verify: ["user", "skew", "sdk-app-id", "key-file", "key-stdin"],
} as const;

/** `tim usersig`. */
export const userSigManual = manual({
  name: "usersig",
  summary: "sign, inspect and verify UserSigs",
  usage: [
    "sign --user <identifier> [--expire 1d]",
    "sign --user <identifier> --room <number> | --str-room <name>\n" +
    "                   --privileges enterRoom,receiveAudio | all",
    "inspect <UserSig | ->",
    "verify <UserSig | -> [--user <identifier>] [--skew 30s]",
  ],
  about: "- reads the UserSig from standard input, where no process list shows it.",
  operands: true,
  options: {
    user: {
      type: "string",
      value: "<identifier>",
      help: "Whom to sign for, or who it must be",
    },
    expire: {
      type: "string",
      value: "<duration>",
      help: "Lifetime: 1d, 12h, 30m, 90s; 180d when left out",
    },
    room: {
      type: "string",
      value: "<number>",
      help: "Makes a PrivateMapKey for this TRTC room",
    },
    "str-room": { type: "string", value: "<name>", help: "The same for a room with a name" },
    privileges: {
      type: "string",
      value: "<names>",
      help: "What may be done in the room: all, or some of those below, with commas between",
    },
    skew: {
      type: "string",
      value: "<duration>",
      help: "How long after its end it is still taken",
    },
    "sdk-app-id": {
      type: "string",
      value: "<number>",
      help: "The app; TIM_SDK_APP_ID when left out",
    },
    ...keyOptions,
  },
  notes: async () => {
    const { roomPrivileges } = await import("../../core/user_buf.ts");
    const names = Object.keys(roomPrivileges).join(", ");
    return `${keyHelp}\n\n${wrap(`Privileges: ${names}`, "", "  ")}`;
  },
  examples: [
    "tim usersig sign --user alice --expire 1d",
    "tim usersig sign --user alice --room 10000 --privileges enterRoom,receiveAudio",
    "tim usersig sign --user alice | tim usersig verify - --user alice",
    "tim usersig sign --user alice | tim usersig inspect - --json",
  ],
  exitCodes: { 0: "signed or valid", 1: "invalid or expired", 2: "used wrongly" },
});
