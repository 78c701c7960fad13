/**
 * What a subcommand says of itself, as data: its arguments are read by it, its help, its completion and its
 * tests are made from it.
 *
 * @module
 */

/** One option. What `parseArgs` wants to know, and what people do. */
export interface Option {
  /** Whether a value follows. */
  type: "string" | "boolean";
  /** One letter for it. */
  short?: string;
  /** Whether it may stand several times. */
  multiple?: boolean;
  /** The value when it is left out. */
  default?: string;
  /** What its value is, `<file>`. */
  value?: string;
  /** What it does. */
  help: string;
  /** The words that it takes. */
  choices?: readonly string[];
}

/** The options of a subcommand by name, without the dashes. */
export type Options = Record<string, Option>;

/** A subcommand's manual. */
export interface Manual<O extends Options = Options> {
  /** What stands behind `tim`. */
  name: string;
  /** What it does, in one line. */
  summary: string;
  /** What stands behind the name, one way to write it an entry. */
  usage: readonly string[];
  /** What else to know, in paragraphs. */
  about?: string;
  /** Whether words may stand beside the options. */
  operands: boolean;
  /** Its options, `--json` and `--help` among them. */
  options: O;
  /** What follows the options; a function where it takes more than a moment to know. */
  notes?: string | (() => Promise<string>);
  /** Command lines that work. */
  examples: readonly string[];
  /** What its exit codes mean. */
  exitCodes: Readonly<Record<number, string>>;
}

const helpOption = { help: { type: "boolean", short: "h", help: "This text" } } as const;
const jsonOption = {
  json: { type: "boolean", help: "One JSON document on standard output, for errors too" },
} as const;

/** Completes a manual with what every subcommand has. */
export function manual<const O extends Options>(
  own: Manual<O>,
): Manual<O & typeof jsonOption & typeof helpOption> {
  return { ...own, options: { ...jsonOption, ...own.options, ...helpOption } };
}
