/**
 * The key-value pairs that a message can carry.
 *
 * @module
 */

/** The pairs of one message. */
export interface MessageExtension {
  pairs: Map<string, { value: string; seq: number }>;
  /** Rises with every change. */
  latestSeq: number;
  /** What `latestSeq` was after the last clear. */
  clearSeq: number;
  /** When the changes of the last minute were made, in milliseconds since 1970. */
  changes: number[];
}

/** The extension of a message that has none yet. */
export function newExtension(): MessageExtension {
  return { pairs: new Map(), latestSeq: 0, clearSeq: 0, changes: [] };
}
