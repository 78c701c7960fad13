/**
 * The gifts of an app, which live rooms share.
 *
 * @module
 */

import type { GiftCategoryInfo, GiftInfo } from "../../api/generated/types/live.ts";

/** Name and description in one language. */
export interface GiftText {
  name: string;
  desc: string;
}

/** A gift. Time in seconds since 1970. */
export interface Gift {
  info: GiftInfo & { GiftId: string };
  readonly createTime: number;
  readonly texts: Map<string, GiftText>;
}

/** A category of gifts. */
export interface GiftCategory {
  info: GiftCategoryInfo & { CategoryId: string };
  readonly texts: Map<string, GiftText>;
  readonly giftIds: Set<string>;
}

/** Gifts and categories by their ids. */
export class Gifts {
  readonly gifts: Map<string, Gift> = new Map();
  readonly categories: Map<string, GiftCategory> = new Map();

  /** Deletes a gift, and with it its texts and its places in categories. */
  remove(giftId: string): void {
    this.gifts.delete(giftId);
    for (const { giftIds } of this.categories.values()) giftIds.delete(giftId);
  }
}
