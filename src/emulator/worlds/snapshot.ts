/**
 * The file that a world is written to and read from: seed and snapshot alike.
 *
 * @module
 */

import { ConfigError } from "../../core/errors.ts";
import { type ClockState, LAST_TIME } from "../clock.ts";
import type { JournalCall } from "./journal.ts";

/**
 * The newest version of the format; older ones are still read. Version 2 brought the clock, and whole worlds
 * in place of the calls that made them.
 */
export const SNAPSHOT_VERSION = 2;

/**
 * One app's part of a snapshot.
 *
 * @example One app with users, and one of the free edition
 * ```ts
 * import { createEmulator, type SnapshotApp } from "@tim/edge/emulator";
 *
 * const command = "im_open_login_svc/multiaccount_import";
 * const apps: SnapshotApp[] = [
 *   { sdkAppId: 1400000001, calls: [{ command, body: { Accounts: ["alice", "bob"] } }] },
 *   { sdkAppId: 1400000002, calls: [], trial: true },
 * ];
 * const emulator = createEmulator({ anyApp: true, seed: { version: 2, apps } });
 * const state = await (await emulator.request("/_emulator/state?sdkAppId=1400000001")).json();
 * console.log(state.apps[0].accounts.list.join()); // administrator,alice,bob
 * ```
 */
export interface SnapshotApp {
  /** Which app; every app without a part of its own when left out. */
  sdkAppId?: number;
  /** Whether it has the free edition's limits; as the emulator was told when left out. */
  trial?: boolean;
  /** The calls that make its world, in order; a world that many calls made comes as one entry. */
  calls: JournalCall[];
}

/**
 * A seed or a snapshot: worlds, written down as the calls that make them.
 *
 * @example A world, carried into another emulator
 * ```ts
 * import { createEmulator, type EmulatorSnapshot } from "@tim/edge/emulator";
 *
 * const mira = { command: "im_open_login_svc/account_import", body: { UserID: "mira" } };
 * const seed: EmulatorSnapshot = { version: 2, apps: [{ calls: [mira] }] };
 * const first = createEmulator({ seed });
 * const snapshot: EmulatorSnapshot = await (await first.request("/_emulator/snapshot")).json();
 * const second = createEmulator({ seed: snapshot });
 * const { apps } = await (await second.request("/_emulator/state")).json();
 * console.log(apps[0].accounts.list.join()); // administrator,mira
 * ```
 */
export interface EmulatorSnapshot {
  /** The version of the format: 1 or 2. */
  version: number;
  /** How the clock stood; it is left alone when there is nothing. */
  clock?: ClockState;
  /** The apps. */
  apps: SnapshotApp[];
}

const FORM =
  'wanted {"version":2,"apps":[{"sdkAppId":88888888,"calls":[{"command":"…","body":{}}]}]}';

/**
 * Reads a seed or a snapshot.
 *
 * @throws {ConfigError} When it is none; the message names the place.
 */
export function readSnapshot(value: unknown): EmulatorSnapshot {
  const { version, clock, apps } = (value ?? {}) as Partial<EmulatorSnapshot>;
  if (!Number.isInteger(version)) fail(`has no version, ${FORM}`);
  if (version! < 1 || version! > SNAPSHOT_VERSION) {
    fail(`has version ${version}, this emulator reads 1 to ${SNAPSHOT_VERSION}; update @tim/edge`);
  }
  if (clock !== undefined) checkClock(clock);
  if (!Array.isArray(apps)) fail(`has no list of apps, ${FORM}`);
  apps!.forEach((part, at) => {
    const app = `apps[${at}]`;
    const { sdkAppId, trial, calls } = part ?? {};
    if (sdkAppId !== undefined && !Number.isInteger(sdkAppId)) {
      fail(
        `has ${app}.sdkAppId ${JSON.stringify(sdkAppId)}, wanted a number, or nothing for all apps`,
      );
    }
    if (trial !== undefined && typeof trial !== "boolean") {
      fail(`has ${app}.trial ${JSON.stringify(trial)}, wanted true or false`);
    }
    if (!Array.isArray(calls)) fail(`has no list ${app}.calls, ${FORM}`);
    calls.forEach((call, index) => checkCall(call, `${app}.calls[${index}]`));
  });
  return value as EmulatorSnapshot;
}

function checkClock(clock: unknown): void {
  const { offset, frozenAt } = (clock ?? {}) as ClockState;
  for (const [name, value] of Object.entries({ offset, frozenAt })) {
    if (value !== undefined && !(Number.isFinite(value) && Math.abs(value) <= LAST_TIME)) {
      fail(`has clock.${name} ${JSON.stringify(value)}, wanted milliseconds before the year 10000`);
    }
  }
}

function checkCall(call: JournalCall, place: string): void {
  if (typeof call?.command !== "string") {
    fail(`has no ${place}.command, a text like service/command`);
  }
  if (typeof call.body !== "object" || call.body === null) fail(`has no object ${place}.body`);
  for (const name of ["by", "at", "answers", "seed"] as const) {
    const fits = {
      by: typeof call.by === "string",
      at: Number.isFinite(call.at),
      answers: Array.isArray(call.answers),
      seed: Number.isInteger(call.seed),
    };
    if (call[name] !== undefined && !fits[name]) fail(`has a ${place}.${name} of the wrong type`);
  }
}

function fail(what: string): never {
  throw new ConfigError(`Seed or snapshot ${what}`);
}
