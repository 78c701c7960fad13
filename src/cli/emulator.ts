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
  parseAppOption,
} from "../emulator/mod.ts";
import { serve } from "../runtime/serve.ts";
import type { CliIo } from "./io.ts";
import { readPort } from "./options.ts";

const HELP = `tim emulator: a backend on this machine, for clients in any language

It answers the server REST API of Chat, Room and Live, judges signatures and
fields as the real one does, and forgets everything when it ends.

Options:
  --app <SDKAPPID:KEY[:ADMIN]>  An app besides the well-known one; repeatable
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
  const port = readPort("--port", values.port);
  const apps = [EMULATOR_APP, ...values.app.map(parseAppOption)];
  const emulator = createEmulator({
    apps,
    onCall: (call) => values.quiet || io.err(logLine(call)),
  });
  const { url } = await serve((request) => emulator.fetch(request), {
    hostname: values.hostname,
    port,
  });
  io.out(
    `\nEmulator of the Chat, Room and Live backend on ${url}\n\n${apps.map(appLine).join("\n")}\n
Calls go to ${url}/v4/<servicename>/<command>. Ctrl-C ends it.\n\n`,
  );
  return await new Promise<never>(() => {});
}

function appLine({ sdkAppId, secretKey, admins }: EmulatorApp): string {
  const key = secretKey === EMULATOR_APP.secretKey ? secretKey : "as given, not shown";
  return `  SDKAppID ${sdkAppId}, administrator ${admins!.join(", ")}\n  key ${key}`;
}

function logLine({ method, path, command, errorCode, errorInfo, ms }: EmulatorCall): string {
  const time = new Date().toTimeString().slice(0, 8);
  const outcome = errorCode === 0 ? "OK" : `${errorCode} ${errorInfo}`;
  return `${time} ${method} ${command ?? path} ${ms.toFixed(0)} ms ${outcome}\n`;
}
