/**
 * The reference, at `/docs`: every command that the policy allows, to read and to try.
 *
 * A page of our own, 17 kB with the console: the usual ones (Swagger UI, Scalar) ask a foreign host for 2 to
 * 4 MB of script unless the gateway serves those files, which a Worker has no disk for.
 *
 * @module
 */

import { html } from "hono/html";
import { commandScript } from "./command_script.ts";
import { docsScript } from "./docs_script.ts";
import { type GatewayPage, type PageView, writePage } from "./page.ts";
import { schemaScript } from "./schema_script.ts";
import { pageTexts } from "./texts.ts";

/**
 * Writes the reference; for the gateway's option `docs`, which wants `openapi` too.
 *
 * @example A gateway with its reference at `/docs`
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { docsPage } from "@tim/edge/console";
 * import { createGateway } from "@tim/edge/hono";
 * import { openApiDocument } from "@tim/edge/openapi";
 *
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "reports" }],
 *   openapi: { document: openApiDocument },
 *   docs: docsPage,
 * });
 * console.log((await gateway.request("/docs")).status); // 200
 * ```
 *
 * @param view The language, the nonce, and what the gateway has.
 */
export const docsPage: GatewayPage = (view: PageView): Promise<string> =>
  writePage(view, {
    name: "docs",
    title: pageTexts(view.language).reference,
    content: (t) =>
      html`
        <p id="locked" class="soft">${t.loading}</p>
        <div id="reference" hidden>
          <div class="bar">
            <label class="grow">${t.filter}<input id="filter" type="search" autocomplete="off"
              spellcheck="false"></label>
            <p id="count" class="soft" role="status"></p>
          </div>
          <p id="nothing" class="soft" hidden>${t.noneMatch}</p>
          <div id="operations"></div>
          <p class="soft">${t.forGenerators} <code>openapi.json</code></p>
        </div>
      `,
    script: schemaScript + commandScript + docsScript,
  });
