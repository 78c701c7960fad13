/**
 * The calls that made a world what it is. A world is kept, moved and copied as these calls: they are made
 * again in the same order, with the same time and the same chance, and the same world comes out. A journal
 * that is much longer than its world is replaced by that.
 *
 * @module
 */

import type { ClockState } from "../clock.ts";

/** How a whole world stands in a journal: as its first entry, in place of the calls that made it. */
export const WORLD_STATE = "_emulator/world";

/**
 * One call that changed a world.
 *
 * @example What an emulator begins with
 * ```ts
 * import { createEmulator, type JournalCall } from "@tim/edge/emulator";
 *
 * const calls: JournalCall[] = [
 *   { command: "im_open_login_svc/account_import", body: { UserID: "alice" } },
 *   {
 *     command: "group_open_http_svc/create_group",
 *     body: { GroupId: "book-club", Name: "Book club", Type: "Public", Owner_Account: "alice" },
 *     at: Date.UTC(2026, 0, 1),
 *   },
 * ];
 * const emulator = createEmulator({ seed: { version: 2, apps: [{ calls }] } });
 * const { apps } = await (await emulator.request("/_emulator/state")).json();
 * console.log(apps[0].groups.list[0].owner); // alice
 * ```
 */
export interface JournalCall {
  /** `service/command`. */
  command: string;
  /** The body. */
  body: Record<string, unknown>;
  /** The administrator who called; the app's first when left out. */
  by?: string;
  /** When, in milliseconds since 1970; at the time of loading when left out. */
  at?: number;
  /** What the app's own server answered to the callbacks that came before the deed. */
  answers?: unknown[];
  /** What its chance begins with, from 0 to 4294967295; its place among the calls when left out. */
  seed?: number;
}

/**
 * A list of calls, each as JSON text.
 *
 * @example The calls in a list
 * ```ts
 * import { createEmulator, type Journal } from "@tim/edge/emulator";
 *
 * const calls: string[] = [];
 * const journal: Journal = {
 *   get length() {
 *     return calls.length;
 *   },
 *   append: (call) => void calls.push(call),
 *   read: () => calls,
 *   replace: (others) => void calls.splice(0, calls.length, ...others),
 * };
 * const journals = { of: () => journal, apps: () => [], clock: () => undefined, keepClock() {} };
 * const alice = { command: "im_open_login_svc/account_import", body: { UserID: "alice" } };
 * createEmulator({ journals, seed: { version: 2, apps: [{ calls: [alice] }] } });
 * console.log(JSON.parse(calls[0]!).body.UserID); // alice
 * ```
 */
export interface Journal {
  /** How many there are. */
  readonly length: number;
  /** Adds a call; it is safe when this returns. What it throws makes the emulator refuse the call. */
  append(call: string): void;
  /** The calls from the first on. */
  read(): Iterable<string>;
  /** Takes other calls in place of all: wholly, or not at all. */
  replace(calls: readonly string[]): void;
}

/**
 * Where an emulator keeps its worlds and its clock; `sqliteJournals` of `@tim/edge/emulator/sqlite`
 * is a file.
 *
 * @example Which worlds are opened
 * ```ts
 * import { createEmulator, type Journals } from "@tim/edge/emulator";
 * import { sqliteJournals } from "@tim/edge/emulator/sqlite";
 *
 * const file = sqliteJournals(":memory:"); // or a path
 * const opened: number[] = [];
 * const journals: Journals = {
 *   ...file,
 *   of(sdkAppId) {
 *     opened.push(sdkAppId);
 *     return file.of(sdkAppId);
 *   },
 * };
 * createEmulator({ journals });
 * console.log(opened); // [88888888]
 * ```
 */
export interface Journals {
  /** The journal of an app, empty when it is new. */
  of(sdkAppId: number): Journal;
  /** The apps that have one. */
  apps(): number[];
  /** The clock as it was last kept; nothing when it never was. */
  clock(): ClockState | undefined;
  /** Keeps how the clock stands. */
  keepClock(state: ClockState): void;
}

/** A journal in memory. */
class MemoryJournal implements Journal {
  #calls: string[] = [];

  get length(): number {
    return this.#calls.length;
  }

  append(call: string): void {
    this.#calls.push(call);
  }

  read(): Iterable<string> {
    return this.#calls;
  }

  replace(calls: readonly string[]): void {
    this.#calls = [...calls];
  }
}

/** Journals that end with the program. */
export function memoryJournals(): Journals {
  const journals = new Map<number, Journal>();
  let clock: ClockState | undefined;
  return {
    of: (sdkAppId) => {
      let journal = journals.get(sdkAppId);
      if (!journal) journals.set(sdkAppId, journal = new MemoryJournal());
      return journal;
    },
    apps: () => [...journals.keys()],
    clock: () => clock,
    keepClock: (state) => clock = state,
  };
}
