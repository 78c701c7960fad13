/**
 * `tim usersig`: sign, inspect and verify UserSigs.
 *
 * @module
 */

import { parseArgs } from "node:util";
import {
  type RoomPrivilege,
  roomPrivileges,
  type RoomRef,
  signPrivateMapKey,
} from "../core/user_buf.ts";
import { signUserSig } from "../core/user_sig.ts";
import { DEFAULT_EXPIRE_SECONDS } from "../core/user_sig_rules.ts";
import { decodeUserSig, verifyUserSig } from "../core/user_sig_verify.ts";
import { type CliIo, UsageError } from "./io.ts";
import { keyHelp, keyOptions, readSecretKeys, refuseKeyInArguments } from "./secret_key.ts";
import { parseDuration } from "./times.ts";
import { claimsAsData, claimsInWords, faultInWords } from "./usersig_text.ts";

const USAGE = `Usage:
  tim usersig sign --user <identifier> [--expire 1d] [--json]
      [--room <number> | --str-room <name>  --privileges enterRoom,receiveAudio | all]
  tim usersig inspect <UserSig | -> [--json]
  tim usersig verify <UserSig | -> [--user <identifier>] [--skew 30s] [--json]

  --user <identifier>        whom to sign for, or who it must be
  --expire <duration>        lifetime: 1d, 12h, 30m, 90s; 180d when left out
  --room, --str-room         makes a PrivateMapKey for this TRTC room
  --privileges <names>       ${Object.keys(roomPrivileges).join(", ")}; or all
  --skew <duration>          how long after its end it is still taken
  --sdk-app-id <number>      the app; TIM_SDK_APP_ID when left out
  --json                     data instead of text
  -                          reads the UserSig from standard input, where no process list shows it

${keyHelp}
Exit codes: 0 signed or valid, 1 invalid or expired, 2 used wrongly.
`;

const commonOptions = { json: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;
const appOption = { "sdk-app-id": { type: "string" } } as const;

const commands: Record<string, (args: string[], io: CliIo) => Promise<number>> = {
  sign,
  inspect,
  verify,
};

/**
 * Runs `tim usersig …`.
 *
 * @param args The words after `usersig`.
 * @param io The process around it.
 * @returns The exit code: 0 signed or valid, 1 invalid or expired, 2 used wrongly.
 * @throws {UsageError} When used wrongly in a way that has a message of its own; `parseArgs` and the core
 * throw their own errors. For all of them the exit code is 2.
 */
export async function runUserSigCommand(args: string[], io: CliIo): Promise<number> {
  refuseKeyInArguments(args);
  if (args.includes("--help") || args.includes("-h")) {
    io.out(USAGE);
    return 0;
  }
  const [name, ...rest] = args;
  if (name === undefined || !Object.hasOwn(commands, name)) {
    io.err(USAGE);
    return 2;
  }
  return await commands[name]!(rest, io);
}

async function sign(args: string[], io: CliIo): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      ...commonOptions,
      ...appOption,
      ...keyOptions,
      "user": { type: "string" },
      "expire": { type: "string" },
      "room": { type: "string" },
      "str-room": { type: "string" },
      "privileges": { type: "string" },
    },
  });
  if (values.user === undefined) throw new UsageError("Whom to sign for? Name them by --user");
  const identifier = values.user;
  const expireSeconds = values.expire === undefined
    ? DEFAULT_EXPIRE_SECONDS
    : parseDuration(values.expire, "--expire");
  const sdkAppId = appOf(values["sdk-app-id"], io);
  const place = roomOf(values);
  const [secretKey] = await readSecretKeys(values, io);
  const currentDate = new Date();
  const request = { sdkAppId, secretKey, identifier, expireSeconds, currentDate };
  const userSig = place === undefined
    ? await signUserSig(request)
    : await signPrivateMapKey({ ...request, ...place });
  if (!/^[\w-]*$/.test(identifier)) {
    io.err(
      "Warning: the identifier has characters other than letters, digits, _ and -; " +
        "parts of the documentation allow no others\n",
    );
  }
  if (!values.json) io.out(`${userSig}\n`);
  else {
    const decoded = await decodeUserSig(userSig);
    const claims = decoded.ok && claimsAsData(decoded.claims, secondsOf(currentDate));
    io.out(`${JSON.stringify({ userSig, ...claims }, null, 2)}\n`);
  }
  return 0;
}

async function inspect(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: commonOptions,
  });
  const decoded = await decodeUserSig(await userSigOf(positionals, io));
  const now = secondsOf(new Date());
  if (!decoded.ok) {
    if (values.json) io.out(`${JSON.stringify(decoded, null, 2)}\n`);
    else io.err(`Cannot be read (${decoded.reason}): ${faultInWords(decoded.reason)}\n`);
    return 1;
  }
  const { claims } = decoded;
  if (values.json) {
    io.out(`${JSON.stringify({ ok: true, ...claimsAsData(claims, now) }, null, 2)}\n`);
  } else {
    io.out(claimsInWords(claims, now));
    io.out("Not checked: whether the signature is genuine takes the key, see tim usersig verify\n");
  }
  return now > claims.expiresAt ? 1 : 0;
}

async function verify(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...commonOptions,
      ...appOption,
      ...keyOptions,
      "user": { type: "string" },
      "skew": { type: "string" },
    },
  });
  if (values["key-stdin"] && positionals[0] === "-") {
    throw new UsageError(
      "Standard input cannot hold both: give the key or the UserSig another way",
    );
  }
  const clockSkewSeconds = values.skew === undefined ? 0 : parseDuration(values.skew, "--skew");
  const sdkAppId = appOf(values["sdk-app-id"], io);
  const userSig = await userSigOf(positionals, io);
  const secretKey = await readSecretKeys(values, io);
  const currentDate = new Date();
  const now = secondsOf(currentDate);
  const verdict = await verifyUserSig(userSig, {
    sdkAppId,
    secretKey,
    identifier: values.user,
    clockSkewSeconds,
    currentDate,
  });
  if (values.json) {
    const { valid } = verdict;
    const data = valid ? { valid, ...claimsAsData(verdict.claims, now) } : verdict;
    io.out(`${JSON.stringify(data, null, 2)}\n`);
  } else if (verdict.valid) {
    io.out(`Valid: the signature is genuine\n${claimsInWords(verdict.claims, now)}`);
  } else {
    io.err(`Not valid (${verdict.reason}): ${faultInWords(verdict.reason)}\n`);
  }
  return verdict.valid ? 0 : 1;
}

function secondsOf(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

/** The value is not repeated in errors: it could be a key in the wrong place. */
function appOf(option: string | undefined, io: CliIo): number {
  const text = option ?? io.env.TIM_SDK_APP_ID;
  if (text === undefined) {
    throw new UsageError("Which app? Set TIM_SDK_APP_ID or name it by --sdk-app-id");
  }
  if (!/^\d{1,10}$/.test(text)) {
    const source = option === undefined ? "TIM_SDK_APP_ID" : "--sdk-app-id";
    throw new UsageError(
      `${source} must be a number from 1 to 4294967295, as the console shows it`,
    );
  }
  return Number(text);
}

function roomOf(
  values: { room?: string; "str-room"?: string; privileges?: string },
): RoomRef & { privileges: readonly RoomPrivilege[] | "all" } | undefined {
  const { room, "str-room": strRoomId, privileges } = values;
  if (room === undefined && strRoomId === undefined) {
    if (privileges === undefined) return undefined;
    throw new UsageError("--privileges needs a room: --room <number> or --str-room <name>");
  }
  if (room !== undefined && strRoomId !== undefined) {
    throw new UsageError("--room and --str-room exclude each other");
  }
  if (privileges === undefined) {
    throw new UsageError(
      `What may be done in the room? --privileges all, or out of: ${
        Object.keys(roomPrivileges).join(", ")
      }`,
    );
  }
  const granted = privileges === "all" ? privileges : privileges.split(",") as RoomPrivilege[];
  if (strRoomId !== undefined) return { strRoomId, privileges: granted };
  if (!/^\d{1,10}$/.test(room!)) {
    throw new UsageError("--room takes a number; a room with a name goes into --str-room");
  }
  return { roomId: Number(room), privileges: granted };
}

async function userSigOf(positionals: string[], io: CliIo): Promise<string> {
  if (positionals.length !== 1) {
    throw new UsageError(
      `Give one UserSig, or - to read it from standard input (${positionals.length} given)`,
    );
  }
  return positionals[0] === "-" ? (await io.stdin()).trim() : positionals[0]!;
}
