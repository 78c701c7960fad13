import type { Context } from "hono";

/** `GET /healthz`: the process is up. Asks nobody else, so that a restart loop cannot come from the backend. */
export function healthRoute(c: Context): Response {
  return c.json({ status: "ok" }, 200, { "cache-control": "no-store" });
}
