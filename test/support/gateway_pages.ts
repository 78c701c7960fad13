/** A gateway with everything switched on, on a port of loopback, in front of an emulator on another. */

import { Hono } from "hono";
import { commands } from "../../src/api/mod.ts";
import { openApiDocument } from "../../src/api/openapi_document.ts";
import { examiner } from "../../src/doctor/mod.ts";
import { createEmulator, EMULATOR_ADMIN, EMULATOR_APP } from "../../src/emulator/mod.ts";
import { explainErrorCode } from "../../src/errors/mod.ts";
import { TimClient } from "../../mod.ts";
import { createGateway, type GatewayOptions, type LogRecord } from "../../src/hono/mod.ts";
import { consolePage, docsPage } from "../../src/hono/pages/mod.ts";
import { hostPlatform } from "../../src/runtime/doctor_host.ts";
import { serve } from "../../src/runtime/serve.ts";
import { jwt } from "./gateway.ts";

/** It, and what it wrote. */
export interface ServedPages {
  url: string;
  log: LogRecord[];
  close(): Promise<void>;
}

/** Starts both; the gateway is mounted at a path, `/tim` for instance, and answers when `ready` lets it. */
export async function servePages(
  more: Partial<GatewayOptions> = {},
  path = "/",
  ready: (path: string) => Promise<void> | void = () => {},
): Promise<ServedPages> {
  const any = { hostname: "127.0.0.1", port: 0 };
  const emulator = createEmulator();
  const backend = await serve((request) => emulator.fetch(request), any);
  const credentials = {
    sdkAppId: EMULATOR_APP.sdkAppId,
    secretKey: EMULATOR_APP.secretKey,
    identifier: EMULATOR_ADMIN,
  };
  const log: LogRecord[] = [];
  const gateway = createGateway({
    client: new TimClient({ ...credentials, baseUrl: backend.url }),
    jwt,
    commands,
    policy: [
      { roles: ["operator"], commands: ["*"] },
      {
        name: "own words",
        roles: ["*"],
        commands: ["openim/sendmsg"],
        set: { From_Account: "$caller" },
      },
      { roles: ["*"], commands: ["group_open_http_svc/*", "live_engine_http_srv/*"] },
    ],
    userSig: { rooms: [{ roles: ["*"], privileges: ["enterRoom", "receiveAudio"] }] },
    log: (record) => void log.push(record),
    explain: explainErrorCode,
    doctor: {
      examine: examiner({ platform: hostPlatform(), baseUrl: backend.url, credentials }),
      everySeconds: 0,
    },
    openapi: { document: openApiDocument },
    console: consolePage,
    docs: docsPage,
    ...more,
  });
  const mounted = path === "/" ? gateway : new Hono().route(path, gateway);
  const { url, close } = await serve(async (request) => {
    await ready(new URL(request.url).pathname);
    return await mounted.fetch(request);
  }, any);
  return { url, log, close: async () => void await Promise.all([close(), backend.close()]) };
}
