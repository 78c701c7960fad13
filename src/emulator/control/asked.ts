/**
 * What a request to the control API asks for.
 *
 * @module
 */

import type { Context } from "hono";
import { ConfigError } from "../../core/errors.ts";
import type { RunningApp } from "../worlds/running_app.ts";
import type { Worlds } from "../worlds/worlds.ts";

/** The app of `?app=`, if there is that. */
export function appsOf(context: Context, worlds: Worlds): RunningApp[] | undefined {
  const id = context.req.query("app");
  if (id === undefined) return undefined;
  const app = worlds.get(Number(id));
  if (!app) throw new ConfigError(`app is ${id}, which this emulator does not have`);
  return [app];
}

/** The body. */
export async function jsonBody(context: Context): Promise<unknown> {
  try {
    return await context.req.json();
  } catch {
    throw new ConfigError("The body is not JSON");
  }
}
