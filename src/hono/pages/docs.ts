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
 * @example Without a gateway
 * ```ts
 * import { docsPage } from "@tim/edge/console";
 *
 * const features = {
 *   ...{ console: true, docs: true, doctor: false, explain: false, cookies: false },
 *   openapi: "caller",
 * } as const;
 * const page = await docsPage({ language: "en", nonce: crypto.randomUUID(), features });
 * console.log(page.startsWith("<!doctype html>")); // true
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
