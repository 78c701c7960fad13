/**
 * `tim start`: the gateway on this machine, ready to be tried with `curl`.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { SignJWT } from "jose";
import { TimClient } from "../core/client.ts";
import { commands } from "../api/command_table.ts";
import { createGateway, type LogRecord } from "../hono/mod.ts";
import { serve } from "../runtime/serve.ts";
import { untilStopped } from "../runtime/until_stopped.ts";
import type { CliIo } from "./io.ts";
import { readPort } from "./options.ts";
import { readSettings } from "./settings.ts";
import { frontDoor } from "./front_door.ts";
import { startEmbeddedEmulator } from "./embedded_emulator.ts";
import { requestLine } from "./request_line.ts";
import { banner } from "./start_banner.ts";

const HELP = `tim start: the gateway on this machine

With no TIM_* variables it talks to an emulator that it starts too; nothing
leaves the machine. With TIM_SDK_APP_ID and TIM_SECRET_KEY set (and perhaps
TIM_IDENTIFIER, TIM_REGION or TIM_BASE_URL) it talks to the real backend.

Its address is a console for the browser, and /docs a reference to try every
allowed command in; sign in there with the printed token. Callbacks come in at
POST /webhooks: the emulator's, or the real backend's when TIM_WEBHOOK_TOKEN
is the token beside the callback's address in Tencent's console.

Options:
  --port <n>            Port of the gateway, default 8787
  --emulator-port <n>   Port of the emulator, default 8788
  --hostname <address>  Address to listen on, default 127.0.0.1
  --allow <pattern>     Command that callers may use: service/command,
                        service/* or *; repeatable. Default: all on the
                        emulator, the sample call alone on the real backend
  --help                This text

Every request is a line on standard error. Ctrl-C and SIGTERM let the answers
that are under way go out, and end it.

Examples:
  tim start
  TIM_SDK_APP_ID=1400000000 TIM_SECRET_KEY="$KEY" TIM_REGION=sgp tim start \\
    --allow 'live_engine_http_srv/get_room_info'
`;

/** The read-only sample of the API's own overview: all that a real app shows unless more is allowed. */
const SAMPLE = "group_open_http_svc/get_appid_group_list";

/** Runs `tim start`, until Ctrl-C or SIGTERM. */
export async function runStartCommand(args: string[], io: CliIo): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string", default: "8787" },
      "emulator-port": { type: "string", default: "8788" },
      hostname: { type: "string", default: "127.0.0.1" },
      allow: { type: "string", multiple: true },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    io.out(HELP);
    return 0;
  }
  const hostname = values.hostname;
  const port = readPort("--port", values.port);
  const emulatorPort = readPort("--emulator-port", values["emulator-port"]);
  const given = readSettings(io.env);
  const emulator = given ? undefined : await startEmbeddedEmulator(emulatorPort);
  const backend = given ?? emulator!.settings;
  const client = new TimClient({ ...backend, emulator: emulator !== undefined });
  const key = crypto.getRandomValues(new Uint8Array(32));
  const jwt = { key, issuer: "tim start", audience: "tim-edge", algorithms: ["HS256"] };
  const allow = values.allow ?? (emulator ? ["*"] : [SAMPLE]);
  const log = (record: LogRecord) => io.err(requestLine(record));
  const webhookToken = emulator ? crypto.randomUUID() : io.env.TIM_WEBHOOK_TOKEN;
  const front = frontDoor(backend, webhookToken);
  const gateway = createGateway({ client, jwt, allow, commands, log, ...front });
  const server = await serve((request) => gateway.fetch(request), { hostname, port });
  const { url } = server;
  await emulator?.sendCallbacks(`${url}/webhooks`, webhookToken!);
  const claims = { iss: jwt.issuer, aud: jwt.audience, sub: "alice", roles: ["operator"] };
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256" })
    .setExpirationTime("12h")
    .sign(key);
  const embedded = emulator !== undefined;
  const callbacks = webhookToken !== undefined;
  io.out(banner({ gateway: url, client, embedded, allow, token, callbacks }));
  await untilStopped();
  // Answers that are under way still go out; connections that nobody uses do not hold it up.
  await gateway.drain();
  await Promise.race([server.shutdown(), new Promise((resolve) => setTimeout(resolve, 200))]);
  return 0;
}
