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

/** Used wrongly: exit code 2, and the message on standard error. */
export class UsageError extends Error {
  override name = "UsageError";
  /** The command line that tells more; the subcommand's help when absent. */
  readonly help?: string;
  /** What the message says, as data for `--json`. */
  readonly facts?: Record<string, unknown>;

  /** Makes a complaint: what is wrong, and what would be right. */
  constructor(message: string, more: { help?: string; facts?: Record<string, unknown> } = {}) {
    super(message);
    this.help = more.help;
    this.facts = more.facts;
  }
}
