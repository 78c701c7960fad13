/**
 * The environment variables that the command line and the examples read; the modules take arguments.
 *
 * @module
 */

import { resolveBackupUrl, resolveBaseUrl } from "../core/base_url.ts";
import { UsageError } from "./io.ts";

/** What the environment says of the app and its backend. */
export interface Settings {
  sdkAppId: number;
  secretKey: string;
  identifier: string;
  baseUrl: string;
  /** The second host of a region. */
  backupBaseUrl?: string;
}

const ADDRESS = ["TIM_REGION", "TIM_BASE_URL"];
const CREDENTIALS = ["TIM_SDK_APP_ID", "TIM_SECRET_KEY"];

/**
 * Reads the settings; `undefined` when none of the variables is set.
 *
 * @throws {UsageError} When only a part of them is set, or one is no good.
 */
export function readSettings(env: Record<string, string | undefined>): Settings | undefined {
  const set = [...CREDENTIALS, "TIM_IDENTIFIER", ...ADDRESS].filter((name) => env[name]);
  if (set.length === 0) return undefined;
  const missing = CREDENTIALS.filter((name) => !env[name]);
  if (missing.length > 0) {
    throw new UsageError(
      `${set.join(" and ")} is set, but ${missing.join(" and ")} is not. Set both of ` +
        `${CREDENTIALS.join(" and ")} for the real backend, or none of them for the emulator`,
    );
  }
  if (!/^\d+$/.test(env.TIM_SDK_APP_ID!)) {
    throw new UsageError(
      `TIM_SDK_APP_ID is "${env.TIM_SDK_APP_ID}", wanted a number like 1400000000`,
    );
  }
  const host = { region: env.TIM_REGION || undefined, baseUrl: env.TIM_BASE_URL || undefined };
  return {
    sdkAppId: Number(env.TIM_SDK_APP_ID),
    secretKey: env.TIM_SECRET_KEY!,
    identifier: env.TIM_IDENTIFIER || "administrator",
    baseUrl: resolveBaseUrl(host),
    backupBaseUrl: resolveBackupUrl(host),
  };
}
