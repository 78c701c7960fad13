/**
 * `tim emulator`: the emulator alone, for clients in any language.
 *
 * @module
 */

import { parseArgs } from "node:util";
import {
  createEmulator,
  EMULATOR_APP,
  type EmulatorApp,
  type EmulatorCall,
  type HonoApp,
  parseAppOption,
} from "../emulator/mod.ts";
import { serveEmulator } from "../runtime/serve_emulator.ts";
import { makeTls, openData, readSeed, type TlsFiles } from "./emulator_files.ts";
import type { CliIo } from "./io.ts";
import { readPort } from "./options.ts";

const HELP = `tim emulator: a backend on this machine, for clients in any language

It answers the server REST API of Chat, Room and Live, and judges signatures and
fields as the real one does. Without --data it forgets everything when it ends.

Options:
  --app <SDKAPPID:KEY[:ADMIN]>  An app besides the well-known one; repeatable
  --any-app                     Every other SDKAppID has a world of its own, too,
                                signed with the well-known key
  --trial                       Apps have the free edition's limits
  --seed <file>                 What the worlds begin with: JSON, as
                                /_emulator/snapshot gives it
  --data <file>                 Keep everything in this SQLite file
  --limits                      Refuse calls that come too often
  --webhook <url>               Send callbacks to the app's server there
  --webhook-token <token>       Sign them with this token
  --tls <name[,name]>           Listen with https, with a certificate for these
                                host names; the real hosts' names, too
  --tls-ca <file>               Where to write what clients must trust; in a
                                folder of its own when left out
  --port <n>                    Port to listen on, default 8788
  --hostname <address>          Address to listen on, default 127.0.0.1
  --quiet                       Do not print a line for every call
  --help                        This text

The well-known app: SDKAppID ${EMULATOR_APP.sdkAppId}, administrator ${
  EMULATOR_APP.admins!.join(", ")
},
key ${EMULATOR_APP.secretKey}
`;

/** Runs `tim emulator`; does not come back until the process ends. */
export async function runEmulatorCommand(args: string[], io: CliIo): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      app: { type: "string", multiple: true, default: [] },
      "any-app": { type: "boolean", default: false },
      trial: { type: "boolean", default: false },
      seed: { type: "string" },
      data: { type: "string" },
      limits: { type: "boolean", default: false },
      webhook: { type: "string" },
      "webhook-token": { type: "string" },
      tls: { type: "string" },
      "tls-ca": { type: "string" },
      port: { type: "string", default: "8788" },
      hostname: { type: "string", default: "127.0.0.1" },
      quiet: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    io.out(HELP);
    return 0;
  }
  const { trial, limits } = values;
  const port = readPort("--port", values.port);
  const apps = [EMULATOR_APP, ...values.app.map(parseAppOption)].map((app) => ({ ...app, trial }));
  const tls = values.tls === undefined ? undefined : await makeTls(values.tls, values["tls-ca"]);
  const emulator = createEmulator({
    apps,
    anyApp: values["any-app"],
    trial,
    limits,
    seed: values.seed === undefined ? undefined : await readSeed(values.seed),
    journals: values.data === undefined ? undefined : await openData(values.data),
    webhooks: values.webhook === undefined
      ? undefined
      : { url: values.webhook, token: values["webhook-token"] },
    onCall: (call) => values.quiet || io.err(logLine(call)),
  });
  const { url } = await serveEmulator((request) => emulator.fetch(request), {
    hostname: values.hostname,
    port,
    tls,
  });
  io.out(
    `\nEmulator of the Chat, Room and Live backend on ${url}\n\n${apps.map(appLine).join("\n")}\n
Calls go to ${url}/v4/<servicename>/<command>; ${url}/_emulator/ controls it. Ctrl-C ends it.\n${
      tls ? tlsText(tls) : ""
    }${values.data || values.seed ? await clockText(emulator) : ""}\n`,
  );
  return await new Promise<never>(() => {});
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

function logLine({ method, path, command, errorCode, errorInfo, ms, fault }: EmulatorCall): string {
  const time = new Date().toTimeString().slice(0, 8);
  const broken = fault === undefined ? "" : ` [${fault}]`;
  const outcome = (errorCode === 0 ? "OK" : `${errorCode} ${errorInfo}`) + broken;
  return `${time} ${method} ${command ?? path} ${ms.toFixed(0)} ms ${outcome}\n`;
}
