/**
 * A UserSig that somebody else signed: looked at once, so that a wrong one is named before it is refused.
 *
 * @module
 */

import type { SigSource } from "./attempts.ts";
import { ConfigError } from "./errors.ts";
import { decodeUserSig } from "./user_sig_verify.ts";

/** Hands a ready UserSig out; it cannot be renewed. */
export class ReadySig implements SigSource {
  readonly #text: string;
  readonly #sdkAppId: number;
  readonly #identifier: string;
  readonly #now: () => number;
  #expiresAt: number | undefined;

  /** Looks at nothing yet. */
  constructor(text: string, sdkAppId: number, identifier: string, now: () => number) {
    this.#text = text;
    this.#sdkAppId = sdkAppId;
    this.#identifier = identifier;
    this.#now = now;
  }

  /** The UserSig, unless it is for another app or user, or over. */
  async get(): Promise<string> {
    this.#expiresAt ??= await this.#check();
    if (this.#now() / 1000 > this.#expiresAt + 1) {
      throw new ConfigError(
        "The userSig has expired; make a client with a new one, or with secretKey",
      );
    }
    return this.#text;
  }

  /** It cannot be had anew. */
  renew(): boolean {
    return false;
  }

  async #check(): Promise<number> {
    const decoded = await decodeUserSig(this.#text);
    if (!decoded.ok) throw new ConfigError(`The userSig cannot be read: ${decoded.reason}`);
    const { sdkAppId, identifier, expiresAt } = decoded.claims;
    if (sdkAppId === this.#sdkAppId && identifier === this.#identifier) return expiresAt;
    throw new ConfigError(
      `The userSig is for "${identifier}" of app ${sdkAppId}, but the client is "${this.#identifier}" of ` +
        `app ${this.#sdkAppId}`,
    );
  }
}
