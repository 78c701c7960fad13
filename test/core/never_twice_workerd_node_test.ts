import { test } from "uvu";
import * as assert from "uvu/assert";
import { httpAnswer, rawServer } from "../support/raw_server.ts";
import { startWorker } from "../support/start_worker.ts";
import { tool } from "../support/tool.mjs";

const OK = httpAnswer(JSON.stringify({ ActionStatus: "OK", ErrorCode: 0 }));
const WORKER = `
  import { TimClient } from "./mod.ts";
  export default {
    async fetch(request) {
      const baseUrl = new URL(request.url).searchParams.get("of");
      const tim = new TimClient({ sdkAppId: 1400000000, secretKey: "k", baseUrl });
      const call = (n) => tim.call("some_svc/some_command", { n }).then(() => "OK", ({ code }) => code);
      return Response.json([await call(1), await call(2)]);
    },
  };
`;

test("in a Worker, nothing is sent twice when a reused connection dies", async () => {
  // The first call keeps the connection; the second is received whole and then cut.
  const server = await rawServer((socket, { body }) =>
    body.includes("1") ? socket.write(OK) : socket.destroy()
  );
  const miniflare = await startWorker(WORKER);
  try {
    const url = `http://localhost/?of=${encodeURIComponent(server.url)}`;
    assert.equal(await (await miniflare.dispatchFetch(url)).json(), ["OK", "TIM_CONNECTION"]);
    assert.equal(server.requests.map(({ body }) => body), ['{"n":1}', '{"n":2}']);
    assert.is(server.requests[1]!.turn, 2, "on the same connection");
  } finally {
    await miniflare.dispose();
    await server.close();
  }
});

test.after(() => tool("esbuild").stop());

test.run();
