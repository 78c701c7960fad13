/**
 * Work that is done in the order in which it came.
 *
 * @module
 */

/** Queues by name. Nobody waits for longer than a time, whatever those before are doing. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();
  readonly #longestMs: () => number;

  constructor(longestMs: () => number) {
    this.#longestMs = longestMs;
  }

  /** Does something when what was begun before under this name is done. */
  async take(name: string, work: () => Promise<void>): Promise<void> {
    const before = this.#last.get(name);
    const done = before ? this.#after(before, work) : work();
    this.#last.set(name, done);
    try {
      await done;
    } finally {
      if (this.#last.get(name) === done) this.#last.delete(name);
    }
  }

  async #after(before: Promise<void>, work: () => Promise<void>): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => timer = setTimeout(resolve, this.#longestMs()));
    await Promise.race([before.catch(() => {}), late]);
    clearTimeout(timer);
    await work();
  }
}
