/**
 * A secret key that must never be seen, and everything that might show it.
 */

import {
  importSecretKey,
  signUserSig,
  type SignUserSigOptions,
  UserSigSigner,
  verifyUserSig,
} from "../../mod.ts";
import { SyncUserSigSigner } from "../../src/sync/mod.ts";

/** Sought in all that is shown. */
export const CANARY = "ca7a41e5".repeat(8);

const base = { sdkAppId: 1400000000, secretKey: CANARY, identifier: "alice" };

/** Signers of each sort, before and after they have imported their key. */
export async function signers(): Promise<object[]> {
  const used = new UserSigSigner(base);
  await used.sign(base);
  const synchronous = new SyncUserSigSigner(base);
  synchronous.sign(base);
  const key = await importSecretKey(CANARY);
  return [
    new UserSigSigner(base),
    used,
    synchronous,
    key,
    new UserSigSigner({ ...base, secretKey: key }),
  ];
}

/** What is thrown when the key stands in each wrong place, or is wrong in some way. */
export async function failures(): Promise<unknown[]> {
  const mistakes: Record<string, unknown>[] = [
    { secretKey: CANARY + "\n" },
    { secretKey: ` ${CANARY}` },
    { secretKey: `-----BEGIN PRIVATE KEY-----${CANARY}` },
    { secretKey: [CANARY] },
    { secretKey: { key: CANARY } },
    { sdkAppId: CANARY },
    { identifier: CANARY },
    { identifier: [CANARY] },
    { identifier: `${CANARY}\n` },
    { expireSeconds: CANARY },
    { currentDate: CANARY },
    { userBuf: CANARY },
  ];
  const errors: unknown[] = [];
  const catching = async (work: () => unknown) => {
    try {
      await work();
    } catch (error) {
      errors.push(error);
    }
  };
  for (const mistake of mistakes) {
    const options = { ...base, ...mistake } as unknown as SignUserSigOptions & {
      secretKey: string;
    };
    await catching(() => signUserSig(options));
    await catching(() => new SyncUserSigSigner(options).sign(options));
    await catching(() => verifyUserSig("eJx", options));
  }
  return errors;
}

/** Every text that a value gives away to plain code. */
export function texts(value: unknown, depth = 0): string[] {
  const found = [String(value), `${JSON.stringify(value)}`];
  if (typeof value !== "object" || value === null || depth > 3) return found;
  for (const key of Reflect.ownKeys(value)) {
    found.push(String(key), ...texts((value as Record<PropertyKey, unknown>)[key], depth + 1));
  }
  return found;
}
