/**
 * What a call of the client costs beside a bare `fetch` of the same request to the same server. Runs on
 * Deno, Bun and Node with the server's address as its argument; prints its figures as JSON.
 *
 * All ways in each round, in alternate order, and the median of the rounds' ratios: the server's time is in
 * all of them.
 */

import process from "node:process";
import { TimClient } from "../../mod.ts";
import { app, median } from "./user_sig_common.ts";

/** Microseconds for one, and the ratios to the bare `fetch`. */
export interface CallFigures {
  bare: number;
  call: number;
  ratio: number;
  /** A command that may not be repeated. */
  once: number;
  onceRatio: number;
}

const ROUNDS = 100;
const CALLS = 100;

const baseUrl = process.argv[2]!;
const tim = new TimClient({ ...app, baseUrl });
const body = { GroupIdList: ["book-club"] };
const text = JSON.stringify(body);
const userSig = await tim.signUserSig({ identifier: "administrator" });
const url = `${baseUrl}/v4/group_open_http_svc/get_group_info?sdkappid=${app.sdkAppId}` +
  `&identifier=administrator&usersig=${userSig}&random=`;

const call = () => tim.call("group_open_http_svc/get_group_info", body);
/** One that may not be repeated goes out in a form that no runtime repeats by itself, which costs more. */
const once = () => tim.call("group_open_http_svc/get_group_info", body, { idempotent: false });
const bare = async () => {
  const random = crypto.getRandomValues(new Uint32Array(1))[0];
  const response = await fetch(`${url}${random}&contenttype=json`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: text,
  });
  return await response.json();
};

if (JSON.stringify(await call()) !== JSON.stringify(await bare())) {
  throw new Error("The client and the bare fetch got different answers");
}
const ways = { bare, call, once };
type Way = keyof typeof ways;
const names = Object.keys(ways) as Way[];
for (let i = 0; i < 750; i++) await ways[names[i % 3]!]();
const micros: Record<Way, number[]> = { bare: [], call: [], once: [] };
for (let round = 0; round < ROUNDS; round++) {
  for (const way of round % 2 ? names : names.toReversed()) {
    micros[way].push(await time(ways[way]));
  }
}
const ratio = (way: Way) =>
  median(micros[way].map((called, round) => called / micros.bare[round]!));
const figures: CallFigures = {
  bare: median(micros.bare),
  call: median(micros.call),
  ratio: ratio("call"),
  once: median(micros.once),
  onceRatio: ratio("once"),
};
console.log("\n" + JSON.stringify(figures));
process.exit(0);

/** Microseconds for one call, one after the other. */
async function time(one: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < CALLS; i++) await one();
  return (performance.now() - started) * 1000 / CALLS;
}
