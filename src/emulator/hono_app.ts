/**
 * The type of a Hono app, named so that the documentation of this package does not need Hono's own types.
 *
 * @module
 */

/** An app of the `hono` package: has `fetch` and `request`, and can be mounted into another with `route`. */
export type HonoApp = InstanceType<(typeof import("hono"))["Hono"]>;
