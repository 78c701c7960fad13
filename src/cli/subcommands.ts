/**
 * The subcommands: a manual each, and its work, which is loaded only when it is asked for.
 *
 * @module
 */

import type { CliIo } from "./io.ts";
import type { Manual } from "./manual.ts";
import { callManual } from "./manuals/call.ts";
import { completionManual } from "./manuals/completion.ts";
import { doctorManual } from "./manuals/doctor.ts";
import { emulatorManual } from "./manuals/emulator.ts";
import { errorsManual } from "./manuals/errors.ts";
import { helpManual } from "./manuals/help.ts";
import { regionsManual } from "./manuals/regions.ts";
import { startManual } from "./manuals/start.ts";
import { userSigManual } from "./manuals/usersig.ts";

/** Does the work: the words behind the subcommand, the process around it, the exit code. */
export type Run = (args: string[], io: CliIo) => Promise<number>;

/** One subcommand. */
export interface Subcommand {
  manual: Manual;
  load: () => Promise<Run>;
  /** Whether it answers `--help` by itself when words stand beside it. */
  helpsItself?: boolean;
}

/** By name, in the order of `tim --help`. */
export const subcommands: Readonly<Record<string, Subcommand>> = {
  start: {
    manual: startManual,
    load: async () => (await import("./start.ts")).runStartCommand,
  },
  doctor: {
    manual: doctorManual,
    load: async () => (await import("./doctor/doctor.ts")).runDoctorCommand,
  },
  usersig: {
    manual: userSigManual,
    load: async () => (await import("./usersig.ts")).runUserSigCommand,
  },
  call: {
    manual: callManual,
    load: async () => (await import("./call/call.ts")).runCallCommand,
    helpsItself: true,
  },
  errors: {
    manual: errorsManual,
    load: async () => (await import("./errors.ts")).runErrorsCommand,
  },
  regions: {
    manual: regionsManual,
    load: async () => (await import("./regions.ts")).runRegionsCommand,
  },
  emulator: {
    manual: emulatorManual,
    load: async () => (await import("./emulator.ts")).runEmulatorCommand,
  },
  completion: {
    manual: completionManual,
    load: async () => (await import("./completion/script.ts")).runCompletionCommand,
  },
  help: {
    manual: helpManual,
    load: async () => (await import("./help.ts")).runHelpCommand,
  },
};
