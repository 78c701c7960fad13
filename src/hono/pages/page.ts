/**
 * What the console and the reference have around them: head, banner, signing in.
 *
 * @module
 */

import { html, raw } from "hono/html";
import type { PageLanguage } from "../../ui/language.ts";
import { asScriptData } from "../../ui/page_policy.ts";
import { baseScript } from "../../ui/script.ts";
import { baseStyle, formStyle } from "../../ui/style.ts";
import { sessionScript } from "./session_script.ts";
import { pageStyle } from "./style.ts";
import { type PageTexts, pageTexts } from "./texts.ts";

/**
 * Which of the gateway's addresses a page may use, besides those that are always there.
 *
 * @example Links to what there is
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, type PageFeatures } from "@tim/edge/hono";
 *
 * const links = ({ docs, doctor }: PageFeatures) =>
 *   [docs && '<a href="docs">Reference</a>', doctor && '<a href="doctor">Doctor</a>']
 *     .filter(Boolean).join(" ") || "Nothing to see here";
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "reports" }],
 *   console: ({ features }) => `<!doctype html><title>Chat</title>${links(features)}`,
 * });
 * console.log((await (await gateway.request("/")).text()).slice(34)); // Nothing to see here
 * ```
 */
export interface PageFeatures {
  /** `/`. */
  console: boolean;
  /** `/docs`. */
  docs: boolean;
  /** `/doctor`. */
  doctor: boolean;
  /** `/openapi.json`, and for whom. */
  openapi: false | "caller" | "everyone";
  /** `/explain/:code`. */
  explain: boolean;
  /** Whether the browser may be known by itself, by a cookie: there is an `authenticate` hook. */
  cookies: boolean;
  /** Whether there are API keys; without them, whatever is pasted is a token. */
  apiKeys: boolean;
}

/**
 * How a page is to be written.
 *
 * @example The console as a file, to look at
 * ```ts
 * import { consolePage, type PageView } from "@tim/edge/console";
 *
 * const view: PageView = {
 *   language: "ja",
 *   nonce: "of the Content-Security-Policy",
 *   features: {
 *     ...{ console: true, docs: false, doctor: true, openapi: false },
 *     ...{ explain: true, cookies: false, apiKeys: true },
 *   },
 * };
 * console.log((await consolePage(view)).includes('<html lang="ja">')); // true
 * ```
 */
export interface PageView {
  /** The language of its texts. */
  language: PageLanguage;
  /** What its script and its style carry, so that they may run. */
  nonce: string;
  /** What there is. */
  features: PageFeatures;
}

/**
 * Writes a page of the gateway; it holds nothing that is secret or differs by caller.
 *
 * @example A page of one's own at `/`
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, type GatewayPage } from "@tim/edge/hono";
 *
 * const page: GatewayPage = ({ language, nonce }) =>
 *   `<!doctype html><html lang="${language}"><title>Chat</title>
 *   <style nonce="${nonce}">body { font: 1rem sans-serif }</style>
 *   <p>Ask ops@example.com for a key.</p>`;
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "reports" }],
 *   console: page,
 * });
 * console.log((await (await gateway.request("/")).text()).includes("ops@example.com")); // true
 * ```
 */
export type GatewayPage = (view: PageView) => string | Promise<string>;

/** A piece of a page. */
export type Piece = ReturnType<typeof html>;

/** What a page brings of its own. */
export interface PageParts {
  /** Its name among the addresses: empty for the console. */
  name: "" | "docs";
  title: string;
  /** What stands below signing in. */
  content: (texts: PageTexts) => Piece;
  script: string;
}

/** Puts a page together. */
export async function writePage(view: PageView, parts: PageParts): Promise<string> {
  const { language, nonce, features } = view;
  const t = pageTexts(language);
  const data = `const TEXTS = ${asScriptData(t)}, FEATURES = ${asScriptData(features)}, ` +
    `PAGE = ${asScriptData(parts.name)};`;
  const page = await html`
    <!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="referrer" content="no-referrer">
        <link rel="icon" href="data:,">
        <title>${parts.title} · tim-edge</title>
        <style nonce="${nonce}">${raw(baseStyle + formStyle + pageStyle)}</style>
      </head>
      <body>
        <a class="skip" href="#content">${t.skip}</a>
        <main>
          <header class="verdict skipped" id="verdict">
            <span class="state" id="state">tim-edge</span>
            <h1>${parts.title}</h1>
            <p id="health" role="status">${t.loading}</p>
            <p class="bar"><button id="again" type="button">${t.lookAgain}</button>${links(
              parts.name,
              features,
              t,
            )}</p>
          </header>
          <section aria-labelledby="h-session">
            <h2 id="h-session">${t.signIn}</h2>
            <form id="sign-in" class="bar">
              <label class="grow">${t.credentials}<input id="credentials" type="password"
                autocomplete="off" spellcheck="false"></label>
              <button class="main">${t.signIn}</button>
            </form>
            <p id="sign-in-note" class="soft">${t.credentialsNote}</p>
            <p id="signed-in" class="bar" hidden><span id="who" tabindex="-1"></span>
              <button id="sign-out" type="button">${t.signOut}</button></p>
            <p id="session-problem" class="error" role="alert" hidden></p>
          </section>
          <div id="content" tabindex="-1">${parts.content(t)}</div>
        </main>
        <script nonce="${nonce}">${raw(data + baseScript + sessionScript + parts.script)}</script>
      </body>
    </html>
  `;
  return String(page).trimStart();
}

function links(name: PageParts["name"], features: PageFeatures, t: PageTexts): Piece | "" {
  // Relative, so that the gateway may be mounted anywhere.
  if (name === "" && features.docs) return html`<a data-page="docs" href="docs">${t.reference}</a>`;
  return name === "docs" && features.console ? html`<a data-page="" href=".">${t.console}</a>` : "";
}
