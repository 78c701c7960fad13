/**
 * What `tim doctor` understands: flags, environment and the project file.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { ConfigError } from "../../core/errors.ts";
import { regions } from "../../core/regions.ts";
import { addressKind } from "../../doctor/address_kinds.ts";
import { publicControlHosts } from "../../doctor/checks/control.ts";
import type { DoctorCredentials } from "../../doctor/checks/credentials.ts";
import { publicEgressServices } from "../../doctor/egress_services.ts";
import type { DoctorOptions } from "../../doctor/run.ts";
import { findTarget, type TargetChoice } from "../../doctor/target.ts";
import { isLanguage, type Language, languages } from "../../doctor/texts/all.ts";
import { readArguments } from "../arguments.ts";
import type { CliIo } from "../io.ts";
import { localeLanguage } from "../locale.ts";
import { doctorManual } from "../manuals/doctor.ts";
import { decodeText, readTextFile } from "../text_file.ts";

/** One in China, one elsewhere: an accusation of the local DNS needs a witness that can be reached. */
const PUBLIC_DOH = ["https://doh.pub/dns-query", "https://cloudflare-dns.com/dns-query"];
const PROJECT_FILE = "tim-doctor.json";

type Flags = ReturnType<typeof readArguments<typeof doctorManual.options>>["values"];

/** A command line, understood. */
export interface DoctorCommand {
  /** What the examination takes, but for the machine. */
  run: Omit<DoctorOptions, "platform">;
  flags: Flags;
  language: Language;
  /** Time between two examinations, in milliseconds; only one is made when absent. */
  watchMs?: number;
}

/**
 * Reads it all.
 *
 * @throws {ConfigError} When something is wrong; `readArguments` throws for unknown flags.
 */
export async function readCommand(args: string[], env: CliIo["env"]): Promise<DoctorCommand> {
  const flags: Flags = readArguments(doctorManual, args).values;
  const choice = chooseTarget(flags, env);
  const { host, region } = findTarget(choice);
  const resolve = flags.resolve?.map((entry) => readResolve(entry, host));
  // A host on this machine, or one whose address was given, says nothing of the way out.
  const outside = !resolve && addressKind(host) !== "loopback" && !/(^|\.)localhost$/.test(host);
  return {
    flags,
    language: chooseLanguage(flags.lang, env),
    watchMs: flags.watch === undefined ? undefined : readSeconds("--watch", flags.watch, 86_400),
    run: {
      ...choice,
      ...await readProjectFile(flags.config),
      resolve,
      timeoutMs: readSeconds("--timeout", flags.timeout ?? "5", 60),
      idleMs: flags.idle === undefined ? undefined : readSeconds("--idle", flags.idle, 3600),
      ...(flags.ca !== undefined && { extraCa: await readPem(flags.ca), caFile: flags.ca }),
      only: flags.only?.flatMap((names) => names.split(",").map((name) => name.trim())),
      credentials: flags["no-credentials"] ? undefined : readCredentials(env),
      ...(!flags["no-regions"] && (flags.regions || (region !== undefined && !resolve)) && {
        regionHosts: regions.filter(({ status }) => status === "documented"),
      }),
      ...(!flags["no-third-party"] && {
        dohServers: PUBLIC_DOH,
        egressServices: publicEgressServices,
        ...(outside && { controlHosts: publicControlHosts }),
      }),
    },
  };
}

/** Flags go before the environment; a host before a region. */
function chooseTarget({ host, region }: Flags, env: CliIo["env"]): TargetChoice {
  if (host !== undefined || region !== undefined) return { host, region };
  if (env.TIM_REGION && env.TIM_BASE_URL) {
    throw new ConfigError("TIM_REGION and TIM_BASE_URL are both set, wanted one of them");
  }
  return { region: env.TIM_REGION || undefined, baseUrl: env.TIM_BASE_URL || undefined };
}

/** The flag, or the locale's language if there are texts in it. */
export function chooseLanguage(flag: string | undefined, env: CliIo["env"]): Language {
  if (flag !== undefined) {
    if (isLanguage(flag)) return flag;
    throw new ConfigError(`--lang is "${flag}", wanted one of: ${languages.join(", ")}`);
  }
  const word = localeLanguage(env);
  return isLanguage(word) ? word : "en";
}

/** The app's credentials, when both of them are set. */
function readCredentials(env: CliIo["env"]): DoctorCredentials | undefined {
  const { TIM_SDK_APP_ID: id, TIM_SECRET_KEY: secretKey } = env;
  if (!id && !secretKey) return undefined;
  if (!id || !secretKey) {
    const [set, missing] = id
      ? ["TIM_SDK_APP_ID", "TIM_SECRET_KEY"]
      : ["TIM_SECRET_KEY", "TIM_SDK_APP_ID"];
    throw new ConfigError(
      `${set} is set, but ${missing} is not: set both to have them checked, or give --no-credentials`,
    );
  }
  if (!/^\d+$/.test(id)) {
    throw new ConfigError(`TIM_SDK_APP_ID is "${id}", wanted a number like 1400000000`);
  }
  return { sdkAppId: Number(id), secretKey, identifier: env.TIM_IDENTIFIER || "administrator" };
}

function readSeconds(flag: string, text: string, most: number): number {
  const seconds = Number(text);
  if (seconds >= 0.1 && seconds <= most) return seconds * 1000;
  throw new ConfigError(`${flag} is "${text}", wanted seconds from 0.1 to ${most}`);
}

/** Reads `HOST:IP`, as curl does without the port. */
function readResolve(entry: string, host: string): string {
  const colon = entry.indexOf(":");
  const address = entry.slice(colon + 1).replace(/^\[|\]$/g, "");
  if (colon < 1 || !isIP(address)) {
    throw new ConfigError(`--resolve is "${entry}", wanted HOST:IP, like ${host}:192.0.2.1`);
  }
  if (entry.slice(0, colon).toLowerCase() !== host) {
    throw new ConfigError(`--resolve is "${entry}", but the host to look at is ${host}`);
  }
  return address;
}

async function readPem(path: string): Promise<string> {
  const pem = await readTextFile(path, `--ca ${path}`);
  if (!pem.includes("-----BEGIN CERTIFICATE-----")) {
    throw new ConfigError(
      `--ca ${path} holds no certificate, wanted PEM (-----BEGIN CERTIFICATE-----)`,
    );
  }
  return pem;
}

/** The file named by `--config`, or the one in this folder if there is one. */
async function readProjectFile(
  named: string | undefined,
): Promise<Pick<DoctorOptions, "off" | "accept">> {
  const path = named ?? PROJECT_FILE;
  const bytes = await readFile(path).catch((error: Error) => {
    if (named === undefined) return undefined;
    throw new ConfigError(`--config ${path} cannot be read: ${error.message}`);
  });
  if (bytes === undefined) return {};
  const text = decodeText(bytes, path);
  let settings: { off?: unknown; accept?: unknown };
  try {
    settings = JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`${path} is not JSON: ${(error as Error).message}`);
  }
  if (typeof settings !== "object" || settings === null || Array.isArray(settings)) {
    throw new ConfigError(`${path} is no JSON object, wanted one with "off" and "accept"`);
  }
  const { off = [], accept = [], ...others } = settings;
  const strange = Object.keys(others)[0];
  if (strange !== undefined) {
    throw new ConfigError(`${path} has "${strange}", wanted "off" and "accept" only`);
  }
  const words = (list: unknown) =>
    Array.isArray(list) && list.every((each) => typeof each === "string");
  if (!words(off)) throw new ConfigError(`"off" of ${path} is no list of checks, like ["idle"]`);
  const entries = (list: unknown) =>
    Array.isArray(list) && list.every((each) => typeof each === "object" && each !== null);
  if (!entries(accept)) {
    throw new ConfigError(
      `"accept" of ${path} is no list of entries, like [{"id":"reuse.closed","reason":"…"}]`,
    );
  }
  return { off, accept } as Pick<DoctorOptions, "off" | "accept">;
}
