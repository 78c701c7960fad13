/**
 * Pages of other sites, which a browser lets send with the cookie of this one.
 *
 * @module
 */

import { Refusal } from "../problem.ts";
import { urlOf } from "../../core/url.ts";

const SAFE = ["GET", "HEAD", "OPTIONS"];

/**
 * Makes the check for callers whom the browser itself may make known (a cookie, a client certificate): what
 * changes something must come from this origin, from one in the list, or from no page at all. A token that
 * a page has to send itself needs none of it.
 *
 * @param origins Origins that may; `"*"` only without a cookie.
 * @returns A function that throws a refusal.
 */
export function crossSiteCheck(origins: readonly string[]): (request: Request) => void {
  return ({ method, url, headers }) => {
    if (SAFE.includes(method)) return;
    const origin = headers.get("origin");
    if (origin !== null && origins.includes(origin)) return;
    if (origins.includes("*") && !headers.has("cookie")) return;
    // Only the browser can set the first; the second is for browsers that do not, and for plain HTTP.
    const site = headers.get("sec-fetch-site");
    if (site === null ? isOwn(origin, url, headers) : site === "same-origin" || site === "none") {
      return;
    }
    throw new Refusal(
      "origin-not-allowed",
      "A page of another site sent it; the operator lists origins in the option cors",
    );
  };
}

function isOwn(origin: string | null, url: string, headers: Headers): boolean {
  if (origin === null) return true;
  const host = urlOf(origin)?.host;
  return host !== undefined && (host === headers.get("host") || host === new URL(url).host);
}
