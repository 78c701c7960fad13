import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Tally } from "../support/harness.ts";
import { packageSuite } from "../support/package_suite.ts";
import { programs, run } from "../support/programs.ts";
import { tool } from "../support/tool.mjs";
import type { Workerd } from "../support/worker_bundle.ts";

/** Many tests, so that a bundle that lost its files does not pass. */
const LEAST = 500;

function judge(name: string, { passed, failures }: Tally): void {
  assert.equal(failures, [], name);
  assert.ok(passed > LEAST, `${name}: only ${passed} tests`);
}

test("the shared suite passes on the npm package: Node 20, 22 and the newest, Bun, a Worker", async () => {
  const { whole, quick, worker } = await packageSuite();
  const { node, node22, node20, bun } = programs();
  const on = async (name: string, program: string | undefined, suite: string) => {
    if (program === undefined) return;
    const printed = await run([program, suite], { fails: true });
    judge(name, JSON.parse(printed.trimEnd().split("\n").at(-1)!));
  };
  const inWorkerd = async () => {
    const { Miniflare } = tool("miniflare");
    const miniflare: Workerd = new Miniflare({
      // Where it is, it would ask the internet.
      cf: false,
      modules: true,
      script: readFileSync(worker, "utf8"),
      compatibilityDate: "2026-07-01",
      durableObjects: { GATEWAY_OBJECT: { className: "GatewayObject", useSQLite: true } },
      handleRuntimeStdio: () => {},
    });
    const answer = await miniflare.dispatchFetch("http://localhost/");
    judge("workerd", await answer.json());
    await miniflare.dispose();
  };
  // The oldest runtime, on which the sources are tested nowhere, runs all; it waits most of the time.
  await Promise.all([
    on("Node 20", node20, whole),
    on("Node 22", node22, quick)
      .then(() => on("newest Node", node, quick))
      .then(() => on("Bun", bun, quick))
      .then(inWorkerd),
  ]);
});

test.run();
