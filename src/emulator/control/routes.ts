/**
 * The control API, `/_emulator/…`: everything that a test or a person may do to an emulator.
 *
 * @module
 */

import { Hono } from "hono";
import { ConfigError } from "../../core/errors.ts";
import { checkNames } from "../check_names.ts";
import { type EmulatorClock, LAST_TIME } from "../clock.ts";
import type { FaultRule } from "../faults/fault.ts";
import type { FaultBook } from "../faults/fault_book.ts";
import { Refusal } from "../refusal.ts";
import { registry } from "../services/services.ts";
import { perform } from "../webhooks/perform.ts";
import { waitUntilOf } from "../webhooks/wait_until.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";
import type { Worlds } from "../worlds/worlds.ts";
import { appsOf, jsonBody } from "./asked.ts";
import { showCoverage } from "./pages.ts";
import type { RequestLog } from "./request_log.ts";
import { addWorldRoutes } from "./world_routes.ts";

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

  addWorldRoutes(routes, worlds);

  routes.get("/log", async (context) => {
    const number = (name: string) => {
      const text = context.req.query(name);
      if (text === undefined) return undefined;
      if (!/^\d+$/.test(text)) throw new ConfigError(`${name} is ${text}, wanted a whole number`);
      return Number(text);
    };
    const { command, account, requestId } = context.req.query();
    return context.json({
      ...log.counts,
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
    const apps = appsOf(context, worlds) ?? worlds.all();
    if (apps.length > 1) {
      throw new ConfigError("There is more than one app; name it with ?sdkAppId=");
    }
    const body = await jsonBody(context);
    checkNames("A client", body, ["UserID", "Platform", "Status"]);
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
    moveClock(clock, await jsonBody(context));
    worlds.keepClock();
    return context.json(time());
  });

  routes.get("/faults", (context) => context.json({ rules: faults.list() }));
  routes.post("/faults", async (context) => {
    return context.json(faults.add(await jsonBody(context) as unknown as FaultRule));
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
}

/** `{freeze: true}`, `{set: <time>}`, `{advance: <milliseconds>}`, `{reset: true}`; several at once. */
function moveClock(clock: EmulatorClock, change: Record<string, unknown>): void {
  checkNames("The clock", change, ["freeze", "set", "advance", "reset"]);
  const { freeze, set, advance, reset } = change;
  for (const [name, value] of Object.entries({ freeze, reset })) {
    if (value !== undefined && typeof value !== "boolean") {
      throw new ConfigError(`${name} is ${JSON.stringify(value)}, wanted true or false`);
    }
  }
  const time = typeof set === "string" ? Date.parse(set) : set;
  if (set !== undefined && !Number.isFinite(time)) {
    throw new ConfigError(
      `set is ${set}, wanted milliseconds since 1970 or a date like 2026-11-21T12:00:00Z`,
    );
  }
  if (advance !== undefined && !Number.isFinite(advance)) {
    throw new ConfigError(`advance is ${advance}, wanted milliseconds`);
  }
  const before = clock.state;
  if (reset === true) clock.reset();
  if (freeze === true) clock.freeze();
  if (freeze === false) clock.resume();
  if (time !== undefined) clock.set(time as number);
  if (advance !== undefined) clock.set(clock.now() + (advance as number));
  const now = clock.now();
  if (now >= 0 && now <= LAST_TIME) return;
  clock.restore(before);
  throw new ConfigError(`The clock would show ${now}, wanted a time from 1970 to 9999`);
}
