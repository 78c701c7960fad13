/**
 * Hono's app as a public type.
 *
 * @module
 */

/** A Hono app, to mount with `app.route()` or to serve by its `fetch`. */
export type HonoApp = InstanceType<(typeof import("hono"))["Hono"]>;
