/**
 * The gateway's pages, for its options `console` and `docs`; apart, so that no other gateway carries them.
 *
 * @example
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { commands } from "@tim/edge/api";
 * import { consolePage, docsPage } from "@tim/edge/console";
 * import { createGateway } from "@tim/edge/hono";
 * import { openApiDocument } from "@tim/edge/openapi";
 *
 * const gateway = createGateway({
 *   client: new TimClient({
 *     sdkAppId: 1400000000,
 *     secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   }),
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "operator", roles: ["operator"] }],
 *   commands,
 *   console: consolePage, // at /
 *   openapi: { document: openApiDocument }, // at /openapi.json
 *   docs: docsPage, // at /docs
 * });
 * console.log(typeof gateway.fetch);
 * ```
 *
 * @module
 */

export type { PageLanguage } from "../../ui/language.ts";
export { consolePage } from "./console.ts";
export { docsPage } from "./docs.ts";
export type { GatewayPage, PageFeatures, PageView } from "./page.ts";
