/**
 * What a call of the client costs beside a bare `fetch` of the same request to the same server. Runs on
 * Deno, Bun and Node with the server's address as its argument; prints its figures as JSON.
 *
 * Pairs in alternate order and the median of their ratios: the server's time is in both of them.
 */

import process from "node:process";
import { TimClient } from "../../mod.ts";
import { app, median } from "./user_sig_common.ts";

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
const warmUp = 500;
for (let i = 0; i < warmUp; i++) await (i % 2 ? call : bare)();
const ratios: number[] = [];
const micros: Record<"call" | "bare", number[]> = { call: [], bare: [] };
for (let round = 0; round < ROUNDS; round++) {
  const order = round % 2 ? [call, bare] : [bare, call];
  const [first, second] = [await time(order[0]!), await time(order[1]!)];
  const [called, fetched] = round % 2 ? [first, second] : [second, first];
  micros.call.push(called);
  micros.bare.push(fetched);
  ratios.push(called / fetched);
}
console.log(
  "\n" + JSON.stringify({
    call: median(micros.call),
    bare: median(micros.bare),
    ratio: median(ratios),
  }),
);
process.exit(0);

/** Microseconds for one call, one after the other. */
async function time(one: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < CALLS; i++) await one();
  return (performance.now() - started) * 1000 / CALLS;
}
