/**
 * `tim start`: the gateway on this machine, ready to be tried with `curl`.
 *
 * @module
 */

import { SignJWT } from "jose";
import { TimClient } from "../core/client.ts";
import { commands } from "../api/command_table.ts";
import { validateBody } from "../api/validate/mod.ts";
import { createGateway, type LogRecord } from "../hono/mod.ts";
import { serve } from "../runtime/serve.ts";
import { untilStopped } from "../runtime/until_stopped.ts";
import { readArguments } from "./arguments.ts";
import type { CliIo } from "./io.ts";
import { startManual } from "./manuals/start.ts";
import { readPort } from "./options.ts";
import { readSettings } from "./settings.ts";
import { frontDoor } from "./front_door.ts";
import { startEmbeddedEmulator } from "./embedded_emulator.ts";
import { requestLine } from "./request_line.ts";
import { banner, bannerData } from "./start_banner.ts";

/** The read-only sample of the API's own overview: all that a real app shows unless more is allowed. */
const SAMPLE = "group_open_http_svc/get_appid_group_list";

/** Runs `tim start`, until Ctrl-C or SIGTERM. */
export async function runStartCommand(args: string[], io: CliIo): Promise<number> {
  const { values } = readArguments(startManual, args);
  const port = readPort("--port", values.port);
  const emulatorPort = readPort("--emulator-port", values["emulator-port"]);
  const given = readSettings(io.env);
  const emulator = given ? undefined : await startEmbeddedEmulator(emulatorPort);
  const backend = given ?? emulator!.settings;
  const embedded = emulator !== undefined;
  // Where one tries things out, a wrong field is named before the backend has to refuse it.
  const client = new TimClient({
    ...backend,
    emulator: embedded,
    validate: embedded && validateBody,
  });
  const key = crypto.getRandomValues(new Uint8Array(32));
  const jwt = { key, issuer: "tim start", audience: "tim-edge", algorithms: ["HS256"] };
  const allow = values.allow ?? (emulator ? ["*"] : [SAMPLE]);
  const log = (record: LogRecord) =>
    io.err(values.json ? JSON.stringify(record) + "\n" : requestLine(record));
  const webhookToken = embedded ? crypto.randomUUID() : io.env.TIM_WEBHOOK_TOKEN || undefined;
  const front = frontDoor(backend, webhookToken);
  const gateway = createGateway({ client, jwt, allow, commands, log, ...front });
  const server = await serve((request) => gateway.fetch(request), {
    hostname: values.hostname,
    port,
    portOption: "--port",
  });
  const { url } = server;
  await emulator?.sendCallbacks(`${url}/webhooks`, webhookToken!);
  const claims = { iss: jwt.issuer, aud: jwt.audience, sub: "alice", roles: ["operator"] };
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256" })
    .setExpirationTime("12h")
    .sign(key);
  // Before anybody can know that it runs, and end it.
  const stopped = untilStopped();
  const callbacks = webhookToken !== undefined;
  const facts = { gateway: url, client, embedded, allow, token, callbacks };
  io.out(values.json ? JSON.stringify(bannerData(facts), null, 2) + "\n" : banner(facts));
  await stopped;
  // Answers that are under way still go out; connections that nobody uses do not hold it up.
  await gateway.drain();
  await Promise.race([server.shutdown(), new Promise((resolve) => setTimeout(resolve, 200))]);
  return 0;
}
