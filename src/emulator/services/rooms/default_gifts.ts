/**
 * What copy_default_gift_config makes: 15 gifts in 3 categories. Which ones is written nowhere; these are ours.
 *
 * @module
 */

const NAMES = {
  flowers: ["Rose", "Tulip", "Daisy", "Lily", "Sunflower"],
  treats: ["Coffee", "Tea", "Cake", "Donut", "Ice cream"],
  grand: ["Crown", "Balloon", "Yacht", "Rocket", "Castle"],
};

/** The gifts, dearer from category to category. */
export const defaultGifts: readonly {
  GiftId: string;
  Coins: number;
  Level: number;
  DefaultName: string;
}[] = Object.entries(NAMES).flatMap(([category, names], level) =>
  names.map((DefaultName, at) => ({
    GiftId: `${category}_${at + 1}`,
    Coins: 10 ** level * (at + 1),
    Level: level,
    DefaultName,
  }))
);

/** The categories with their gifts. */
export const defaultCategories: readonly {
  CategoryId: string;
  DefaultName: string;
  giftIds: string[];
}[] = Object.entries(NAMES).map(([category, names]) => ({
  CategoryId: category,
  DefaultName: category[0]!.toUpperCase() + category.slice(1),
  giftIds: names.map((_, at) => `${category}_${at + 1}`),
}));
