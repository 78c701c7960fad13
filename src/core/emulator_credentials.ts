/**
 * The credentials that everybody knows: the emulator's. The client must know them to refuse them elsewhere.
 *
 * @module
 */

/** SDKAppID of the emulator's own app; the number that the documentation's sample call shows. */
export const EMULATOR_SDK_APP_ID = 88888888;
/** Its administrator. */
export const EMULATOR_ADMIN = "administrator";
/** Its secret key: no secret at all. */
export const EMULATOR_SECRET_KEY =
  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
