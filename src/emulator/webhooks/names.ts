/**
 * Names of callbacks.
 *
 * @module
 */

import { webhookRows } from "../../api/generated/webhooks.ts";
import { nearest } from "../../api/nearest.ts";

/** Whether there is such a callback, and which name is near. */
export function findWebhook(name: string): { known: boolean; near?: string } {
  const names = webhookRows.map((row) => row.name);
  if (names.includes(name)) return { known: true };
  return { known: false, near: nearest(name, names) };
}
