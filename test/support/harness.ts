/**
 * Runs what `uvu` has queued and counts it: the same on every runtime, in workerd too.
 *
 * Test files import `test` from "uvu" as usual and end with `test.run()`; the launcher imports this module
 * first, then the test files, then calls {@linkcode runQueue}.
 */

type Run = () => Promise<[failures: string | true, passed: number, skipped: number, total: number]>;

const uvu = globalThis as unknown as { UVU_DEFER: 1; UVU_QUEUE: [null, ...Run[]][]; UVU_INDEX: 0 };
uvu.UVU_DEFER = 1;
uvu.UVU_QUEUE = [[null]];
uvu.UVU_INDEX = 0;

/** What one runtime's suite came to. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  failures: string[];
}

/** Runs every queued suite, one after the other. */
export async function runQueue(): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] };
  const [, ...runs] = uvu.UVU_QUEUE[0]!;
  for (const run of runs) {
    try {
      const [failures, passed, skipped, total] = await run();
      tally.passed += passed;
      tally.failed += total - passed;
      tally.skipped += skipped;
      if (failures !== true) tally.failures.push(failures);
    } catch (error) {
      // A hook that throws ends its suite before any count.
      tally.failed++;
      tally.failures.push(`a before or after hook failed: ${(error as Error).stack}`);
    }
  }
  return tally;
}
