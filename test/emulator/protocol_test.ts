import { test } from "uvu";
import * as assert from "uvu/assert";
import { createEmulator } from "../../src/emulator/mod.ts";
import { raw, type RawCall, send } from "../support/emulated.ts";

const app = createEmulator();

const foreignKey = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";

/** One fault for each rule, in the order in which a request is judged. */
const faults: [rule: string, code: number, fault: RawCall, says: RegExp][] = [
  ["method", 60002, { method: "PUT" }, /method is PUT, wanted POST/],
  ["path", 60009, { path: "/v4/im_open_login_svc" }, /wanted \/v4\/servicename\/command/],
  ["sdkappid", 60006, { sdkappid: "1400000000" }, /"1400000000", this emulator has 88888888/],
  ["identifier", 60004, { identifier: "" }, /no identifier/],
  ["usersig", 70009, { signWith: { secretKey: foreignKey } }, /not signed with/],
  [
    "admin rights",
    60010,
    { identifier: "mira" },
    /"mira" is no administrator of app 88888888/,
  ],
  ["random", 60002, { random: "4294967296" }, /random is "4294967296"/],
  ["contenttype", 60002, { contenttype: "xml" }, /contenttype is "xml", wanted json/],
  ["JSON", 60003, { body: "{" }, /not JSON/],
  ["account types", 60015, { body: `{"CheckItem":[{"UserID":7}]}` }, /CheckItem\[0\]\.UserID is 7/],
  ["command", 60008, { path: "/v4/im_open_login_svc/account_chek" }, /no command "account_chek"/],
  ["body", 70402, { body: `{"CheckItem":{}}` }, /CheckItem is an object, wanted an array/],
];

for (const [rule, code, fault, says] of faults) {
  test(`the emulator answers ${code} to a wrong ${rule}`, async () => {
    const response = await send(app, fault);
    assert.is(response.status, 200);
    assert.match(response.headers.get("content-type")!, /^application\/json/);
    const { RequestId, ErrorInfo, ...envelope } = await response.json();
    assert.equal(envelope, { ActionStatus: "FAIL", ErrorCode: code });
    assert.match(ErrorInfo, says);
    assert.match(RequestId, /^Id-[0-9a-f]{32}-O-Seq-\d+$/);
  });
}

faults.slice(0, -1).forEach(([rule, code, fault], at) => {
  for (const [laterRule, , later] of faults.slice(at + 1)) {
    // Two faults of one field cannot stand together.
    if (Object.keys(later).some((key) => Object.hasOwn(fault, key))) continue;
    test(`the emulator judges the ${rule} before the ${laterRule}`, async () => {
      assert.is((await raw(app, { ...later, ...fault })).ErrorCode, code);
    });
  }
});

test("the emulator judges the JSON before the accounts, and these before a command's own rules", async () => {
  const both = `{"CheckItem":{"UserID":7}`;
  assert.is((await raw(app, { body: both })).ErrorCode, 60003);
  assert.is((await raw(app, { body: both + "}" })).ErrorCode, 60015);
});

const more: [what: string, code: number, fault: RawCall, says: RegExp][] = [
  ["no sdkappid", 60012, { sdkappid: null }, /no sdkappid/],
  ["an empty sdkappid", 60012, { sdkappid: "" }, /no sdkappid/],
  [
    "a parameter in other case",
    60012,
    { sdkappid: null, ...{ SdkAppId: "88888888" } },
    /it has "SdkAppId", and parameter names are case-sensitive/,
  ],
  ["an sdkappid that is no number", 60006, { sdkappid: "8888888x" }, /"8888888x"/],
  ["an sdkappid with a leading zero", 60006, { sdkappid: "088888888" }, /"088888888"/],
  ["no identifier", 60004, { identifier: null }, /no identifier/],
  ["a UserSig of somebody else", 70013, { signWith: { identifier: "mira" } }, /another identifier/],
  ["no usersig", 70002, { usersig: null }, /no usersig/],
  ["no random", 60002, { random: null }, /no random/],
  ["a negative random", 60002, { random: "-1" }, /random is "-1"/],
  ["a random with a fraction", 60002, { random: "1.5" }, /random is "1.5"/],
  ["no contenttype", 60002, { contenttype: null }, /no contenttype/],
  ["a contenttype in other case", 60002, { contenttype: "JSON" }, /contenttype is "JSON"/],
  ["an empty body", 60003, { body: "" }, /empty/],
  ["a list as body", 60003, { body: "[]" }, /is an array, wanted a JSON object/],
  ["null as body", 60003, { body: "null" }, /is null/],
  [
    "a body that is no UTF-8",
    60003,
    { body: Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d) },
    /not JSON/,
  ],
  ["a null account", 60015, { body: `{"Owner_Account":null}` }, /Owner_Account is null/],
  ["a number in a list of accounts", 60015, {
    body: `{"To_Account":["a",42]}`,
  }, /To_Account\[1\] is 42/],
  ["an account deep inside", 60015, {
    body: `{"A":[{"B":{"Member_Account":true}}]}`,
  }, /A\[0\]\.B\.Member_Account is true/],
  ["an unknown service", 60009, { path: "/v4/openimx/sendmsg" }, /no service "openimx"/],
  ["an unknown group command", 10003, { path: "/v4/group_open_http_svc/x" }, /no command "x"/],
  ["an unknown room command", 60008, { path: "/v4/room_engine_http_srv/x" }, /no command "x"/],
  ["an unknown live command", 60008, { path: "/v4/live_engine_http_srv/x" }, /no command "x"/],
  ["a command named like a property", 60008, {
    path: "/v4/im_open_login_svc/constructor",
  }, /no command "constructor"/],
  ["a path without v4", 60009, { path: "/im_open_login_svc/account_check" }, /the path/i],
  ["a path that ends with a slash", 60009, { path: "/v4/im_open_login_svc/account_check/" }, /v4/],
];

for (const [what, code, fault, says] of more) {
  test(`the emulator answers ${code} to ${what}`, async () => {
    const { ErrorCode, ErrorInfo } = await raw(app, fault);
    assert.is(ErrorCode, code);
    assert.match(ErrorInfo, says);
  });
}

test("the emulator answers a right request with the documented envelope", async () => {
  const response = await send(app, {});
  assert.is(response.headers.get("access-control-allow-origin"), "*");
  const { RequestId, ...envelope } = await response.json();
  assert.equal(envelope, { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0, ResultItem: [] });
  assert.match(RequestId, /^Id-[0-9a-f]{32}-O-Seq-\d+$/);
});

test("the emulator counts its requests in the RequestId", async () => {
  const fresh = createEmulator();
  const ids = [await raw(fresh, {}), await raw(fresh, { sdkappid: "1" })].map((answer) =>
    answer.RequestId
  );
  assert.ok(ids[0]!.endsWith("-O-Seq-1"));
  assert.ok(ids[1]!.endsWith("-O-Seq-2"));
  assert.is.not(ids[0]!.slice(0, 35), ids[1]!.slice(0, 35));
});

test("the emulator accepts the smallest and the largest random", async () => {
  for (const random of ["0", "4294967295"]) {
    assert.is((await raw(app, { random })).ErrorCode, 0);
  }
});

test("the emulator accepts unknown fields", async () => {
  assert.is((await raw(app, { body: `{"CheckItem":[],"More":{"x":1}}` })).ErrorCode, 0);
});

test("a nesting deeper than any stack does not upset the emulator", async () => {
  const deep = "[".repeat(200_000) + "]".repeat(200_000);
  const code = async (body: string) => (await raw(app, { body })).ErrorCode;
  // Some runtimes' JSON parser gives up by itself, which is as good.
  const more = await code(`{"CheckItem":[],"More":${deep}}`);
  assert.ok(more === 0 || more === 60003, `answered ${more}`);
  assert.is(await code(deep), 60003);
  const account = await code(`{"Owner_Account":${deep}}`);
  assert.ok(account === 60015 || account === 60003, `answered ${account}`);
});

for (const method of ["GET", "HEAD"]) {
  test(`${method} / answers 200, as the documentation's network check wants`, async () => {
    const response = await app.request("http://127.0.0.1:8788/", { method });
    assert.is(response.status, 200);
    assert.is((await response.text()).length > 0, method === "GET");
  });
  test(`${method} on a command answers 200 and does not carry it out`, async () => {
    const response = await send(app, { method });
    assert.is(response.status, 200);
    if (method === "GET") assert.is((await response.json()).ErrorCode, 60002);
  });
}

test.run();
