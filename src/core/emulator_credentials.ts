/**
 * The credentials that everybody knows: the emulator's. The client must know them to refuse them elsewhere.
 *
 * @module
 */

/**
 * SDKAppID of the emulator's own app; the number that the documentation's sample call shows.
 *
 * @example A client of an emulator that listens
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { EMULATOR_ADMIN, EMULATOR_SDK_APP_ID, EMULATOR_SECRET_KEY } from "@tim/edge/emulator";
 *
 * const tim = new TimClient({
 *   sdkAppId: EMULATOR_SDK_APP_ID,
 *   secretKey: EMULATOR_SECRET_KEY,
 *   identifier: EMULATOR_ADMIN,
 *   baseUrl: "http://127.0.0.1:8788",
 * });
 * console.log(tim.baseUrl); // http://127.0.0.1:8788
 * ```
 */
export const EMULATOR_SDK_APP_ID = 88888888;
/**
 * Its administrator.
 *
 * @example It is what clients take when none is named
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { EMULATOR_ADMIN } from "@tim/edge/emulator";
 *
 * const tim = new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" });
 * console.log(tim.identifier === EMULATOR_ADMIN); // true
 * ```
 */
export const EMULATOR_ADMIN = "administrator";
/**
 * Its secret key: no secret at all.
 *
 * @example No host but an emulator gets it
 * ```ts
 * import { isTimError, TimClient } from "@tim/edge";
 * import { EMULATOR_SECRET_KEY } from "@tim/edge/emulator";
 *
 * try {
 *   new TimClient({ sdkAppId: 1400000000, secretKey: EMULATOR_SECRET_KEY });
 * } catch (error) {
 *   console.log(isTimError(error, "config")); // true
 * }
 * ```
 */
export const EMULATOR_SECRET_KEY =
  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
