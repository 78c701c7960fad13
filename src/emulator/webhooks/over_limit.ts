/**
 * The warning that an app nearly calls a command too often. Source: "Webhooks", operations, of the Chat documentation.
 *
 * @module
 */

import { warnedAt } from "../protocol/frequency.ts";
import type { Command } from "../services/registry.ts";
import type { Callback } from "../store/callbacks.ts";

/** A callback of this name has no switch, and neither a time nor the caller's address. */
export const OVER_LIMIT = "Alert.RequestOverLimit";

/** The callback about a command. */
export function overLimit({ id, rateLimit }: Command): Callback {
  const [ServiceName = "", Command = ""] = id.split("/");
  const event = { ServiceName, Command, Request: warnedAt(rateLimit), Limit: rateLimit };
  return { name: OVER_LIMIT, event };
}
