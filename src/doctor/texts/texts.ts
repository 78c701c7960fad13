/**
 * What a language must say.
 *
 * @module
 */

import type { FindingFacts, FindingId } from "../facts.ts";

/** The texts of one finding. */
export interface FindingText {
  /** What was seen, in one line without a full stop. */
  saw: string;
  /** What that means for calls: one sentence, the headline if it is the cause. */
  means?: string;
  /** What to do about it. */
  remedy?: string;
}

/** The texts of a check's findings, by id. */
export type FindingTexts<Check extends string> = {
  [Id in FindingId as Id extends `${Check}.${string}` ? Id : never]: (
    facts: FindingFacts[Id],
  ) => FindingText;
};

/** Every text of one language: the compiler sees to it that none is missing. */
export interface Texts {
  /** Titles of the checks. */
  checks: Record<string, string>;
  /** Texts of the findings. */
  findings: { [Id in keyof FindingFacts]: (facts: FindingFacts[Id]) => FindingText };
  /** The headline when all is well. */
  healthy: (host: string) => string;
  /** The headline when a check broke in a way that no row explains. */
  unexplained: string;
  /** Stands before the remedy. */
  remedy: string;
  /** Stands before the verdict in the last line. */
  verdict: Record<"ok" | "warning" | "error" | "unknown", string>;
  /** What was looked at, from where, in what time. */
  lookedAt: (url: string, runtime: string, tookMs: number) => string;
}
