/**
 * The five parameters of the URL.
 *
 * @module
 */

import { quote, refuse } from "../refusal.ts";
import type { RunningApp } from "../worlds/running_app.ts";
import type { Worlds } from "../worlds/worlds.ts";

/** `sdkappid`: which app is called. */
export function readApp(
  query: URLSearchParams,
  worlds: Worlds,
): RunningApp {
  const text = query.get("sdkappid") || refuse(60012, missing(query, "sdkappid"));
  const app = /^[1-9]\d*$/.test(text) ? worlds.get(Number(text)) : undefined;
  return app ?? refuse(
    60006,
    `sdkappid is ${quote(text)}, this emulator has ${
      worlds.all().map((app) => app.sdkAppId).join(", ")
    }`,
  );
}

/** `identifier`: who calls. */
export function readIdentifier(query: URLSearchParams): string {
  return query.get("identifier") || refuse(60004, missing(query, "identifier"));
}

/** `random`: an unsigned 32-bit integer. */
export function checkRandom(query: URLSearchParams): void {
  const text = query.get("random") || refuse(60002, missing(query, "random"));
  if (!/^\d{1,10}$/.test(text) || Number(text) > 0xffff_ffff) {
    refuse(60002, `random is ${quote(text)}, wanted a whole number from 0 to 4294967295`);
  }
}

/** `contenttype`: always `json`. */
export function checkContentType(query: URLSearchParams): void {
  const text = query.get("contenttype") || refuse(60002, missing(query, "contenttype"));
  if (text !== "json") refuse(60002, `contenttype is ${quote(text)}, wanted json`);
}

/** Says that a parameter is missing, and whether it is there in another spelling. */
export function missing(query: URLSearchParams, name: string): string {
  const other = [...query.keys()].find((key) => key !== name && key.toLowerCase() === name);
  return `The URL has no ${name}` +
    (other ? `; it has ${quote(other)}, and parameter names are case-sensitive` : "");
}
