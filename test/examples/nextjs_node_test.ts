import { cpSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import { posting, startBackend, tryGateway } from "../support/examples.ts";
import { npmInstall, packed } from "../support/packed.ts";
import { programs, start } from "../support/programs.ts";

test("nextjs: the route handler serves its users, run by Next.js itself", async () => {
  const { folder, tarball } = await packed();
  const app = join(folder, "../nextjs");
  cpSync("examples/nextjs", app, { recursive: true });
  await npmInstall(app, [tarball]);
  const backend = await startBackend();
  const server = await start(
    [programs().node, "node_modules/next/dist/bin/next", "dev", "--hostname=127.0.0.1", "--port=0"],
    /http:\/\/127\.0\.0\.1:(\d+)/,
    { cwd: app, env: { ...backend.env, NEXT_TELEMETRY_DISABLED: "1" } },
  );
  try {
    await tryGateway(posting(`http://127.0.0.1:${server.match[1]}/api/tim`), backend);
  } finally {
    await server.stop();
    await backend.close();
  }
});

test.run();
