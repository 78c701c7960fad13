/**
 * Types of what a sender may have read-only, for whoever received it.
 *
 * @module
 */

/** What was read from JSON is the reader's own: lists that a sender may have read-only can be kept. */
export type Writable<T> = T extends readonly (infer Item)[] ? Writable<Item>[]
  : T extends object ? { [Key in keyof T]: Writable<T[Key]> }
  : T;
