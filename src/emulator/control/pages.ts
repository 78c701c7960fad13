/**
 * What the emulator shows to a person. It is loaded when somebody looks: an emulator is to start fast.
 *
 * @module
 */

import type { Context } from "hono";
import { type PageLanguage, pageLanguage } from "../../ui/language.ts";
import { pagePolicy } from "../../ui/page_policy.ts";
import { registry } from "../services/services.ts";

/** Answers the page, at the address with the slash: the page's own addresses are relative to it. */
export async function showPage(context: Context): Promise<Response> {
  const { pathname } = new URL(context.req.url);
  if (!pathname.endsWith("/")) return context.redirect(`${pathname}/`);
  const { page } = await import("./page/page.ts");
  return await write(context, page);
}

/** Answers the table of coverage: a page to a browser, else JSON. */
export async function showCoverage(context: Context): Promise<Response> {
  const { coverage } = await import("./coverage.ts");
  const table = coverage(registry);
  context.header("vary", "accept");
  if (!/text\/html/.test(context.req.header("accept") ?? "")) return context.json(table);
  const { coveragePage } = await import("./page/coverage_page.ts");
  return await write(context, (language, nonce) => coveragePage(table, language, nonce));
}

type PageWriter = typeof import("./page/page.ts").page;

/** Answers a page in the browser's language, that runs its own scripts and styles only. */
function write(context: Context, page: PageWriter): Response | Promise<Response> {
  const nonce = crypto.randomUUID();
  const language: PageLanguage = pageLanguage(context.req.header("accept-language") ?? "");
  return context.html(page(language, nonce), 200, {
    "content-security-policy": pagePolicy(nonce),
    "cache-control": "no-store",
  });
}
