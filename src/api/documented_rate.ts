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
 * console.log(documentedRate("live_engine_http_srv/get_room_list")); // 10
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 *   limiter: new RateLimiter({ rateOf: documentedRate, share: 0.5 }), // two processes
 * });
 * await tim.call("live_engine_http_srv/get_room_list", { Next: "", Count: 20 });
 * ```
 *
 * @param command `service/command`.
 * @returns Calls a second; `undefined` for a command that no page describes.
 */
export function documentedRate(command: string): number | undefined {
  return findCommand(command)?.rateLimit;
}
