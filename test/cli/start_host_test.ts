import { kill } from "node:process";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { verifyUserSig } from "../../mod.ts";
import { EMULATOR_APP } from "../../src/emulator/mod.ts";
import { httpAnswer, rawServer } from "../support/raw_server.ts";
import { tim, type TimProcess } from "../support/tim_process.ts";

const anyPort = ["--port", "0", "--emulator-port", "0"];

/** Starts the gateway, hands it over, and ends it as Ctrl-C does. */
async function started(
  args: string[],
  env: Record<string, string>,
  use: (process: TimProcess) => Promise<void>,
): Promise<void> {
  const process = tim(["start", ...args], env);
  try {
    await process.printed(/Ctrl-C ends it/);
    await use(process);
  } finally {
    process.child.kill("SIGINT");
    await process.ended;
  }
}

/** Does what the printed `curl` lines do. */
async function paste(banner: string): Promise<Record<string, unknown>[]> {
  const authorization = /AUTH="Authorization: (.*)"/.exec(banner)![1]!;
  const answers = [];
  for (const [, options, url] of banner.matchAll(/^curl (.*?)(?: \\\n)? +(http:\S+)$/gm)) {
    assert.match(options!, '-H "$AUTH"');
    const body = /-d '(.*)'/.exec(options!)?.[1];
    assert.ok(body !== undefined || options!.includes("-X POST"));
    const response = await fetch(url!, { method: "POST", headers: { authorization }, body });
    assert.is(response.status, 200, url);
    answers.push(await response.json());
  }
  return answers;
}

test("tim start answers its own curl lines with real data", () =>
  started(anyPort, {}, async (process) => {
    const banner = process.out();
    assert.match(banner, /Backend +http:\/\/127\.0\.0\.1:\d+ +\(embedded emulator\)/);
    assert.match(banner, /SDKAppID 88888888/);
    const [issued, list, created, read, ...rest] = await paste(banner) as [
      { userSig: string },
      Record<string, unknown>,
      Record<string, unknown>,
      { Response: { RoomInfo: Record<string, unknown> } },
    ];
    assert.is(rest.length, 0);
    const verdict = await verifyUserSig(issued.userSig, { ...EMULATOR_APP, identifier: "alice" });
    assert.ok(verdict.valid);
    assert.is((list.GroupIdList as unknown[]).length, 2);
    assert.is(list.TotalCount, 3);
    assert.is(created.ErrorCode, 0);
    assert.is(read.Response.RoomInfo.RoomName, "Morning coffee");
    const [, authorization] = /AUTH="Authorization: (.*)"/.exec(banner)!;
    const [gateway] = /http:\/\/127\.0\.0\.1:\d+(?=\/v4)/.exec(banner)!;
    const refused = await fetch(`${gateway}/v4/live_engine_http_srv/get_room_info`, {
      method: "POST",
      headers: { authorization: authorization! },
      body: '{"RoomId":7}',
    });
    assert.is(refused.status, 400, "in front of the emulator, bodies are checked before the wire");
    assert.match((await refused.json()).detail, /RoomId is 7, wanted a string/);
  }));

test("tim start ends at once with Ctrl-C", async () => {
  const process = tim(["start", ...anyPort]);
  await process.printed(/Ctrl-C ends it/);
  const pressed = Date.now();
  process.child.kill("SIGINT");
  await process.ended;
  assert.ok(Date.now() - pressed < 3000, "a clean-up that waits for something would take longer");
});

test("tim start, ended by SIGTERM, still gives the answers that are under way", async () => {
  let received = () => {};
  const asked = new Promise<void>((resolve) => received = resolve);
  const listed = JSON.stringify({ ActionStatus: "OK", ErrorCode: 0, GroupIdList: [] });
  const backend = await rawServer((socket) => {
    received();
    setTimeout(() => socket.write(httpAnswer(listed)), 700);
  });
  const process = tim(["start", ...anyPort], {
    TIM_SDK_APP_ID: "1400000000",
    TIM_SECRET_KEY: "a-key-of-mine",
    TIM_BASE_URL: backend.url,
  });
  try {
    await process.printed(/Ctrl-C ends it/);
    const authorization = /AUTH="Authorization: (.*)"/.exec(process.out())![1]!;
    const gateway = /Gateway +(\S+)/.exec(process.out())![1]!;
    const path = "/v4/group_open_http_svc/get_appid_group_list";
    const answer = fetch(`${gateway}${path}`, { method: "POST", headers: { authorization } });
    await asked;
    // The signal goes round Deno's own `kill`, which reports it even of a process that survived it.
    kill(process.child.pid!, "SIGTERM");
    assert.equal((await (await answer).json()).GroupIdList, []);
    assert.is(await process.ended, 0);
    assert.match(
      process.err(),
      /POST \/v4\/group_open_http_svc\/get_appid_group_list 200 for alice/,
    );
  } finally {
    process.child.kill("SIGKILL");
    await backend.close();
  }
});

test("tim start with credentials talks to the named backend, shows no key and starts no emulator", async () => {
  const secret = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
  const listed = { ActionStatus: "OK", ErrorCode: 0, GroupIdList: [], TotalCount: 0 };
  const backend = await rawServer((socket) => socket.write(httpAnswer(JSON.stringify(listed))));
  const env = {
    TIM_SDK_APP_ID: "1400000000",
    TIM_SECRET_KEY: secret,
    TIM_IDENTIFIER: "root",
    TIM_BASE_URL: backend.url,
  };
  try {
    await started(anyPort, env, async (process) => {
      const banner = process.out();
      assert.match(banner, `Backend   ${backend.url}`);
      assert.match(banner, 'SDKAppID 1400000000, administrator "root"');
      assert.not.match(banner + process.err(), secret);
      assert.not.match(banner, "embedded");
      assert.equal((await paste(banner))[1], listed);
      assert.is(backend.requests.length, 1);
      assert.match(backend.requests[0]!.head, /sdkappid=1400000000&identifier=root&/);
      const gateway = /Gateway +(\S+)/.exec(banner)![1]!;
      const authorization = /AUTH="Authorization: (.*)"/.exec(banner)![1]!;
      const refused = await fetch(`${gateway}/v4/group_open_http_svc/destroy_group`, {
        method: "POST",
        headers: { authorization },
      });
      assert.is(refused.status, 403, "on a real app only the sample call is allowed");
      await refused.body?.cancel();
    });
  } finally {
    await backend.close();
  }
});

for (
  const [what, args, env, message] of [
    ["half of the credentials", [], { TIM_SDK_APP_ID: "1400000000" }, /TIM_SECRET_KEY is not/],
    ["a region alone", [], { TIM_REGION: "sgp" }, /TIM_SDK_APP_ID and TIM_SECRET_KEY is not/],
    ["an app id in words", [], { TIM_SDK_APP_ID: "x", TIM_SECRET_KEY: "k" }, /wanted a number/],
    [
      "an unknown region",
      [],
      { TIM_SDK_APP_ID: "1", TIM_SECRET_KEY: "k", TIM_REGION: "mars" },
      /wanted one of: cn, sgp/,
    ],
    ["a port in words", ["--port", "x"], {}, /--port is "x"/],
    ["an unknown option", ["--prot", "1"], {}, /--prot/],
  ] as [string, string[], Record<string, string>, RegExp][]
) {
  test(`tim start used with ${what} says so and exits with 2`, async () => {
    const process = tim(["start", ...args], env);
    assert.is(await process.ended, 2);
    assert.match(process.err(), message);
    assert.is(process.out(), "");
  });
}

test("tim start says when a port is taken", async () => {
  const taken = await rawServer(() => {});
  const process = tim(["start", "--emulator-port", new URL(taken.url).port, "--port", "0"]);
  assert.is(await process.ended, 1);
  assert.match(process.err(), /Port \d+ of 127\.0\.0\.1 is taken: .* with --emulator-port/);
  const gateway = tim(["start", "--port", new URL(taken.url).port, "--emulator-port", "0"]);
  assert.is(await gateway.ended, 1);
  assert.match(gateway.err(), /is taken: .* with --port/);
  await taken.close();
});

test("tim start and tim emulator name an address where they cannot listen", async () => {
  for (const command of [["start", "--emulator-port", "0"], ["emulator"]]) {
    const process = tim([...command, "--port", "0", "--hostname", "192.0.2.1"]);
    assert.is(await process.ended, 1);
    assert.match(process.err(), "Cannot listen on port 0 of 192.0.2.1: ");
  }
});

test("tim emulator answers for the apps that it was given, and logs calls without credentials", async () => {
  const process = tim(["emulator", "--port", "0", "--app", "1400000000:a-key-of-mine:root"]);
  const [, url] = await process.printed(/on (http:\S+)\n[^]*Ctrl-C/);
  const { TimClient } = await import("../../mod.ts");
  const client = new TimClient({
    sdkAppId: 1400000000,
    secretKey: "a-key-of-mine",
    identifier: "root",
    baseUrl: url!,
  });
  await client.call("im_open_login_svc/account_import", { UserID: "mira" });
  process.child.kill("SIGINT");
  await process.ended;
  assert.match(process.err(), /POST im_open_login_svc\/account_import \d+ ms OK/);
  assert.not.match(process.out() + process.err(), /a-key-of-mine|usersig/);
});

test("tim start needs no proxy for its own emulator, and tim call none for one", async () => {
  const nobody = await rawServer(() => {});
  await nobody.close();
  for (const more of [{}, { NO_PROXY: "corp.test" }, { no_proxy: "" }]) {
    const env = {
      ...{ HTTP_PROXY: nobody.url, ALL_PROXY: nobody.url, NODE_USE_ENV_PROXY: "1" },
      ...more as Record<string, string>,
    };
    const started = tim(["start", "--port", "0", "--emulator-port", "0", "--json"], env);
    await started.printed(/"token": ".+"[^]*\n\}\n/);
    const { backend } = JSON.parse(started.out());
    const call = ["call", "--emulator", "group.getAppidGroupList"];
    const called = tim(call, { ...env, TIM_BASE_URL: backend });
    assert.is(await called.ended, 0, called.err());
    assert.match(called.out(), "book-club");
    started.child.kill("SIGINT");
    await started.ended;
  }
});

test("tim emulator goes on when nobody reads its log any more", async () => {
  const { child, ended, printed } = tim(["emulator", "--port", "0"]);
  const [url] = await printed(/http:\/\/127\.0\.0\.1:\d+/);
  child.stderr!.destroy();
  for (let calls = 0; calls < 5; calls++) {
    const response = await fetch(`${url}/v4/a/b`, { method: "POST" });
    assert.is((await response.json()).ActionStatus, "FAIL");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  // As above: Deno tells of the signal in place of the exit code.
  kill(child.pid!, "SIGTERM");
  assert.is(await ended, 0);
});

test("tim without a subcommand shows what there is, and ends with 2", async () => {
  const nothing = tim([]);
  assert.is(await nothing.ended, 2);
  assert.match(nothing.err(), "Usage: tim <subcommand>");
});

test.run();
