import { test } from "uvu";
import * as assert from "uvu/assert";
import { commands } from "../../src/api/mod.ts";
import { EMULATOR_APP } from "../../src/emulator/mod.ts";
import { callbackOf, SDK_APP_ID, TOKEN } from "../support/callback.ts";
import { tim } from "../support/tim_process.ts";

test("tim start opens its front door: console, reference, doctor, callbacks", async () => {
  const process = tim(["start", "--port", "0", "--emulator-port", "0"]);
  try {
    await process.printed(/Ctrl-C ends it/);
    const banner = process.out();
    const authorization = /AUTH="Authorization: (.*)"/.exec(banner)![1]!;
    const gateway = /Gateway +(\S+)/.exec(banner)![1]!;
    const ask = async (path: string, body?: object) => {
      const init = body && { method: "POST", body: JSON.stringify(body) };
      const response = await fetch(gateway + path, { headers: { authorization }, ...init });
      assert.is(response.status, 200, path);
      return response;
    };
    for (
      const [line, path, title] of [["Console", "/", "console"], ["Reference", "/docs", "ref"]]
    ) {
      const [, address] = new RegExp(`${line} +(\\S+)`).exec(banner)!;
      assert.is(address, gateway + path);
      const page = await (await fetch(address!)).text();
      assert.match(page, new RegExp(`<title>.*${title}.*</title>`, "s"));
      assert.not.ok(page.includes(EMULATOR_APP.secretKey) || page.includes(authorization.slice(7)));
    }
    assert.is((await (await ask("/whoami")).json()).operator, true);
    const { paths } = await (await ask("/openapi.json")).json();
    assert.ok(Object.keys(paths).length > commands.length);
    assert.is((await (await ask("/explain/10010")).json()).code, 10010);
    const { verdict, target } = await (await ask("/doctor", {})).json();
    assert.is.not(verdict.status, "error", JSON.stringify(verdict));
    assert.match(banner, target.baseUrl);
    const group = { Type: "Public", Name: "Chess", GroupId: "knights" };
    await ask("/v4/group_open_http_svc/create_group", group);
    for (let turn = 0; turn < 200 && !process.err().includes("AfterCreateGroup"); turn++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.match(process.err(), /POST \/webhooks Group\.CallbackAfterCreateGroup 200/);
    assert.not.match(process.err(), EMULATOR_APP.secretKey);
  } finally {
    process.child.kill("SIGINT");
    await process.ended;
  }
});

test("tim start takes the real backend's callbacks when it is told their token", async () => {
  const process = tim(["start", "--port", "0"], {
    TIM_SDK_APP_ID: String(SDK_APP_ID),
    TIM_SECRET_KEY: "a-key-of-mine",
    TIM_BASE_URL: "http://127.0.0.1:9",
    TIM_WEBHOOK_TOKEN: TOKEN,
  });
  try {
    const [, address] = await process.printed(/Callbacks (\S+)[^]*Ctrl-C ends it/);
    const query = { RequestTime: String(Math.floor(Date.now() / 1000)) };
    const sent = await callbackOf("Group.CallbackAfterSendMsg", { query });
    const init = { method: "POST", body: await sent.text() };
    const response = await fetch(address + new URL(sent.url).search, init);
    assert.equal([response.status, (await response.json()).ErrorCode], [200, 0]);
    const unsigned = await fetch(`${address}?SdkAppid=${SDK_APP_ID}`, init);
    assert.is(unsigned.status, 403);
    await unsigned.body?.cancel();
    assert.not.match(process.out() + process.err(), TOKEN);
  } finally {
    process.child.kill("SIGINT");
    await process.ended;
  }
});

test.run();
