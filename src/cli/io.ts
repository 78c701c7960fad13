/**
 * What a subcommand sees of the outside, so that a test can stand in for the terminal.
 *
 * @module
 */

/** The terminal, or a test's stand-in. */
export interface CliIo {
  /** Writes to standard output. */
  out(text: string): void;
  /** Writes to standard error. */
  err(text: string): void;
  /** The environment. */
  env: Record<string, string | undefined>;
  /** Reads standard input to its end. */
  stdin(): Promise<string>;
  /** Whether standard output is a terminal. */
  isTTY: boolean;
  /** Whether standard error is one: progress goes there. */
  errIsTTY?: boolean;
  /** Width of the terminal, if there is one. */
  columns?: number;
  /** Calls back at Ctrl-C in place of ending the process; answers how to stop that. */
  onInterrupt?(handler: () => void): () => void;
}

/** The arguments were wrong: exit code 2, and the message on standard error. */
export class UsageError extends Error {
  override name = "UsageError";
}
