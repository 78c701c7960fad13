import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { compiledExamples } from "../support/compiled_examples.ts";
import { posting, startBackend, tryGateway } from "../support/examples.ts";
import { packed } from "../support/packed.ts";
import { programs, start } from "../support/programs.ts";

const { deno, bun, node, node22, node20 } = programs();
const inPackage = async (file: string) => join((await packed()).folder, "examples", file);
const settings = "--env-file=examples/emulator.env";
const serveOnDeno = ["serve", "--no-check", settings, "-N", "-E", "--host=127.0.0.1", "--port=0"];
const LISTENING = /http:\/\/[\w.-]+:(\d+)/;

/** How each server is started, and the path of its gateway. */
const servers: Record<string, { command: () => string[] | Promise<string[]>; path?: string }> = {
  Deno: { command: () => [deno, ...serveOnDeno, "examples/deno/main.ts"] },
  Bun: { command: async () => [bun, settings, await inPackage("bun/main.ts")] },
  "the newest Node": {
    command: async () => [node, settings, await inPackage("node/main.ts")],
    path: "/tim",
  },
  ...node22 && {
    "Node 22": {
      command: async () => [node22, settings, await inPackage("node/main.ts")],
      path: "/tim",
    },
  },
  ...node20 && {
    "Node 20": {
      command: async () => [node20, settings, await compiledExamples("node/main.ts")],
      path: "/tim",
    },
  },
};

for (const [name, { command, path = "" }] of Object.entries(servers)) {
  test(`${name}: the gateway serves its users and nobody else, and ends on SIGTERM`, async () => {
    const backend = await startBackend();
    const { env, address } = backend;
    const server = await start(await command(), LISTENING, {
      env: { ...address, PORT: "0" },
    });
    await tryGateway(posting(`http://127.0.0.1:${server.match[1]}${path}`), backend);
    await server.stop();
    for (const secret of [env.TIM_SECRET_KEY!, env.LOGIN_SECRET!]) {
      assert.not.ok(server.output().includes(secret), "no secret in what it prints");
    }
    await backend.close();
  });
}

const receivers: Record<string, () => string[] | Promise<string[]>> = {
  Deno: () => [deno, ...serveOnDeno, "examples/webhook-receiver/main.ts"],
  Bun: async () => [bun, settings, await inPackage("webhook-receiver/main.ts")],
};

for (const [name, command] of Object.entries(receivers)) {
  test(`${name}: webhook-receiver refuses a message and hears of new members`, async () => {
    const backend = await startBackend();
    const { emulator, env, address, tim } = backend;
    const server = await start(await command(), LISTENING, {
      env: { ...address, BUN_PORT: "0" },
    });
    const url = `http://127.0.0.1:${server.match[1]}/`;
    const set = await emulator.request("/_emulator/webhooks", {
      method: "PUT",
      body: JSON.stringify({ url, token: env.TIM_CALLBACK_TOKEN }),
    });
    assert.is(set.status, 200);
    const send = (Text: string) =>
      tim.call("group_open_http_svc/send_group_msg", {
        GroupId: "book-club",
        From_Account: "alice",
        Random: 7,
        MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text } }],
      }).then(() => 0, (error) => error.errorCode);
    assert.is(await send("see you at the casino"), 10101);
    assert.is(await send("see you at the library"), 0);
    await tim.call("group_open_http_svc/add_group_member", {
      GroupId: "book-club",
      MemberList: [{ Member_Account: "bob" }],
    });
    // What has happened is told without anybody waiting for it.
    for (let i = 0; i < 100 && !server.output().includes("bob"); i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.match(server.output(), /alice may not say that/);
    assert.match(server.output(), /new in book-club:.*[\s\S]*bob/);

    const unsigned = await fetch(`${url}?SdkAppid=${env.TIM_SDK_APP_ID}`, {
      method: "POST",
      body: "{}",
    });
    assert.not.ok(unsigned.ok, "nobody else is heard");
    await server.stop();
    await backend.close();
  });
}

test.run();
