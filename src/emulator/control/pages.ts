/**
 * What people look at: the emulator's page and the table of coverage. Loaded when somebody looks, since an
 * emulator is to start fast.
 *
 * @module
 */

import type { Context } from "hono";
import { registry } from "../services/services.ts";
import { coverage } from "./coverage.ts";
import { coveragePage } from "./page/coverage_page.ts";
import { page, pagePolicy } from "./page/page.ts";
import { type PageLanguage, pageLanguage } from "./page/texts.ts";

/** Writes the emulator's page. */
export function writePage(context: Context): Response | Promise<Response> {
  return write(context, page);
}

/** Writes the table of coverage: a page to a browser, else JSON. */
export function writeCoverage(context: Context): Response | Promise<Response> {
  const table = coverage(registry);
  context.header("vary", "accept");
  if (!/text\/html/.test(context.req.header("accept") ?? "")) return context.json(table);
  return write(context, (language, nonce) => coveragePage(table, language, nonce));
}

/** Writes a page in the browser's language, that runs its own scripts and styles only. */
function write(
  context: Context,
  page: (language: PageLanguage, nonce: string) => ReturnType<typeof coveragePage>,
): Response | Promise<Response> {
  const nonce = crypto.randomUUID();
  const language = pageLanguage(context.req.header("accept-language") ?? "");
  return context.html(page(language, nonce), 200, {
    "content-security-policy": pagePolicy(nonce),
    "cache-control": "no-store",
  });
}
