import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { compiledExamples } from "../support/compiled_examples.ts";
import { type Backend, startBackend } from "../support/examples.ts";
import { packed } from "../support/packed.ts";
import { programs, run } from "../support/programs.ts";

/** Runs a file of `examples/`: on Deno from the sources as JSR has them, elsewhere on the npm package. */
type Runner = (file: string, args: string[], backend?: Backend) => Promise<string>;

const { deno, bun, node, node22, node20 } = programs();

const settings = "--env-file=examples/emulator.env";
const onPackage = (program: string): Runner => async (file, args, backend) => {
  const { folder } = await packed();
  return await run([program, settings, join(folder, "examples", file), ...args], {
    env: backend?.address,
  });
};
const compiled = (program: string): Runner => async (file, args, backend) =>
  await run([program, settings, await compiledExamples(file), ...args], { env: backend?.address });

const runners: Record<string, Runner> = {
  Deno: (file, args, backend) =>
    run([deno, "run", "--no-check", "-N", "-E", settings, `examples/${file}`, ...args], {
      env: backend?.address,
    }),
  Bun: onPackage(bun),
  "the newest Node": onPackage(node),
  ...node22 && { "Node 22": onPackage(node22) },
  ...node20 && { "Node 20": compiled(node20) },
};

for (const [name, runner] of Object.entries(runners)) {
  test(`${name}: list-groups prints the app's groups`, async () => {
    const backend = await startBackend();
    assert.match(
      await runner("list-groups/main.ts", [], backend),
      /^book-club\tBook club\tPublic\t1 members$/m,
    );
    await backend.close();
  });

  test(`${name}: live-room goes from creation through seats and gifts to its end`, async () => {
    const backend = await startBackend();
    const printed = await runner("live-room/main.ts", [], backend);
    assert.match(printed, /Index: 2,[^}]*Member_Account: "omar"|Member_Account: 'omar'/);
    assert.match(printed, /TotalGiftsSent: 3/);
    assert.match(printed, /TotalGiftCoins: 30/);
    const { Response } = await backend.tim.call("live_engine_http_srv/get_room_list", {
      Next: "",
      Count: 10,
    });
    assert.equal(Response?.RoomList ?? [], [], "it is over");
    await backend.close();
  });

  test(`${name}: test-suite's own tests pass`, async () => {
    const test = { Deno: [deno, "test", "--no-check", "-A"], Bun: [bun, "test"] }[name];
    const printed = test
      ? await run([
        ...test,
        name === "Deno"
          ? "examples/test-suite/club.test.ts"
          : join((await packed()).folder, "examples/test-suite/club.test.ts"),
      ])
      : await runner("test-suite/club.test.ts", []);
    assert.match(printed, /2 pass(ed)?\b|pass 2\b/);
  });
}

test("token.ts prints a token that names the user", async () => {
  const printed = await runners.Deno!("token.ts", ["bob"]);
  assert.is(JSON.parse(atob(printed.split(".")[1]!)).sub, "bob");
});

test.run();
