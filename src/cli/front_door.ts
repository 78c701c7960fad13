/**
 * What `tim start` switches on besides the API: console, reference, doctor, callbacks.
 *
 * @module
 */

import { explainErrorCode } from "../errors/mod.ts";
import type { GatewayOptions } from "../hono/mod.ts";
import { consolePage, docsPage } from "../hono/pages/mod.ts";
import type { Settings } from "./settings.ts";

/** Options of the gateway; the large parts are loaded when somebody asks for them. */
export function frontDoor(
  settings: Settings,
  webhookToken: string | undefined,
): Partial<GatewayOptions> {
  return {
    explain: explainErrorCode,
    console: consolePage,
    docs: docsPage,
    openapi: {
      document: async (options) =>
        (await import("../api/openapi_document.ts")).openApiDocument(options),
    },
    doctor: {
      everySeconds: 2,
      examine: async (signal) => {
        const { examiner } = await import("../doctor/examiner.ts");
        const { hostPlatform } = await import("../runtime/doctor_host.ts");
        const { baseUrl, ...credentials } = settings;
        return await examiner({ platform: hostPlatform(), baseUrl, credentials })(signal);
      },
    },
    // What comes is acknowledged, and a line on standard error.
    ...webhookToken && { webhooks: { token: webhookToken, on: {} } },
  };
}
