import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  decodeUserSig,
  importSecretKey,
  isTimError,
  signUserSig,
  type SignUserSigOptions,
  UserSigSigner,
  verifyUserSig,
  type VerifyUserSigOptions,
} from "../../mod.ts";
import { fromUserSigText, toUserSigText } from "../../src/core/base64.ts";
import { store } from "../../src/core/zlib.ts";
import { SyncUserSigSigner } from "../../src/sync/mod.ts";
import { rejects } from "../support/rejects.ts";

const sdkAppId = 1400000000;
const secretKey = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
const otherKey = "0".repeat(64);
const alice = { sdkAppId, secretKey, identifier: "alice", currentDate: new Date(1700000000_000) };
const at = (seconds: number) => new Date(seconds * 1000);

const refused: [name: string, options: Record<string, unknown>, rule: RegExp][] = [
  ["no identifier", { identifier: undefined }, /Identifier is undefined, wanted a string/],
  ["a number for an identifier", { identifier: 7 }, /Identifier is 7, wanted a string/],
  ["an empty identifier", { identifier: "" }, /Identifier is 0 bytes of UTF-8, wanted 1 to 32/],
  ["33 bytes", { identifier: "x".repeat(33) }, /Identifier is 33 bytes of UTF-8, wanted 1 to 32/],
  ["11 Chinese characters", { identifier: "用".repeat(11) }, /Identifier is 33 bytes of UTF-8/],
  [
    "a line feed",
    { identifier: "a\nTLS.time:1" },
    /control character, or half a surrogate pair, at position 1/,
  ],
  ["a delete character", { identifier: "ab\x7f" }, /control character.* at position 2/],
  ["a C1 control", { identifier: "\x85" }, /control character.* at position 0/],
  ["half a character", { identifier: "a\ud83d" }, /half a surrogate pair, at position 1/],
  [
    "a lifetime below 0",
    { expireSeconds: -1 },
    /expireSeconds is -1, wanted a whole number from 0/,
  ],
  ["half a second", { expireSeconds: 0.5 }, /expireSeconds is 0.5/],
  ["a lifetime of 33 bits", { expireSeconds: 2 ** 32 }, /expireSeconds is 4294967296/],
  ["no number of seconds", { expireSeconds: NaN }, /expireSeconds is NaN/],
  ["a lifetime as text", { expireSeconds: "1d" }, /expireSeconds is of type string/],
  ["an app as text", { sdkAppId: "1400000000" }, /SDKAppID is of type string, wanted a whole/],
  ["an app as bigint", { sdkAppId: 1400000000n }, /SDKAppID is of type bigint/],
  ["app 0", { sdkAppId: 0 }, /SDKAppID is 0, wanted a whole number from 1 to 4294967295/],
  ["an app of 33 bits", { sdkAppId: 2 ** 32 }, /SDKAppID is 4294967296/],
  ["a date that is none", { currentDate: new Date("never") }, /Current time is NaN ms/],
  ["a number for a date", { currentDate: 1700000000 }, /Current time is NaN ms/],
  ["a date before 1970", { currentDate: new Date(-1) }, /Current time is -1 ms/],
  ["an empty userbuf", { userBuf: new Uint8Array() }, /userBuf is no Uint8Array of 1 to 32768/],
  ["a userbuf as text", { userBuf: "AAAF" }, /userBuf is no Uint8Array/],
  ["a userbuf beyond 32 KiB", { userBuf: new Uint8Array(32769) }, /userBuf is no Uint8Array/],
  ["no key", { secretKey: undefined }, /Secret key is missing/],
  ["an empty key", { secretKey: "" }, /Secret key is missing/],
  [
    "a key with a line feed",
    { secretKey: otherKey + "\n" },
    /white space around it: a line feed at its end/,
  ],
  ["a PEM key", { secretKey: "-----BEGIN PRIVATE KEY-----" }, /old ECDSA signatures/],
];

for (const [name, options, rule] of refused) {
  const bad = { ...alice, ...options } as unknown as SignUserSigOptions & { secretKey: string };
  test(`signUserSig refuses ${name} and names the rule`, async () => {
    const error = await rejects(signUserSig(bad));
    assert.ok(isTimError(error, "config"));
    assert.match(error.message, rule);
  });
  test(`SyncUserSigSigner refuses ${name} by the same rule`, () => {
    assert.throws(() => new SyncUserSigSigner(bad).sign(bad), rule);
  });
}

test("UserSigSigner shows wrong defaults when it is made", () => {
  const make = (options: object) => () => new UserSigSigner({ ...alice, ...options });
  assert.throws(make({ expireSeconds: -1 }), /expireSeconds is -1/);
  assert.throws(make({ compression: "gzip" }), /compression is "gzip", wanted "deflate"/);
  assert.throws(make({ secretKey: {} }), /no CryptoKey for HMAC with SHA-256/);
});

test("signUserSig lives for 180 days when no lifetime is named, or for the signer's", async () => {
  const expireOf = async (userSig: string) => {
    const decoded = await decodeUserSig(userSig);
    return decoded.ok && decoded.claims.expire;
  };
  assert.is(await expireOf(await signUserSig(alice)), 15_552_000);
  const signer = new UserSigSigner({ sdkAppId, secretKey, expireSeconds: 60 });
  assert.is(await expireOf(await signer.sign({ identifier: "a" })), 60);
  assert.is(await expireOf(await signer.sign({ identifier: "a", expireSeconds: 0 })), 0);
});

test("UserSigSigner reads its own clock, rounded down to the second", async () => {
  const signer = new UserSigSigner({ sdkAppId, secretKey, now: () => 1700000000_999 });
  const decoded = await decodeUserSig(await signer.sign({ identifier: "a" }));
  assert.is(decoded.ok && decoded.claims.time, 1700000000);
});

test("signMany answers in the order of the requests, beyond what is in flight at once", async () => {
  const signer = new UserSigSigner({ sdkAppId, secretKey, compression: "stored" });
  const names = Array.from({ length: 150 }, (_, i) => `user_${i}`);
  const signed = await signer.signMany(names.map((identifier) => ({ identifier })));
  const decoded = await Promise.all(signed.map(decodeUserSig));
  assert.equal(decoded.map((one) => one.ok && one.claims.identifier), names);
  assert.equal(await signer.signMany([]), []);
});

test("signMany fails as a whole when one request breaks a rule", async () => {
  const signer = new UserSigSigner({ sdkAppId, secretKey });
  const error = await rejects(signer.signMany([{ identifier: "a" }, { identifier: "" }]));
  assert.match((error as Error).message, /Identifier is 0 bytes/);
});

async function hmacKey(hash: string, usages: KeyUsage[]): Promise<CryptoKey> {
  const raw = new TextEncoder().encode(secretKey);
  return await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash }, false, usages);
}

test("importSecretKey gives a key that signs and verifies and cannot be read out", async () => {
  const key = await importSecretKey(secretKey);
  assert.is(key.extractable, false);
  assert.ok(await rejects(crypto.subtle.exportKey("raw", key)));
  const userSig = await signUserSig({ ...alice, secretKey: key });
  assert.ok((await verifyUserSig(userSig, alice)).valid, "it is the same key as its text");
  assert.ok((await verifyUserSig(userSig, { ...alice, secretKey: key })).valid);
});

test("a CryptoKey with one usage does that and refuses the other by name", async () => {
  const signs = await hmacKey("SHA-256", ["sign"]);
  const verifies = await hmacKey("SHA-256", ["verify"]);
  const userSig = await signUserSig({ ...alice, secretKey: signs });
  assert.ok((await verifyUserSig(userSig, { ...alice, secretKey: verifies })).valid);
  const signing = await rejects(signUserSig({ ...alice, secretKey: verifies }));
  assert.match((signing as Error).message, /no CryptoKey .* that may "sign"/);
  const verifying = await rejects(verifyUserSig(userSig, { ...alice, secretKey: signs }));
  assert.match((verifying as Error).message, /no CryptoKey .* that may "verify"/);
});

test("a CryptoKey of another algorithm is refused, for signing and verifying", async () => {
  const sha512 = await hmacKey("SHA-512", ["sign", "verify"]);
  const aes = await crypto.subtle.generateKey({ name: "AES-GCM", length: 128 }, false, ["encrypt"]);
  for (const key of [sha512, aes as CryptoKey]) {
    const rule = /no CryptoKey for HMAC with SHA-256/;
    const options = { ...alice, secretKey: key };
    assert.match((await rejects(signUserSig(options)) as Error).message, rule);
    assert.match((await rejects(verifyUserSig("", options)) as Error).message, rule);
  }
});

test("SyncUserSigSigner refuses a CryptoKey and says why", async () => {
  const key = await importSecretKey(secretKey) as unknown as string;
  assert.throws(
    () => new SyncUserSigSigner({ sdkAppId, secretKey: key }),
    /CryptoKey cannot sign synchronously/,
  );
});

test("verifyUserSig tries several keys: the old one holds while keys are changed", async () => {
  const old = await signUserSig(alice);
  const fresh = await signUserSig({ ...alice, secretKey: otherKey });
  const rotating = { ...alice, secretKey: [otherKey, await importSecretKey(secretKey)] };
  assert.ok((await verifyUserSig(old, rotating)).valid);
  assert.ok((await verifyUserSig(fresh, rotating)).valid);
  assert.equal(await verifyUserSig(old, { ...alice, secretKey: [otherKey] }), {
    valid: false,
    reason: "bad-signature",
  });
});

test("verifyUserSig allows for clocks that differ, to the second", async () => {
  const userSig = await signUserSig({ ...alice, expireSeconds: 60 });
  const check = async (seconds: number, clockSkewSeconds?: number) => {
    const verdict = await verifyUserSig(userSig, {
      ...alice,
      currentDate: at(seconds),
      clockSkewSeconds,
    });
    return verdict.valid ? "valid" : verdict.reason;
  };
  assert.is(await check(1700000060), "valid");
  assert.is(await check(1700000061), "expired");
  assert.is(await check(1700000090, 30), "valid");
  assert.is(await check(1700000091, 30), "expired");
});

test("verifyUserSig refuses half a surrogate pair, which is signed as U+FFFD", async () => {
  const genuine = await signUserSig({ ...alice, identifier: "\ufffd", compression: "stored" });
  const bytes = fromUserSigText(genuine)!.slice(7, -4);
  const document = JSON.parse(new TextDecoder().decode(bytes));
  assert.is(document["TLS.identifier"], "\ufffd");
  const text = JSON.stringify({ ...document, "TLS.identifier": "\ud83d" });
  const forged = toUserSigText(store(new TextEncoder().encode(text)));
  const { identifier: _, ...anybody } = alice;
  assert.ok((await verifyUserSig(genuine, anybody)).valid);
  assert.equal(await verifyUserSig(forged, anybody), { valid: false, reason: "bad-type" });
});

test("decodeUserSig refuses an end that no number can name exactly", async () => {
  const document = (time: number) =>
    toUserSigText(store(new TextEncoder().encode(
      `{"TLS.ver":"2.0","TLS.identifier":"a","TLS.sdkappid":1,"TLS.time":${time},"TLS.expire":9,"TLS.sig":""}`,
    )));
  const most = Number.MAX_SAFE_INTEGER;
  const decoded = await decodeUserSig(document(most - 9));
  assert.is(decoded.ok && decoded.claims.expiresAt, most);
  assert.equal(await decodeUserSig(document(most - 8)), { ok: false, reason: "bad-type" });
});

const wrongOptions: [name: string, options: Record<string, unknown>, rule: RegExp][] = [
  ["no keys", { secretKey: [] }, /list of secret keys is empty/],
  ["an empty key", { secretKey: [secretKey, ""] }, /Secret key is missing/],
  ["an app as text", { sdkAppId: "1400000000" }, /SDKAppID is of type string/],
  ["a date that is none", { currentDate: new Date(NaN) }, /currentDate is no valid Date/],
  ["a skew below 0", { clockSkewSeconds: -1 }, /clockSkewSeconds is -1, wanted/],
  ["an endless skew", { clockSkewSeconds: Infinity }, /clockSkewSeconds is Infinity/],
];

for (const [name, options, rule] of wrongOptions) {
  test(`verifyUserSig throws for ${name}, whatever the UserSig`, async () => {
    const wrong = { ...alice, ...options } as unknown as VerifyUserSigOptions;
    for (const userSig of ["", "eJx", await signUserSig(alice)]) {
      assert.match((await rejects(verifyUserSig(userSig, wrong)) as Error).message, rule);
    }
  });
}

test.run();
