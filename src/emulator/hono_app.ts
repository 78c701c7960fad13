/**
 * The type of a Hono app, named so that the documentation of this package does not need Hono's own types.
 *
 * @module
 */

/**
 * An app of the `hono` package: has `fetch` and `request`, and can be mounted into another with
 * `route`.
 *
 * @example The emulator inside one's own app
 * ```ts
 * import { createEmulator, type HonoApp } from "@tim/edge/emulator";
 * import { Hono } from "hono";
 *
 * const backend: HonoApp = createEmulator();
 * const app = new Hono().get("/", (context) => context.text("mine")).route("/backend", backend);
 * console.log((await app.request("/backend/_emulator/clock")).status); // 200
 * ```
 */
export type HonoApp = InstanceType<(typeof import("hono"))["Hono"]>;
