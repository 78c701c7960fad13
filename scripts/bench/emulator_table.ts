/**
 * The emulator's figures as a table.
 */

/** What `emulator.ts` measures. Seconds and rates are of processor time. */
export interface EmulatorFigures {
  /** From the start of `tim emulator` to its first line, in milliseconds. */
  startMs: number;
  /** How long it took to fill the world. */
  filledSeconds: number;
  /** What the world takes, and the whole process at the end. */
  worldMiB: number;
  endMiB: number;
  /** Calls a second. */
  rates: [command: string, rate: number][];
}

const WIDTH = 44;

/** Prints the figures of each runtime side by side. */
export function printEmulator(answers: Record<string, string>): void {
  const runtimes = Object.keys(answers);
  const figures = runtimes.map((name) => JSON.parse(answers[name]!) as EmulatorFigures);
  const line = (title: string, cells: string[]) =>
    console.log(title.padEnd(WIDTH) + cells.map((cell) => cell.padStart(11)).join(""));
  const number = (value: number) => Math.round(value).toLocaleString("en");
  line("emulator, calls a second on one core", runtimes);
  figures[0]?.rates.forEach(([command], at) =>
    line(command, figures.map(({ rates }) => number(rates[at]![1])))
  );
  line("tim emulator starts in ms", figures.map(({ startMs }) => number(startMs)));
  line("100,000 accounts, 10,000 groups: MiB", figures.map(({ worldMiB }) => number(worldMiB)));
  line("  made by calls in so many seconds", figures.map((one) => one.filledSeconds.toFixed(1)));
  line("at the end: MiB", figures.map(({ endMiB }) => number(endMiB)));
}
