/**
 * What a request to the control API asks for.
 *
 * @module
 */

import type { Context } from "hono";
import { ConfigError } from "../../core/errors.ts";
import type { RunningApp } from "../worlds/running_app.ts";
import type { Worlds } from "../worlds/worlds.ts";

/** Anything else is a misspelling, which must not come to mean every app. */
const KNOWN = ["sdkAppId", "to"];

/** The app of `?sdkAppId=`, if there is that. */
export function appsOf(context: Context, worlds: Worlds): RunningApp[] | undefined {
  const { sdkAppId: id, ...more } = context.req.query();
  const strange = Object.keys(more).find((name) => !KNOWN.includes(name));
  if (strange !== undefined) {
    throw new ConfigError(`?${strange}= means nothing here; it takes ${KNOWN.join(" and ")}`);
  }
  if (id === undefined) return undefined;
  const app = /^[1-9]\d*$/.test(id) ? worlds.get(Number(id)) : undefined;
  if (!app) throw new ConfigError(`sdkAppId is ${id}, which this emulator does not have`);
  return [app];
}

/** The body, an object. */
export async function jsonBody(context: Context): Promise<Record<string, unknown>> {
  let body: unknown;
  try {
    body = await context.req.json();
  } catch {
    throw new ConfigError("The body is not JSON");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ConfigError(
      `The body is ${JSON.stringify(body)?.slice(0, 60)}, wanted a JSON object`,
    );
  }
  return body as Record<string, unknown>;
}
