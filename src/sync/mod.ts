/**
 * UserSigs made synchronously, as the official library does: for moving over in one line, and the fastest way.
 *
 * @module
 */

export type { SignRequest } from "../core/user_sig.ts";
export {
  signUserSigSync,
  type SignUserSigSyncOptions,
  type SyncSignerOptions,
  SyncUserSigSigner,
} from "./sync_user_sig.ts";
