/**
 * `tim emulator`: the emulator alone, for clients in any language.
 *
 * @module
 */

import {
  createEmulator,
  EMULATOR_APP,
  type EmulatorApp,
  type EmulatorCall,
  type HonoApp,
  parseAppOption,
} from "../emulator/mod.ts";
import { serveEmulator } from "../runtime/serve_emulator.ts";
import { untilStopped } from "../runtime/until_stopped.ts";
import { makeTls, openData, readSeed, type TlsFiles } from "./emulator_files.ts";
import { readArguments } from "./arguments.ts";
import { EXIT } from "./exit_codes.ts";
import type { CliIo } from "./io.ts";
import { emulatorManual } from "./manuals/emulator.ts";
import { readPort } from "./options.ts";

/** Runs `tim emulator`; until Ctrl-C or SIGTERM. */
export async function runEmulatorCommand(args: string[], io: CliIo): Promise<number> {
  const { values } = readArguments(emulatorManual, args);
  const { trial = false, limits = false, json } = values;
  const port = readPort("--port", values.port);
  const apps = [EMULATOR_APP, ...(values.app ?? []).map(parseAppOption)].map((app) => ({
    ...app,
    trial,
  }));
  const tls = values.tls === undefined ? undefined : await makeTls(values.tls, values["tls-ca"]);
  const emulator = createEmulator({
    apps,
    anyApp: values["any-app"] ?? false,
    trial,
    limits,
    seed: values.seed === undefined ? undefined : await readSeed(values.seed),
    journals: values.data === undefined ? undefined : await openData(values.data),
    webhooks: values.webhook === undefined
      ? undefined
      : { url: values.webhook, token: values["webhook-token"] },
    onCall: (call) => {
      if (!values.quiet) io.err(json ? JSON.stringify(call) + "\n" : logLine(call));
    },
  });
  const { url } = await serveEmulator((request) => emulator.fetch(request), {
    hostname: values.hostname,
    port,
    portOption: "--port",
    tls,
  });
  // Before anybody can know that it runs, and end it.
  const stopped = untilStopped();
  const clock = json || !(values.data || values.seed) ? "" : await clockText(emulator);
  io.out(json ? dataOf(url, apps, tls) : textOf(url, apps, tls, clock));
  await stopped;
  return EXIT.done;
}

function textOf(
  url: string,
  apps: EmulatorApp[],
  tls: TlsFiles | undefined,
  clock: string,
): string {
  return `\nEmulator of the Chat, Room and Live backend on ${url}\n\n${
    apps.map(appLine).join("\n")
  }\n
Calls go to ${url}/v4/<servicename>/<command>; ${url}/_emulator/ controls it. Ctrl-C ends it.\n${
    tls ? tlsText(tls) : ""
  }${clock}\n`;
}

/** Keys that were given are not shown here either. */
function dataOf(url: string, apps: EmulatorApp[], tls: TlsFiles | undefined): string {
  const shown = apps.map(({ sdkAppId, secretKey, admins, trial }) => ({
    sdkAppId,
    admins,
    trial,
    ...(secretKey === EMULATOR_APP.secretKey && { secretKey }),
  }));
  const data = {
    url,
    control: `${url}/_emulator/`,
    apps: shown,
    ...(tls && { tls: { names: tls.names, ca: tls.caPath } }),
  };
  return JSON.stringify(data, null, 2) + "\n";
}

function tlsText({ caPath, names }: TlsFiles): string {
  return `\nThe certificate is for ${names.join(", ")}, localhost and 127.0.0.1.
Let clients trust ${caPath}:
  NODE_EXTRA_CA_CERTS, DENO_CERT or SSL_CERT_FILE=${caPath}
It is made anew at every start, and its key is not kept.\n`;
}

/** Says when the clock goes otherwise: fresh UserSigs may be expired by it, and nobody would guess why. */
async function clockText(emulator: HonoApp): Promise<string> {
  const { now, iso, frozen } = await (await emulator.request("/_emulator/clock")).json();
  if (!frozen && Math.abs(now - Date.now()) < 1000) return "";
  return `\nThe clock ${frozen ? "stands at" : "was moved, and shows"} ${iso}, as it was left; ` +
    `POST {"reset":true} to /_emulator/clock puts it right.\n`;
}

function appLine({ sdkAppId, secretKey, admins }: EmulatorApp): string {
  const key = secretKey === EMULATOR_APP.secretKey ? secretKey : "as given, not shown";
  return `  SDKAppID ${sdkAppId}, administrator ${admins!.join(", ")}\n  key ${key}`;
}

function logLine(
  { method, path, command, errorCode, errorInfo, tookMs, fault }: EmulatorCall,
): string {
  const time = new Date().toTimeString().slice(0, 8);
  const broken = fault === undefined ? "" : ` [${fault}]`;
  const outcome = (errorCode === 0 ? "OK" : `${errorCode} ${errorInfo}`) + broken;
  return `${time} ${method} ${command ?? path} ${tookMs.toFixed(0)} ms ${outcome}\n`;
}
