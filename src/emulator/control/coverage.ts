/**
 * `GET /_emulator/coverage`: what the emulator does of what is documented, read off its registry and the
 * catalogue.
 *
 * @module
 */

import { notes } from "../../api/generated/notes.ts";
import { webhookRows } from "../../api/generated/webhooks.ts";
import type { Registry } from "../services/registry.ts";
import { neverSent } from "../webhooks/never_sent.ts";

/** How far a command is emulated. */
export type CoverageStatus = "emulated" | "acknowledged" | "not emulated";

/** How sure the description is that a command was built to. */
export type CoverageConfidence = "documented" | "seen" | "guessed";

/** One command's row. */
export interface CoverageRow {
  /** `service/command`. */
  command: string;
  /** What it does, in a few words. */
  summary: string;
  /** How far it is emulated. */
  status: CoverageStatus;
  /** Why it only acknowledges. */
  why?: string;
  /** How sure its description is. */
  confidence: CoverageConfidence;
  /** What of its description was not seen, so that the emulator does there as its siblings do. */
  missing: string[];
  /** What the emulator chose where the pages leave a choice. */
  choices: string[];
  /** Where it is known not to do what is documented. */
  knownDifferences: string[];
}

/** One callback's row. */
export interface CallbackRow {
  /** Its `CallbackCommand`. */
  name: string;
  /** Whether the emulator sends it. */
  sent: boolean;
  /** Why it does not. */
  why?: string;
}

/** The whole table. */
export interface Coverage {
  /** What the words in the rows mean. */
  legend: Record<CoverageStatus | CoverageConfidence, string>;
  /** What holds for every command. */
  knownDifferences: string[];
  /** How many commands have each status. */
  totals: Record<CoverageStatus, number>;
  /** How many have each confidence. */
  confidence: Record<CoverageConfidence, number>;
  /** In the order of the catalogue. */
  commands: CoverageRow[];
  /** In the order of the catalogue. */
  callbacks: CallbackRow[];
}

const LEGEND: Coverage["legend"] = {
  "emulated": "It has the documented effect on the state, or reads the state",
  "acknowledged":
    "It judges the body and answers, but no state shows its effect, for the reason given",
  "not emulated": "It answers 60008",
  "documented": "Built to the command's own page, but for what is named as missing",
  "seen": "Built to what an SDK sends and reads; no page was seen",
  "guessed": "Built to a part of its page; what was not seen is named as missing",
};

/** What no command can help, since nobody but servers can call an emulator. */
const EVERYWHERE = [
  "ErrorInfo and the other texts are the emulator's own words; only codes are as documented",
  "No client connects: accounts are online as POST /_emulator/clients says, and only robots enter rooms " +
  "and live groups",
  "No push reaches a device",
  "A null counts as nothing where a field may be left out, unless an account is meant; no page speaks of it",
  "What is written can be read at once, where the backend refreshes some lists after up to 40 seconds",
  "Every feature is switched on, with the limits of the largest package, unless the app is a trial; calls " +
  "and messages a day are not counted, and calls a second only with limits",
];

/** By the catalogue's own word. */
const CONFIDENCE: Record<string, CoverageConfidence> = {
  documented: "documented",
  sdk: "seen",
  partial: "guessed",
};

/** Makes the table. */
export function coverage(registry: Registry): Coverage {
  const totals = { "emulated": 0, "acknowledged": 0, "not emulated": 0 };
  const confidences = { "documented": 0, "seen": 0, "guessed": 0 };
  const commands = [...registry.all()].map((command): CoverageRow => {
    const { id, run, acknowledges, knownDifferences = [] } = command;
    const note = notes[id]!;
    const status = !run ? "not emulated" : acknowledges ? "acknowledged" : "emulated";
    const confidence = CONFIDENCE[note.confidence]!;
    totals[status]++;
    confidences[confidence]++;
    return {
      command: id,
      summary: note.summary,
      status,
      ...(acknowledges && { why: acknowledges }),
      confidence,
      missing: note.missing ?? [],
      choices: note.choices ?? [],
      knownDifferences: [...knownDifferences],
    };
  });
  return {
    legend: LEGEND,
    knownDifferences: EVERYWHERE,
    totals,
    confidence: confidences,
    commands,
    callbacks: webhookRows.map(({ name }) => {
      const why = neverSent[name];
      return { name, sent: why === undefined, ...(why && { why }) };
    }),
  };
}
