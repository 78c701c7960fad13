import { findCommand } from "./command_table.ts";

/**
 * The documented number of calls a second of a command, for a `RateLimiter`.
 *
 * Source: each command's own page; commands whose page names none follow "Use Limits" of the Chat
 * documentation (200 a second).
 *
 * @example Never too fast
 * ```ts
 * import { RateLimiter, TimClient } from "@tim/edge";
 * import { documentedRate } from "@tim/edge/api";
 *
 * const limiter = new RateLimiter({ rateOf: documentedRate, share: 0.5 }); // two processes
 * const clientFor = (secretKey: string) =>
 *   new TimClient({ sdkAppId: 1400000000, secretKey, limiter });
 * ```
 *
 * @param command `service/command`.
 * @returns Calls a second; `undefined` for a command that no page describes.
 */
export function documentedRate(command: string): number | undefined {
  return findCommand(command)?.rateLimit;
}
