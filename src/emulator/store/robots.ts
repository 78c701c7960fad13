/**
 * The chatbots of an app.
 *
 * @module
 */

/** A message that a chatbot is sending piece by piece. */
export interface Stream {
  from: string;
  to: string;
  chunks: string[];
  finished: boolean;
}

/** Chatbots by UserID, and what they are sending. */
export class Robots {
  /** The ones that are valid, in order of creation. */
  readonly valid = new Set<string>();
  /** By the key of the message. */
  readonly streams = new Map<string, Stream>();
}
