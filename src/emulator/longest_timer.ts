/**
 * How long a timer can be.
 *
 * @module
 */

/** The most milliseconds that `setTimeout` waits; told to wait longer, it does not wait at all. */
export const LONGEST_TIMER = 2 ** 31 - 1;
