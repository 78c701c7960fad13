/**
 * Pages of lists that are read from their start.
 *
 * @module
 */

/**
 * Reads a page, and no further than one item beyond it.
 *
 * @param offset How many items come before the page.
 * @param limit How many it has at most.
 * @returns The items, and the offset of the next page, or 0 when there is none.
 */
export function pageOf<Item>(
  list: Iterable<Item>,
  offset: number,
  limit: number,
): { items: Item[]; next: number } {
  const items: Item[] = [];
  let at = 0;
  for (const item of list) {
    if (at++ < offset) continue;
    if (items.length === limit) return { items, next: offset + limit };
    items.push(item);
  }
  return { items, next: 0 };
}
