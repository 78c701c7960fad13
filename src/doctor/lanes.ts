/**
 * Many probes, but not too many at a time.
 *
 * @module
 */

/** Connections that other checks may need meanwhile. */
const SPARE = 2;

/**
 * Makes a step for each item, as many at once as the platform bears.
 *
 * @param atOnce How many connections may be open; any number when left out.
 * @returns What the steps gave, in the order of the items.
 */
export async function inLanes<Item, Result>(
  items: readonly Item[],
  atOnce: number | undefined,
  step: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const rest = items.entries();
  const lane = async () => {
    for (const [at, item] of rest) results[at] = await step(item);
  };
  const lanes = Math.max(1, Math.min(items.length, (atOnce ?? Infinity) - SPARE));
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
