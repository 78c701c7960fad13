import { pageLanguage } from "../../ui/language.ts";
import { pagePolicy } from "../../ui/page_policy.ts";
import type { Route } from "../handle.ts";
import type { GatewayPage, PageFeatures } from "../pages/page.ts";

/** `GET /` and `GET /docs`: a page for people, who prove who they are from within it. */
export function pageRoute(page: GatewayPage, features: PageFeatures): Route {
  return async ({ request }) => {
    const nonce = crypto.randomUUID();
    const language = pageLanguage(request.headers.get("accept-language") ?? "");
    return {
      status: 200,
      body: await page({ language, nonce, features }),
      headers: {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": pagePolicy(nonce),
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        vary: "Accept-Language",
      },
    };
  };
}
