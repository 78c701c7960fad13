import { spawnSync } from "node:child_process";
import process from "node:process";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { startWorker } from "../support/start_worker.ts";

/** One client for all requests; `/busy` makes it one that would keep timers, `/hang` is never answered. */
const WORKER = `
  import { TimClient } from "./mod.ts";
  const OK = { ActionStatus: "OK", ErrorCode: 0 };
  const tim = new TimClient({
    sdkAppId: 1400000000,
    secretKey: "k",
    timeoutMs: 3100,
    fetch: async (url) => url.includes("never_svc") ? await new Promise(() => {}) : Response.json(OK),
  });
  export default {
    async fetch(request) {
      const { pathname } = new URL(request.url);
      const from = Date.now();
      if (pathname === "/busy") {
        for (let i = 0; i < 1100; i++) await tim.call("some_svc/some_command");
        await new Promise((resolve) => setTimeout(resolve, 3600));
        return new Response("busy");
      }
      const ended = await tim.call("never_svc/never_command").catch(({ code }) => code);
      return new Response(ended + " " + (Date.now() - from));
    },
  };
`;

test("a call in a Worker ends by its own request's timer", async () => {
  await Promise.all([hangs([]), hangs(["nodejs_compat"])]);
});

test("a busy client's time limit keeps Node awake, and what it keeps does not", () => {
  const program = `
    const OK = { ActionStatus: "OK", ErrorCode: 0 };
    const { TimClient } = await import("./mod.ts");
    const tim = new TimClient({
      sdkAppId: 1400000000,
      secretKey: "k",
      timeoutMs: 3100,
      fetch: async (url) => url.includes("never_svc") ? await new Promise(() => {}) : Response.json(OK),
    });
    for (let i = 0; i < 1100; i++) await tim.call("some_svc/some_command");
    await tim.call("never_svc/never_command").catch(({ code }) => console.log(code));
    for (let i = 0; i < 10; i++) await tim.call("some_svc/some_command");
    process.once("exit", () => console.log(performance.now() - ended < 2000 ? "at once" : "late"));
    const ended = performance.now();`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", program],
    { encoding: "utf8", timeout: 60_000 },
  );
  assert.is(stdout, "TIM_TIMEOUT\nat once\n", stderr);
  assert.is(status, 0, stderr);
});

async function hangs(compatibilityFlags: string[]): Promise<void> {
  const miniflare = await startWorker(WORKER, { compatibilityFlags });
  const ask = async (path: string) =>
    await (await miniflare.dispatchFetch(`http://localhost${path}`)).text();
  try {
    const busy = ask("/busy");
    await new Promise((resolve) => setTimeout(resolve, 800));
    // The first request is still there, and its timers go off while the second one waits.
    const [, code, ms] = /^(\w+) (\d+)$/.exec(await ask("/hang"))!;
    assert.is(await busy, "busy");
    assert.is(code, "TIM_TIMEOUT");
    assert.ok(Number(ms) >= 3000 && Number(ms) < 9000, `${ms} ms`);
  } finally {
    await miniflare.dispose();
  }
}

test.run();
