/**
 * The apps of an emulator, and their worlds.
 *
 * @module
 */

import { EMULATOR_SECRET_KEY } from "../../core/emulator_credentials.ts";
import { ConfigError } from "../../core/errors.ts";
import { checkApp, type EmulatorApp } from "../apps.ts";
import type { EmulatorClock } from "../clock.ts";
import { type Journals, memoryJournals } from "./journal.ts";
import { RunningApp } from "./running_app.ts";
import {
  type EmulatorSnapshot,
  readSnapshot,
  SNAPSHOT_VERSION,
  type SnapshotApp,
} from "./snapshot.ts";

/** What worlds are made of. */
export interface WorldsOptions {
  apps: readonly EmulatorApp[];
  /** Whether every other app id opens a world of its own, signed with the well-known key. */
  anyApp: boolean;
  /** Whether those apps are trial apps. */
  trial: boolean;
  seed?: EmulatorSnapshot;
  journals?: Journals;
  clock: EmulatorClock;
}

/** All apps, by SDKAppID. */
export class Worlds {
  readonly #options: WorldsOptions;
  readonly #journals: Journals;
  readonly #apps = new Map<number, RunningApp>();
  readonly #seed: EmulatorSnapshot;

  /**
   * Sets the apps up, each with the world that its journal or the seed makes.
   *
   * @throws {ConfigError} When an app or the seed is not as it must be.
   */
  constructor(options: WorldsOptions) {
    this.#options = options;
    this.#journals = options.journals ?? memoryJournals();
    this.#seed = options.seed === undefined
      ? { version: SNAPSHOT_VERSION, apps: [] }
      : readSnapshot(options.seed);
    // Before any world is made: its calls may be of the clock's time.
    const kept = this.#journals.clock() ?? this.#seed.clock;
    if (kept) options.clock.restore(kept);
    if (options.apps.length === 0 && !options.anyApp) {
      throw new ConfigError(
        "Emulator has no app; leave `apps` out to get the one with the well-known key",
      );
    }
    for (const app of options.apps) {
      checkApp(app);
      if (this.#apps.has(app.sdkAppId)) {
        throw new ConfigError(
          `Emulator has two apps with SDKAppID ${app.sdkAppId}; name each once`,
        );
      }
      this.#open(app);
    }
    for (const { sdkAppId } of this.#seed.apps) {
      if (sdkAppId !== undefined && !this.get(sdkAppId)) {
        throw new ConfigError(`Seed has app ${sdkAppId}, which this emulator does not have`);
      }
    }
    if (options.anyApp) this.#journals.apps().forEach((sdkAppId) => this.get(sdkAppId));
  }

  /** The app of an id; with `anyApp` there is one for every id. */
  get(sdkAppId: number): RunningApp | undefined {
    const app = this.#apps.get(sdkAppId);
    if (app || !this.#options.anyApp || !(sdkAppId >= 1 && sdkAppId <= 0xffff_ffff)) return app;
    const { trial } = this.#options;
    return this.#open({ sdkAppId, secretKey: EMULATOR_SECRET_KEY, trial });
  }

  /** The apps that are there now. */
  all(): RunningApp[] {
    return [...this.#apps.values()];
  }

  /**
   * Puts worlds back to their seed, to nothing, or to a snapshot; one that lacks an app leaves that alone.
   *
   * @param apps Which; nothing means all, and the clock with them, where the seed or the snapshot has one.
   * @throws {ConfigError} When a world cannot be made; all of them, and the clock, then stay as they were.
   */
  reset(apps: readonly RunningApp[] | undefined, to: "seed" | "empty" | EmulatorSnapshot): void {
    const source = to === "seed" ? this.#seed : to;
    const { clock } = this.#options;
    const before = clock.state;
    const time = !apps && source !== "empty" ? source.clock : undefined;
    if (time) clock.restore(time);
    try {
      const made = (apps ?? this.all()).map((app) => {
        const part = source === "empty" ? undefined : partFor(source, app.sdkAppId);
        return part || typeof to === "string" ? this.#prepared(app, part) : () => {};
      });
      for (const put of made) put();
    } catch (error) {
      clock.restore(before);
      throw error;
    }
    if (time) this.keepClock();
  }

  /** Keeps how the clock stands, for the next start. */
  keepClock(): void {
    this.#journals.keepClock(this.#options.clock.state);
  }

  /** Writes worlds down: some, or all and the clock. */
  snapshot(apps?: readonly RunningApp[]): EmulatorSnapshot {
    return {
      version: SNAPSHOT_VERSION,
      ...(!apps && { clock: this.#options.clock.state }),
      apps: (apps ?? this.all()).map(({ sdkAppId, trial, journal }) => ({
        sdkAppId,
        ...(trial && { trial }),
        calls: [...journal.read()].map((text) => JSON.parse(text)),
      })),
    };
  }

  #open(facts: EmulatorApp): RunningApp {
    const part = partFor(this.#seed, facts.sdkAppId);
    const app = new RunningApp(
      { ...facts, trial: part?.trial ?? facts.trial },
      this.#journals.of(facts.sdkAppId),
    );
    if (app.journal.length > 0) app.restore(this.#options.clock.now());
    else this.#prepared(app, part)();
    this.#apps.set(app.sdkAppId, app);
    return app;
  }

  #prepared(app: RunningApp, part: SnapshotApp | undefined): () => void {
    return app.prepare(part?.calls ?? [], part?.trial ?? app.trial, this.#options.clock.now());
  }
}

/** An app's own part, or the one that is for every app. */
function partFor({ apps }: EmulatorSnapshot, sdkAppId: number): SnapshotApp | undefined {
  return apps.find((part) => part.sdkAppId === sdkAppId) ??
    apps.find((part) => part.sdkAppId === undefined);
}
