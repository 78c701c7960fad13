/**
 * The same figures for our three ways inside workerd. Run by Node, for which `miniflare` is made; the clock
 * is Node's, since a Worker's own stands still while it computes.
 */

import { tool } from "../../test/support/tool.mjs";
import { IN_FLIGHT, median } from "./user_sig_common.ts";

const { build } = tool("esbuild");
const { Miniflare } = tool("miniflare");
const ROUNDS = 7;
const ROUND_MS = 100;

const worker = `
  import { UserSigSigner, verifyUserSig } from "./mod.ts";
  import { SyncUserSigSigner } from "./src/sync/mod.ts";
  import { app, IN_FLIGHT, requestFor } from "./scripts/bench/user_sig_common.ts";

  const signers = {
    "1 deflate": new UserSigSigner(app),
    "2 stored": new UserSigSigner({ ...app, compression: "stored" }),
    "3 sync": new SyncUserSigSigner(app),
  };
  export default {
    async fetch(request) {
      const { way, atOnce, n } = await request.json();
      const signer = signers[way];
      let characters = 0;
      let last;
      for (let user = 0; user < n; user += atOnce) {
        const group = [];
        for (let i = 0; i < atOnce; i++) group.push(signer.sign(requestFor(user + i)));
        const signed = typeof group[0] === "string" ? group : await Promise.all(group);
        for (const userSig of signed) characters += userSig.length;
        last = signed.at(-1);
      }
      const verdict = await verifyUserSig(last, app);
      if (!verdict.valid) throw new Error(way + " makes a UserSig that is " + verdict.reason);
      return Response.json({ characters: Math.round(characters / n) });
    },
  };
`;
const bundle = await build({
  stdin: { contents: worker, resolveDir: process.cwd(), loader: "ts" },
  bundle: true,
  write: false,
  format: "esm",
  target: "esnext",
  logLevel: "error",
});
const miniflare = new Miniflare({
  // Where it is, it would ask the internet.
  cf: false,
  modules: true,
  script: bundle.outputFiles[0].text,
  compatibilityDate: "2026-07-01",
});

/** @param {{ way: string, atOnce: number, n: number }} job */
async function run(job) {
  const start = performance.now();
  const body = JSON.stringify(job);
  const answer = await miniflare.dispatchFetch("http://localhost/", { method: "POST", body });
  const { characters } = /** @type {{ characters: number }} */ (await answer.json());
  return { ms: performance.now() - start, characters };
}

/**
 * @param {string} way
 * @param {number} atOnce
 */
async function rate(way, atOnce) {
  await run({ way, atOnce, n: 2048 });
  const { ms, characters } = await run({ way, atOnce, n: 1024 });
  const n = Math.max(1024, Math.round(1024 * ROUND_MS / ms / IN_FLIGHT) * IN_FLIGHT);
  const rates = [];
  for (let round = 0; round < ROUNDS; round++) {
    rates.push(n / (await run({ way, atOnce, n })).ms * 1000);
  }
  return { characters, rate: Math.round(median(rates)) };
}

try {
  const figures = [];
  for (const way of ["1 deflate", "2 stored", "3 sync"]) {
    const one = await rate(way, 1);
    const many = await rate(way, IN_FLIGHT);
    const rates = { oneAtATime: one.rate, inFlight: many.rate };
    figures.push({ way, characters: one.characters, rates });
  }
  console.log("\n" + JSON.stringify(figures));
} finally {
  await miniflare.dispose();
}
