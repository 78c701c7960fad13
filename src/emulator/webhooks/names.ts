/**
 * Names of callbacks.
 *
 * @module
 */

import { webhooks } from "../../api/command_table.ts";
import { nearest } from "../../api/nearest.ts";

/** Whether there is such a callback, and which name is near. */
export function findWebhook(name: string): { known: boolean; near?: string } {
  const names = webhooks.map((row) => row.name);
  if (names.includes(name)) return { known: true };
  return { known: false, near: nearest(name, names) };
}
