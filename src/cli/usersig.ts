/**
 * `tim usersig`: sign, inspect and verify UserSigs.
 *
 * @module
 */

import {
  type RoomPrivilege,
  roomPrivileges,
  type RoomRef,
  signPrivateMapKey,
} from "../core/user_buf.ts";
import { signUserSig } from "../core/user_sig.ts";
import { DEFAULT_EXPIRE_SECONDS } from "../core/user_sig_rules.ts";
import { decodeUserSig, verifyUserSig } from "../core/user_sig_verify.ts";
import { nearest } from "../api/nearest.ts";
import { readArguments } from "./arguments.ts";
import { type CliIo, UsageError } from "./io.ts";
import type { Options } from "./manual.ts";
import { userSigManual, userSigParts } from "./manuals/usersig.ts";
import { readSecretKeys, refuseKeyInArguments } from "./secret_key.ts";
import { parseDuration } from "./times.ts";
import { claimsAsData, claimsInWords, faultInWords } from "./usersig_text.ts";

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
  // `--json` may stand before the word, too.
  const at = args.findIndex((word) => word !== "--json");
  const name = args[at];
  if (name === undefined || !Object.hasOwn(commands, name)) {
    const near = name && nearest(name, Object.keys(commands));
    throw new UsageError(
      `${name === undefined ? "say" : `"${name}" is none of`} sign, inspect or verify` +
        (near ? `; did you mean ${near}?` : ""),
    );
  }
  return await commands[name]!(args.toSpliced(at, 1), io);
}

async function sign(args: string[], io: CliIo): Promise<number> {
  const { values } = read("sign", args, false);
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
  const { values, positionals } = read("inspect", args, true);
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
  const { values, positionals } = read("verify", args, true);
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

/** Reads the arguments of one of the three; the options of the others are wrong there. */
function read(part: keyof typeof userSigParts, args: string[], operands: boolean) {
  const taken: readonly string[] = [...userSigParts[part], "json", "help"];
  const options = Object.fromEntries(
    Object.entries<Options[string]>(userSigManual.options).filter(([name]) => taken.includes(name)),
  ) as typeof userSigManual.options;
  return readArguments({ options, operands }, args);
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
