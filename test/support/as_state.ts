import { EMULATOR_APP, type EmulatorSnapshot, type SnapshotApp } from "../../src/emulator/mod.ts";
import { STATE_FORMAT, writeState } from "../../src/emulator/store/world_state.ts";
import { memoryJournals, WORLD_STATE } from "../../src/emulator/worlds/journal.ts";
import { RunningApp } from "../../src/emulator/worlds/running_app.ts";

/** A snapshot of one app with its world as one entry, in place of the calls. */
export function asState({ version, apps }: EmulatorSnapshot, now: number): EmulatorSnapshot {
  const [{ sdkAppId, calls }] = apps as [SnapshotApp];
  const app = new RunningApp(EMULATOR_APP, memoryJournals().of(sdkAppId!));
  app.replace(calls, now);
  const stores = JSON.parse(writeState(app.world, Infinity)!);
  const body = { format: STATE_FORMAT, calls: calls.length, stores };
  return { version, apps: [{ sdkAppId, calls: [{ command: WORLD_STATE, body }] }] };
}
