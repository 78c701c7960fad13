/**
 * Messages that are sent into groups chunk by chunk.
 *
 * @module
 */

/** A message on its way. Times in milliseconds since 1970. */
export interface GroupStream {
  readonly groupId: string;
  /** The number of the message in its group. */
  readonly seq: number;
  readonly from: string;
  text: string;
  compatibleText: string;
  /** The number of the last chunk. */
  index: number;
  lastChunk: number;
  ended: boolean;
}
