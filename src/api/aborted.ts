/**
 * The caller's signal between two calls; within one, the client heeds it itself.
 *
 * @module
 */

import { TimError } from "../core/errors.ts";

/**
 * Throws when the caller does not want any more.
 *
 * @throws {TimError} Of kind `aborted`.
 */
export function checkAborted(command: string, signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new TimError(`${command} was aborted by the caller's signal`, {
    code: "TIM_ABORTED",
    kind: "aborted",
    command,
    cause: signal.reason,
  });
}
