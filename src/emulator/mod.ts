/**
 * An emulator of the server REST API of Tencent Cloud's Chat, Room and Live, for development and tests.
 *
 * @module
 */

export {
  EMULATOR_ADMIN,
  EMULATOR_SDK_APP_ID,
  EMULATOR_SECRET_KEY,
} from "../core/emulator_credentials.ts";
export { EMULATOR_APP, type EmulatorApp, parseAppOption } from "./apps.ts";
export { createEmulator, type EmulatorCall, type EmulatorOptions } from "./create_emulator.ts";
export type { Fault, FaultKind, FaultRule } from "./faults/fault.ts";
export type { ClockState } from "./clock.ts";
export type { HonoApp } from "./hono_app.ts";
export type { WebhookSettings } from "./webhooks/webhooks.ts";
export type { Journal, JournalCall, Journals } from "./worlds/journal.ts";
export type { EmulatorSnapshot, SnapshotApp } from "./worlds/snapshot.ts";
