import { cpSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import { posting, startBackend, tryGateway } from "../support/examples.ts";
import { npmInstall, packed } from "../support/packed.ts";
import { programs, run, start } from "../support/programs.ts";

test("nextjs: the route handler serves its users, run and built by Next.js itself", async () => {
  const { folder, tarball } = await packed();
  const app = join(folder, "../nextjs");
  cpSync("examples/nextjs", app, { recursive: true });
  await npmInstall(app, [tarball]);
  const backend = await startBackend();
  const next = [programs().node, "node_modules/next/dist/bin/next"];
  const listening = /http:\/\/127\.0\.0\.1:(\d+)/;
  const telling = { NEXT_TELEMETRY_DISABLED: "1" };
  const where = { cwd: app, env: { ...backend.env, ...telling } };
  try {
    for (const mode of ["dev", "start"]) {
      // What is built is built without a key.
      if (mode === "start") await run([...next, "build"], { cwd: app, env: telling });
      const server = await start(
        [...next, mode, "--hostname=127.0.0.1", "--port=0"],
        listening,
        where,
      );
      await tryGateway(posting(`http://127.0.0.1:${server.match[1]}/api/tim`), backend)
        .finally(server.stop);
    }
  } finally {
    await backend.close();
  }
});

test.run();
