/**
 * The control API, `/_emulator/…`: everything that a test or a person may do to an emulator.
 *
 * @module
 */

import { type Context, Hono } from "hono";
import { ConfigError } from "../../core/errors.ts";
import type { EmulatorClock } from "../clock.ts";
import type { FaultRule } from "../faults/fault.ts";
import type { FaultBook } from "../faults/fault_book.ts";
import { Refusal } from "../refusal.ts";
import { registry } from "../services/services.ts";
import { perform } from "../webhooks/perform.ts";
import { waitUntilOf } from "../webhooks/wait_until.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";
import type { RunningApp } from "../worlds/running_app.ts";
import { type EmulatorSnapshot, readSnapshot } from "../worlds/snapshot.ts";
import type { Worlds } from "../worlds/worlds.ts";
import { showCoverage } from "./pages.ts";
import type { RequestLog } from "./request_log.ts";
import { stateOf } from "./state.ts";

/** What is controlled. */
export interface Controls {
  worlds: Worlds;
  clock: EmulatorClock;
  faults: FaultBook;
  log: RequestLog;
  webhooks: Webhooks;
}

/** Makes the routes. */
export function controlRoutes(controls: Controls): Hono {
  const { worlds, clock, faults, log, webhooks } = controls;
  const snapshots = new Map<string, EmulatorSnapshot>();
  const routes = new Hono();

  routes.use(async (context, next) => {
    // A page of another site, opened in a browser on this machine, must not reset anything.
    if (/^(cross|same)-site$/.test(context.req.header("sec-fetch-site") ?? "")) {
      return context.json({ error: "The control API takes no calls from other sites' pages" }, 403);
    }
    await next();
  });
  routes.onError((error, context) => {
    const status = error instanceof ConfigError || error instanceof Refusal ? 400 : 500;
    return context.json({ error: error.message }, status);
  });

  routes.get("/coverage", showCoverage);

  routes.get("/state", (context) => context.json({ apps: chosen(context).map(stateOf) }));

  routes.post("/reset", (context) => {
    const to = context.req.query("to") ?? "seed";
    const from = to === "seed" || to === "empty" ? to : namedSnapshot(to);
    const apps = named(context);
    worlds.reset(apps, from);
    return context.json({ reset: (apps ?? worlds.all()).map(({ sdkAppId }) => sdkAppId), to });
  });

  routes.get("/snapshot", (context) => context.json(worlds.snapshot(named(context))));
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
    snapshots.set(name, worlds.snapshot(named(context)));
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

  routes.get("/log", async (context) => {
    const number = (name: string) => {
      const text = context.req.query(name);
      if (text === undefined) return undefined;
      if (!/^\d+$/.test(text)) throw new ConfigError(`${name} is ${text}, wanted a whole number`);
      return Number(text);
    };
    const { command, account, requestId } = context.req.query();
    return context.json({
      requests: await log.find({
        ...{ command, account, requestId },
        sdkAppId: number("sdkAppId"),
        after: number("after"),
        limit: number("limit") ?? 100,
      }),
    });
  });
  routes.delete("/log", (context) => {
    log.clear();
    return context.json({});
  });

  routes.post("/clients", async (context) => {
    const apps = chosen(context);
    if (apps.length > 1) throw new ConfigError("There is more than one app; name it with ?app=");
    const body = await jsonBody(context) as object;
    const call = {
      command: registry.clientCommand,
      body,
      text: JSON.stringify(body),
      caller: "",
      at: clock.now(),
    };
    await perform(apps[0]!, call, webhooks, () => waitUntilOf(context));
    return context.json({});
  });

  const time = () => ({
    now: clock.now(),
    iso: new Date(clock.now()).toISOString(),
    frozen: clock.frozen,
  });
  routes.get("/clock", (context) => context.json(time()));
  routes.post("/clock", async (context) => {
    moveClock(clock, await jsonBody(context) as Record<string, unknown>);
    worlds.keepClock();
    return context.json(time());
  });

  routes.get("/faults", (context) => context.json({ rules: faults.list() }));
  routes.post("/faults", async (context) => {
    return context.json(faults.add(await jsonBody(context) as FaultRule));
  });
  routes.delete("/faults", (context) => {
    faults.clear();
    return context.json({ rules: [] });
  });
  routes.delete("/faults/:id", (context) => {
    return context.json({ deleted: faults.remove(Number(context.req.param("id"))) });
  });

  routes.get("/webhooks", (context) => context.json(webhooks.show()));
  routes.put("/webhooks", async (context) => {
    webhooks.configure(await jsonBody(context));
    return context.json(webhooks.show());
  });

  routes.all("*", (context) => {
    return context.json(
      { error: `The control API has no ${context.req.method} of this path` },
      404,
    );
  });
  return routes;

  /** The app of `?app=`, or all. */
  function chosen(context: Context): RunningApp[] {
    return named(context) ?? worlds.all();
  }

  /** The app of `?app=`, if there is that. */
  function named(context: Context): RunningApp[] | undefined {
    const id = context.req.query("app");
    if (id === undefined) return undefined;
    const app = worlds.get(Number(id));
    if (!app) throw new ConfigError(`app is ${id}, which this emulator does not have`);
    return [app];
  }

  function namedSnapshot(name: string): EmulatorSnapshot {
    const snapshot = snapshots.get(name);
    if (snapshot) return snapshot;
    throw new ConfigError(
      `There is no snapshot ${name}; there are: ${[...snapshots.keys()].join(", ") || "none"}`,
    );
  }
}

async function jsonBody(context: Context): Promise<unknown> {
  try {
    return await context.req.json();
  } catch {
    throw new ConfigError("The body is not JSON");
  }
}

/** `{freeze: true}`, `{set: <time>}`, `{advance: <milliseconds>}`, `{reset: true}`; several at once. */
function moveClock(clock: EmulatorClock, change: Record<string, unknown>): void {
  const known = ["freeze", "set", "advance", "reset"];
  for (const name of Object.keys(change ?? {})) {
    if (!known.includes(name)) {
      throw new ConfigError(`The clock has no ${name}; it takes ${known.join(", ")}`);
    }
  }
  const { freeze, set, advance, reset } = change ?? {};
  const time = typeof set === "string" ? Date.parse(set) : set;
  if (set !== undefined && !Number.isFinite(time)) {
    throw new ConfigError(
      `set is ${set}, wanted milliseconds since 1970 or a date like 2026-11-21T12:00:00Z`,
    );
  }
  if (advance !== undefined && !Number.isFinite(advance)) {
    throw new ConfigError(`advance is ${advance}, wanted milliseconds`);
  }
  if (reset === true) clock.reset();
  if (freeze === true) clock.freeze();
  if (freeze === false) clock.resume();
  if (time !== undefined) clock.set(time as number);
  if (advance !== undefined) clock.set(clock.now() + (advance as number));
}
