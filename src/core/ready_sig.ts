/**
 * A UserSig that somebody else signed: looked at once, so that a wrong one is named before it is refused.
 *
 * @module
 */

import type { SigSource } from "./attempts.ts";
import { ConfigError } from "./errors.ts";
import { through } from "./zlib.ts";

/** Hands a ready UserSig out, unless it is for another app or user, or over. It cannot be renewed. */
export function readySig(
  userSig: string,
  ofApp: number,
  ofUser: string,
  now: () => number,
): SigSource {
  let expiresAt: number | undefined;

  async function check(): Promise<number> {
    const {
      "TLS.sdkappid": sdkAppId,
      "TLS.identifier": identifier,
      "TLS.time": time,
      // The Go library leaves zeros out.
      "TLS.expire": expire = 0,
    } = await documentOf(userSig);
    if (sdkAppId === ofApp && identifier === ofUser) return time + expire;
    throw new ConfigError(
      `The userSig is for "${identifier}" of app ${sdkAppId}, but the client is "${ofUser}" of app ${ofApp}`,
    );
  }

  return {
    async get() {
      expiresAt ??= await check();
      if (now() / 1000 > expiresAt + 1) {
        throw new ConfigError(
          "The userSig has expired; make a client with a new one, or with secretKey",
        );
      }
      return userSig;
    },
    renew: () => false,
  };
}

interface Document {
  "TLS.sdkappid": number;
  "TLS.identifier": string;
  "TLS.time": number;
  "TLS.expire"?: number;
}

/** What it says; without the rigour of `decodeUserSig`, which every client would carry for it. */
async function documentOf(userSig: string): Promise<Document> {
  try {
    if (!/^[\w*-]+$/.test(userSig)) throw userSig;
    const base64 = userSig.replaceAll("*", "+").replaceAll("-", "/").replaceAll("_", "=");
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const json = await through(new DecompressionStream("deflate"), bytes);
    const document = JSON.parse(new TextDecoder().decode(json));
    if (document["TLS.ver"] === "2.0") return document;
  } catch {
    // Whatever the fault is, it is no UserSig.
  }
  throw new ConfigError(
    "The userSig cannot be read: cut short, altered (a line feed at its end?), or not of version 2.0",
  );
}
