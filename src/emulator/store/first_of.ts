/**
 * The first values of an iterator; Node 20 and older browsers have no `take` of their own.
 *
 * @module
 */

/** Reads at most so many values, and not one more. */
export function firstOf<T>(values: Iterable<T>, count: number): T[] {
  const found: T[] = [];
  if (count <= 0) return found;
  for (const value of values) {
    found.push(value);
    if (found.length >= count) break;
  }
  return found;
}
