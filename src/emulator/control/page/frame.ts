/**
 * What every page of the emulator begins and ends with.
 *
 * @module
 */

import { html, raw } from "hono/html";
import type { PageLanguage } from "../../../ui/language.ts";
import { STYLE } from "./style.ts";

/** Puts a page around its body. */
export function frame(
  language: PageLanguage,
  nonce: string,
  title: string,
  body: ReturnType<typeof html>,
): ReturnType<typeof html> {
  return html`
    <!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <link rel="icon" href="data:,">
        <title>${title} · tim-edge</title>
        <style nonce="${nonce}">${raw(STYLE)}</style>
      </head>
      <body>${body}</body>
    </html>
  `;
}
