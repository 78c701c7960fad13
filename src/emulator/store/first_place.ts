/**
 * Looking things up in sorted lists.
 *
 * @module
 */

/**
 * The place of the first item for which something holds, where it holds for all that follow, too.
 *
 * @returns The length of the list when it holds for none.
 */
export function firstPlace<Item>(list: readonly Item[], holds: (item: Item) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
