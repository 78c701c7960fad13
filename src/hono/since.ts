/**
 * How long ago something was.
 *
 * @module
 */

/**
 * Milliseconds since a moment, by `Date.now()`; for ever where the clock was set back behind it, so that
 * nobody waits until it has caught up.
 */
export function since(moment: number): number {
  const ms = Date.now() - moment;
  return ms < 0 ? Infinity : ms;
}
