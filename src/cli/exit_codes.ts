/**
 * The exit codes of every subcommand.
 *
 * @module
 */

/** What each code means; a subcommand's help says it in its own words. */
export const exitCodes = {
  0: "done: the backend said yes, the finding is good",
  1: "no: refused by the backend, not valid, not known, ill, a port taken",
  2: "used wrongly: the arguments or the environment; nothing was sent",
  3: "in part: some entries of a batch failed, or warnings under doctor --strict",
  4: "not known: no whole answer came, or the doctor could not look",
  130: "ended by Ctrl-C",
  141: "whoever read the output went away",
} as const;

/** By name, for the code. */
export const EXIT = { done: 0, no: 1, usedWrongly: 2, inPart: 3, notKnown: 4, ended: 130 } as const;
