/**
 * The options that say where a secret key comes from.
 *
 * @module
 */

/** For a manual. */
export const keyOptions = {
  "key-file": { type: "string", value: "<file>", help: "Reads the secret key from a file" },
  "key-stdin": { type: "boolean", help: "Reads the secret key from standard input" },
} as const;

/** What a manual says of them. */
export const keyHelp =
  `The secret key comes from TIM_SECRET_KEY, a file or standard input, never from
an argument, which a process list would show. A file or standard input may hold
several keys, one a line, the newest first: the first one signs, all verify.`;
