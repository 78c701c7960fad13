/**
 * A list in order of creation that can be read by pages without reading what comes before.
 *
 * @module
 */

import { firstPlace } from "./first_place.ts";

/** Items with rising numbers; a page mark is the number of the last item that was read. */
export class PagedIndex<Item extends { readonly seq: number }> {
  private readonly _items: Item[] = [];

  /** How many items there are. */
  get size(): number {
    return this._items.length;
  }

  /** Adds an item, whose number is higher than all before. */
  add(item: Item): void {
    this._items.push(item);
  }

  /** Takes an item out; marks of pages already read stay good. */
  remove(item: Item): void {
    const at = this.#firstAfter(item.seq - 1);
    if (this._items[at] === item) this._items.splice(at, 1);
  }

  /** Reads the items after a mark; 0 is the mark of the start, and of the end. */
  page(mark: number, limit: number): { items: Item[]; next: number } {
    const from = this.#firstAfter(mark);
    const items = this._items.slice(from, from + limit);
    const next = from + limit < this._items.length ? items.at(-1)!.seq : 0;
    return { items, next };
  }

  /** Reads the items before a mark from the newest on; 0 is the mark of the start, and of the end. */
  pageBack(mark: number, limit: number): { items: Item[]; next: number } {
    const to = mark === 0 ? this._items.length : this.#firstAfter(mark - 1);
    const from = Math.max(0, to - limit);
    const items = this._items.slice(from, to).reverse();
    return { items, next: from > 0 && items.length > 0 ? items.at(-1)!.seq : 0 };
  }

  /** Reads items by their places, the first being 0. */
  slice(from: number, to?: number): Item[] {
    return this._items.slice(from, to);
  }

  #firstAfter(mark: number): number {
    return firstPlace(this._items, ({ seq }) => seq > mark);
  }
}
