/**
 * Bounded memories: which entry goes when there is room for no more.
 *
 * @module
 */

/**
 * Drops the oldest entry that was not used since it was last in line; the used ones before it go to the
 * end. Moving an entry at each use instead would cost every request more than one drop in thousands does.
 */
export function dropUnused<Key>(entries: Map<Key, { used: boolean }>): void {
  for (const [key, entry] of entries) {
    entries.delete(key);
    if (!entry.used) return;
    entry.used = false;
    entries.set(key, entry);
  }
}
