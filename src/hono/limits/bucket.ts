/**
 * One bucket that fills with time: the arithmetic that every store shares.
 *
 * @module
 */

import type { CheckedRate, LimitVerdict } from "./limiter.ts";

/** How full a bucket was, and when. */
export interface Bucket {
  left: number;
  /** Milliseconds since 1970. */
  at: number;
}

/** Takes a cost; changes the bucket. A clock that was set back fills nothing and empties nothing. */
export function takeFrom(
  bucket: Bucket,
  cost: number,
  { calls, perMs }: CheckedRate,
  now: number,
): LimitVerdict {
  const passed = Math.max(0, now - bucket.at);
  bucket.left = Math.min(calls, bucket.left + passed * calls / perMs);
  bucket.at = now;
  // A hair's breadth is forgiven: a hundred hundredths are not quite one.
  if (bucket.left + 1e-9 >= cost) {
    bucket.left -= cost;
    return { allowed: true };
  }
  return { allowed: false, retryAfterMs: Math.ceil((cost - bucket.left) * perMs / calls) };
}
