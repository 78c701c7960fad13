/**
 * `GET /_emulator/coverage`: what the emulator does of what is documented, read off its own registry.
 *
 * @module
 */

import { notes } from "../../api/generated/notes.ts";
import type { Registry } from "../services/registry.ts";

/** How far a command is emulated. */
export type CoverageStatus = "emulated" | "acknowledged" | "not emulated";

/** One command's row. */
export interface CoverageRow {
  /** `service/command`. */
  command: string;
  /** What it does, in a few words. */
  summary: string;
  /** `acknowledged`: it answers, but no state shows its effect. */
  status: CoverageStatus;
  /** Why it only acknowledges. */
  why?: string;
  /** How sure the description that it was built to is: `documented`, `sdk`, `partial`. */
  confidence: string;
  /** What the emulator chose where the pages leave a choice. */
  choices: string[];
}

/** The whole table. */
export interface Coverage {
  /** How many commands have each status. */
  totals: Record<CoverageStatus, number>;
  /** In the order of the catalogue. */
  commands: CoverageRow[];
}

/** Makes the table. */
export function coverage(registry: Registry): Coverage {
  const totals = { "emulated": 0, "acknowledged": 0, "not emulated": 0 };
  const commands = [...registry.all()].map(({ id, run, acknowledges }): CoverageRow => {
    const note = notes[id]!;
    const status = !run ? "not emulated" : acknowledges ? "acknowledged" : "emulated";
    totals[status]++;
    return {
      command: id,
      summary: note.summary,
      status,
      ...(acknowledges && { why: acknowledges }),
      confidence: note.confidence,
      choices: note.choices ?? [],
    };
  });
  return { totals, commands };
}
