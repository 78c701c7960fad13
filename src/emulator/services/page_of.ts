/**
 * Pages of lists that are read from their start.
 *
 * @module
 */

import { quote, refuse } from "../refusal.ts";

/**
 * Reads the mark that the last answer gave for the next page; an empty one is the start.
 *
 * @param field What it is called, for the refusal.
 * @param code The code of a mark that is no whole number.
 */
export function readPlace(text: string, field: string, code: number): number {
  const place = Number(text);
  if (Number.isSafeInteger(place) && place >= 0) return place;
  return refuse(
    code,
    `${field} is ${quote(text)}, wanted "" or the ${field} of the last answer`,
  );
}

/** Writes the mark of the next page; empty when there is none. */
export function placeText(next: number): string {
  return next === 0 ? "" : String(next);
}

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
