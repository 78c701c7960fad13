/**
 * The vendor's own npm package, `tls-sig-api-v2`, which signs but cannot verify.
 */

import { createRequire } from "node:module";

/** What the package offers, as far as it is compared; the last one is its private HMAC. */
export interface Official {
  genUserSig(identifier: string, expire: number): string;
  genSig(identifier: string, expire: number, userBuf: Uint8Array | null): string;
  genPrivateMapKey(identifier: string, expire: number, roomId: number, privileges: number): string;
  genPrivateMapKeyWithStringRoomID(
    identifier: string,
    expire: number,
    roomId: string,
    privileges: number,
  ): string;
  _hmacsha256(identifier: string, time: number, expire: number, userBuf: string | null): string;
}

// By path: its package.json names "main" twice, and Bun takes the file that is not there.
const path = new URL("../../node_modules/tls-sig-api-v2/TLSSigAPIv2.js", import.meta.url);

/** Its only class. */
export const { Api } = createRequire(import.meta.url)(decodeURIComponent(path.pathname)) as {
  Api: new (sdkAppId: number, secretKey: string) => Official;
};
