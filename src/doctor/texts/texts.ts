/**
 * What a language must say.
 *
 * @module
 */

import type { CheckId } from "../check.ts";
import type { FindingFacts, FindingId, Status } from "../facts.ts";

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

/** Meaning and remedy of error codes, where `@tim/edge/errors` does not speak the language. */
export type CodeTexts = Readonly<Record<number, readonly [meaning: string, remedy: string]>>;

/** Every text of one language: the compiler sees to it that none is missing. */
export interface Texts {
  /** Titles of the checks. */
  checks: Record<CheckId, string>;
  /** Texts of the findings. */
  findings: { [Id in keyof FindingFacts]: (facts: FindingFacts[Id]) => FindingText };
  /** The headline when all is well. */
  healthy: (host: string) => string;
  /** The headline when nothing is wrong, but not everything was looked at: the titles of what was. */
  healthyAsFar: (host: string, titles: readonly string[]) => string;
  /** The headline when a check broke in a way that no row explains. */
  unexplained: string;
  /** Words of the HTML page and its charts. */
  page: PageTexts;
  /** Stands before a command to paste. */
  seeForYourself: string;
  /** Stands behind what was seen, when somebody has accepted it. */
  accepted: (reason: string) => string;
  /** Stands before the remedy. */
  remedy: string;
  /** Stands between a title and what it is the title of. */
  colon: string;
  /** Words of the comparison of two reports. */
  diff: DiffTexts;
  /** Stands before the verdict in the last line. */
  verdict: Record<"ok" | "warning" | "error" | "unknown", string>;
  /** What was looked at, from where, in what time. */
  lookedAt: (url: string, runtime: string, tookMs: number) => string;
}

/** Words of the comparison of two reports. */
export interface DiffTexts {
  /** The check is in the other report only. */
  notMade: string;
  /** Nothing differs. */
  none: string;
  /** So many checks differ. */
  some: (count: number) => string;
}

/** Words of the HTML page. */
export interface PageTexts {
  /** Heading of the findings. */
  findings: string;
  /** What is folded away: so many checks without a problem. */
  fine: (count: number) => string;
  /** A word for each status. */
  status: Record<Status, string>;
  /** Heading of the waterfall. */
  waterfall: string;
  /** What the waterfall shows. */
  waterfallNote: string;
  /** Names of the phases. */
  phases: Record<"dnsMs" | "tcpMs" | "tlsMs" | "firstByteMs", string>;
  /** Column of the sum. */
  total: string;
  /** Column of hosts. */
  host: string;
  /** Heading of the histogram. */
  histogram: string;
  /** What the histogram shows. */
  histogramNote: (calls: number, limit: string) => string;
  /** Column of times. */
  time: string;
  /** Column of counts. */
  calls: string;
  /** Heading of the data. */
  data: string;
  /** The button that copies. */
  copy: string;
  /** What it says afterwards. */
  copied: string;
}
