/**
 * The part of the control API about what is in the apps: look, keep, put back.
 *
 * @module
 */

import type { Hono } from "hono";
import { ConfigError } from "../../core/errors.ts";
import { type EmulatorSnapshot, readSnapshot } from "../worlds/snapshot.ts";
import type { Worlds } from "../worlds/worlds.ts";
import { appsOf, jsonBody } from "./asked.ts";
import { stateOf } from "./state.ts";

/** Adds `/state`, `/reset`, `/snapshot` and `/snapshots`. */
export function addWorldRoutes(routes: Hono, worlds: Worlds): void {
  const snapshots = new Map<string, EmulatorSnapshot>();

  routes.get(
    "/state",
    (context) => context.json({ apps: (appsOf(context, worlds) ?? worlds.all()).map(stateOf) }),
  );

  routes.post("/reset", (context) => {
    const to = context.req.query("to") ?? "seed";
    const from = to === "seed" || to === "empty" ? to : namedSnapshot(to);
    const apps = appsOf(context, worlds);
    worlds.reset(apps, from);
    return context.json({ reset: (apps ?? worlds.all()).map(({ sdkAppId }) => sdkAppId), to });
  });

  routes.get("/snapshot", (context) => context.json(worlds.snapshot(appsOf(context, worlds))));
  routes.get("/snapshots", (context) => context.json({ snapshots: [...snapshots.keys()] }));
  routes.get(
    "/snapshots/:name",
    (context) => context.json(namedSnapshot(context.req.param("name"))),
  );
  routes.post("/snapshots/:name", (context) => {
    const name = context.req.param("name");
    if (name === "seed" || name === "empty") {
      throw new ConfigError(`A snapshot cannot be called ${name}: reset gives that word a meaning`);
    }
    snapshots.set(name, worlds.snapshot(appsOf(context, worlds)));
    return context.json({ snapshot: name });
  });
  routes.put("/snapshots/:name", async (context) => {
    const name = context.req.param("name");
    snapshots.set(name, readSnapshot(await jsonBody(context)));
    return context.json({ snapshot: name });
  });
  routes.delete("/snapshots/:name", (context) => {
    return context.json({ deleted: snapshots.delete(context.req.param("name")) });
  });

  function namedSnapshot(name: string): EmulatorSnapshot {
    const snapshot = snapshots.get(name);
    if (snapshot) return snapshot;
    throw new ConfigError(
      `There is no snapshot ${name}; there are: ${[...snapshots.keys()].join(", ") || "none"}`,
    );
  }
}
