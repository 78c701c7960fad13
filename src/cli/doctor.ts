/**
 * `tim doctor`: why calls to the backend fail from this machine.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { parseArgs } from "node:util";
import { ConfigError } from "../core/errors.ts";
import { regions } from "../core/regions.ts";
import { publicControlHosts } from "../doctor/checks/control.ts";
import type { DoctorCredentials } from "../doctor/checks/credentials.ts";
import { publicEgressServices } from "../doctor/egress_services.ts";
import { addressKind } from "../doctor/address_kinds.ts";
import { exitCode } from "../doctor/exit_code.ts";
import type { DoctorPlatform } from "../doctor/platform.ts";
import { renderJson } from "../doctor/render_json.ts";
import { renderText } from "../doctor/render_text.ts";
import { type DoctorOptions, runDoctor } from "../doctor/run.ts";
import { findTarget, type TargetChoice } from "../doctor/target.ts";
import { hostPlatform } from "../runtime/doctor_host.ts";
import type { CliIo } from "./io.ts";

const USED_WRONGLY = 2;

/** One in China, one elsewhere: an accusation of the local DNS needs a witness that can be reached. */
const PUBLIC_DOH = ["https://doh.pub/dns-query", "https://cloudflare-dns.com/dns-query"];

const options = {
  host: { type: "string" },
  region: { type: "string" },
  resolve: { type: "string", multiple: true },
  ca: { type: "string" },
  timeout: { type: "string" },
  idle: { type: "string" },
  "no-third-party": { type: "boolean" },
  "no-credentials": { type: "boolean" },
  regions: { type: "boolean" },
  json: { type: "boolean" },
  strict: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

type Flags = ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];

/**
 * Runs the subcommand.
 *
 * @param args What stands behind `doctor` on the command line.
 * @param io Where to write, and the environment.
 * @param platform The machine to look from.
 * @returns The exit code: 0 healthy, 1 a problem, 2 used wrongly, 3 warnings under `--strict`, 4 could not
 * look.
 */
export async function runDoctorCommand(
  args: string[],
  io: CliIo,
  platform: DoctorPlatform = hostPlatform(),
): Promise<number> {
  let flags: Flags;
  let run: Omit<DoctorOptions, "platform">;
  try {
    flags = parseArgs({ args, options }).values;
    if (flags.help) {
      io.out(help());
      return 0;
    }
    const choice = chooseTarget(flags, io.env);
    run = {
      ...choice,
      ...await readFlags(flags, findTarget(choice).host),
      credentials: flags["no-credentials"] ? undefined : readCredentials(io.env),
    };
  } catch (error) {
    io.err(`tim doctor: ${(error as Error).message}\nTry: tim doctor --help\n`);
    return USED_WRONGLY;
  }
  const progress = showProgress(io, flags.json === true);
  const report = await runDoctor({
    ...run,
    ...(!flags["no-third-party"] &&
      {
        dohServers: PUBLIC_DOH,
        egressServices: publicEgressServices,
        // A host on this machine, or one whose address was given, says nothing of the way out.
        ...(!run.resolve && !isLoopbackTarget(run) && { controlHosts: publicControlHosts }),
      }),
    ...(flags.regions && { regionHosts: regions.filter(({ status }) => status === "documented") }),
    platform: { ...platform, env: io.env },
    onFinding: progress.next,
  });
  progress.end();
  if (flags.json) {
    io.out(JSON.stringify(renderJson(report, { strict: flags.strict }), null, 2) + "\n");
  } else {
    const color = io.isTTY && !io.env.NO_COLOR;
    io.out(renderText(report, { color, unicode: showsUnicode(io.env) }));
  }
  return exitCode(report, flags.strict);
}

/** Flags go before the environment; a host before a region. */
function chooseTarget({ host, region }: Flags, env: CliIo["env"]): TargetChoice {
  if (host !== undefined || region !== undefined) return { host, region };
  if (env.TIM_REGION && env.TIM_BASE_URL) {
    throw new ConfigError("TIM_REGION and TIM_BASE_URL are both set, wanted one of them");
  }
  return { region: env.TIM_REGION || undefined, baseUrl: env.TIM_BASE_URL || undefined };
}

function isLoopbackTarget(choice: TargetChoice): boolean {
  return addressKind(findTarget(choice).host) === "loopback" ||
    /(^|\.)localhost$/.test(findTarget(choice).host);
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

async function readFlags(
  { timeout, idle, ca, resolve }: Flags,
  host: string,
): Promise<Pick<DoctorOptions, "timeoutMs" | "idleMs" | "extraCa" | "resolve">> {
  return {
    timeoutMs: readSeconds("--timeout", timeout ?? "5", 60),
    idleMs: idle === undefined ? undefined : readSeconds("--idle", idle, 3600),
    resolve: resolve?.map((entry) => readResolve(entry, host)),
    extraCa: ca === undefined ? undefined : await readPem(ca),
  };
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
  const pem = await readFile(path, "utf8").catch((error: Error) => {
    throw new ConfigError(`--ca ${path} cannot be read: ${error.message}`);
  });
  if (!pem.includes("-----BEGIN CERTIFICATE-----")) {
    throw new ConfigError(
      `--ca ${path} holds no certificate, wanted PEM (-----BEGIN CERTIFICATE-----)`,
    );
  }
  return pem;
}

/** On a terminal, says what has been looked at so far, and wipes it out at the end. */
function showProgress(
  io: CliIo,
  quiet: boolean,
): { next?: DoctorOptions["onFinding"]; end(): void } {
  if (!io.isTTY || quiet) return { end() {} };
  const done: string[] = [];
  const wipe = "\r\x1b[K";
  return {
    next: ({ check }) => {
      done.push(check);
      io.err(`${wipe}looking: ${done.join(", ")}`);
    },
    end: () => io.err(wipe),
  };
}

/** Windows Terminal and the consoles of editors show UTF-8; elsewhere the locale says it. */
function showsUnicode(env: CliIo["env"]): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return locale
    ? /utf-?8/i.test(locale)
    : Boolean(env.WT_SESSION || env.TERM_PROGRAM || env.__CF_USER_TEXT_ENCODING);
}

function help(): string {
  const hosts = regions.map(({ id, label, host, backupHost }) =>
    `  ${id.padEnd(4)} ${label.padEnd(15)} ${host.padEnd(26)} ${backupHost}`
  ).join("\n");
  return `Finds out why calls to the backend fail from this machine, or that they should not.


Usage: deno task doctor [options]        (or: tim doctor [options])

  --host HOST[:PORT]   the host to look at, over HTTPS
  --region REGION      the host of a region, see below
  --resolve HOST:IP    connect to this address in place of what DNS says; repeatable
  --ca FILE            trust this root certificate (PEM) too, for a private host
  --timeout SECONDS    the longest a single probe may take (5; a call gets 4 at least)
  --idle SECONDS       watch how long an idle connection lives; takes that time
  --regions            measure every region's host too, and find the app's own
  --no-credentials     make no signed call, even if TIM_SDK_APP_ID and TIM_SECRET_KEY are set
  --no-third-party     ask nobody but the host and the configured DNS servers
  --json               the report as JSON, for programs
  --strict             warnings give exit code 3
  -h, --help           this text

Without --host and --region, TIM_REGION or TIM_BASE_URL says where to look; without
these, it is China's host. NO_COLOR is honoured.

It asks the host itself and the configured DNS servers. When TIM_SDK_APP_ID and
TIM_SECRET_KEY are set (TIM_IDENTIFIER: administrator), it makes one signed call that only
reads, over a verified certificate; the key never leaves this machine.

--no-third-party leaves out whom it asks besides:
  doh.pub (DNSPod) and cloudflare-dns.com, for the host's name, to compare with; they see
    that name and this machine's address
  whoami.ds.akahelp.net, whoami.v4.powerdns.org, o-o.myaddr.l.google.com and
    myip.opendns.com, by DNS, for the addresses with which this machine and its DNS servers
    go out; and cymru.com, by DNS, for the networks of these addresses
  223.5.5.5 (dns.alidns.com) and 1.1.1.1, by a TLS handshake, only after the host has failed:
    do they answer?

Examples:
  deno task doctor --region sgp
  deno task doctor --host console.tim.qq.com --json > report.json
  TIM_BASE_URL=http://127.0.0.1:8788 deno task doctor        (a local emulator)
  deno task doctor --host tim.internal:8443 --ca company-root.pem

Exit codes: 0 healthy, 1 a problem, 2 used wrongly, 3 warnings (--strict), 4 could not look

Regions, their hosts and backup hosts:
${hosts}
`;
}
