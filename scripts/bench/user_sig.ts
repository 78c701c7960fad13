/**
 * How many UserSigs a second: our three ways, the vendor's npm package, and the two platform calls alone
 * that the default way cannot do without. Runs on Deno, Bun and Node; prints its figures as JSON.
 *
 * One process, so that all have the same machine in the same state; rounds in alternate order, since the
 * first of a round finds a cooler processor; medians, since other programs disturb single rounds.
 */

import { inflateSync } from "node:zlib";
import { UserSigSigner, verifyUserSig } from "../../mod.ts";
import { fromUserSigText } from "../../src/core/base64.ts";
import { SyncUserSigSigner } from "../../src/sync/mod.ts";
import { Api } from "../../test/support/official.ts";
import { app, type Figures, IN_FLIGHT, median, requestFor } from "./user_sig_common.ts";

const ROUNDS = 9;
const ROUND_MS = 60;

const official = new Api(app.sdkAppId, app.secretKey);
const deflated = new UserSigSigner(app);
const stored = new UserSigSigner({ ...app, compression: "stored" });
const synchronous = new SyncUserSigSigner(app);

/** What is compared; each takes the number of a user. */
const ways: Record<string, (user: number) => string | Promise<string>> = {
  "official package": (user) => {
    const { identifier, expireSeconds } = requestFor(user);
    return official.genUserSig(identifier, expireSeconds);
  },
  "1 deflate": (user) => deflated.sign(requestFor(user)),
  "2 stored": (user) => stored.sign(requestFor(user)),
  "3 sync": (user) => synchronous.sign(requestFor(user)),
};

await checkFixtures();
const characters = await countCharacters();
const bare = await barePlatform();
const modes: [name: keyof Figures["rates"], run: (way: typeof bare, n: number) => unknown][] = [
  ["oneAtATime", oneAtATime],
  ["inFlight", inFlight],
];
const figures: Figures[] = Object.entries({ ...ways, "1 platform calls alone": bare })
  .map(([way]) => ({ way, characters: characters[way], rates: { oneAtATime: 0, inFlight: 0 } }));
for (const [mode, run] of modes) {
  const rates = await measure(run);
  for (const row of figures) row.rates[mode] = rates[row.way]!;
}
console.log("\n" + JSON.stringify(figures));

/** Every way must give the same document, and a signature that verifies, before it is timed. */
async function checkFixtures(): Promise<void> {
  const clock = Date.now;
  const now = clock();
  Date.now = () => now;
  try {
    for (const user of [0, 77, 999]) {
      const documents = new Set<string>();
      for (const [way, sign] of Object.entries(ways)) {
        const userSig = await sign(user);
        const { identifier } = requestFor(user);
        const verdict = await verifyUserSig(userSig, { ...app, identifier });
        if (!verdict.valid) throw new Error(`${way} makes a UserSig that is ${verdict.reason}`);
        documents.add(inflateSync(fromUserSigText(userSig)!).toString());
      }
      if (documents.size !== 1) throw new Error(`Documents differ: ${[...documents].join("\n")}`);
    }
  } finally {
    Date.now = clock;
  }
}

/** The mean length over a thousand users. */
async function countCharacters(): Promise<Record<string, number>> {
  const means: Record<string, number> = {};
  for (const [way, sign] of Object.entries(ways)) {
    let sum = 0;
    for (let user = 0; user < 1000; user++) sum += (await sign(user)).length;
    means[way] = Math.round(sum / 1000);
  }
  return means;
}

/** The two platform calls of way 1 on texts made beforehand, and nothing else. */
async function barePlatform(): Promise<(user: number) => Promise<string>> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const raw = new TextEncoder().encode(app.secretKey);
  const key = await crypto.subtle.importKey("raw", raw, algorithm, false, ["sign"]);
  const text = crypto.getRandomValues(new Uint8Array(92));
  const documents: Uint8Array<ArrayBuffer>[] = [];
  for (let user = 0; user < 1024; user++) {
    const container = fromUserSigText(synchronous.sign(requestFor(user)))!;
    documents.push(Uint8Array.from(inflateSync(container)));
  }
  return async (user) => {
    await crypto.subtle.sign("HMAC", key, text);
    const stream = new CompressionStream("deflate");
    const writer = stream.writable.getWriter();
    writer.write(documents[user % 1024]!);
    writer.close();
    const reader = stream.readable.getReader();
    while (!(await reader.read()).done);
    return "";
  };
}

async function measure(
  run: (way: typeof bare, n: number) => unknown,
): Promise<Record<string, number>> {
  const all = Object.entries({ ...ways, "1 platform calls alone": bare });
  const rates: Record<string, number[]> = {};
  const counts: Record<string, number> = {};
  for (const [name, way] of all) {
    rates[name] = [];
    // Warm first, then as many as fill a round.
    await timed(() => run(way as typeof bare, 2000));
    const ms = await timed(() => run(way as typeof bare, 1000));
    counts[name] = Math.max(128, Math.round(1000 * ROUND_MS / ms / 64) * 64);
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, way] of round % 2 ? all.toReversed() : all) {
      const ms = await timed(() => run(way as typeof bare, counts[name]!));
      rates[name]!.push(counts[name]! / ms * 1000);
    }
  }
  return Object.fromEntries(
    Object.entries(rates).map(([name, values]) => [name, Math.round(median(values))]),
  );
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function oneAtATime(way: typeof bare, n: number): Promise<void> {
  for (let user = 0; user < n; user++) {
    const userSig: unknown = way(user);
    // What is synchronous must not pay for a turn of the event loop.
    if (typeof userSig !== "string") await userSig;
  }
}

async function inFlight(way: typeof bare, n: number): Promise<void> {
  for (let user = 0; user < n; user += IN_FLIGHT) {
    const group: unknown[] = [];
    for (let i = 0; i < IN_FLIGHT; i++) group.push(way(user + i));
    if (typeof group[0] !== "string") await Promise.all(group);
  }
}
