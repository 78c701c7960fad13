import { test } from "uvu";
import * as assert from "uvu/assert";
import { commands } from "../../src/api/mod.ts";
import { createEmulator } from "../../src/emulator/mod.ts";
import { createGateway, type PolicyRule } from "../../src/hono/mod.ts";
import { emulatorClient, gateway, jwt, post, problemOf, token } from "../support/gateway.ts";

const OK = { ActionStatus: "OK", ErrorCode: 0 };

/** A gateway whose backend answers with the body that it got. */
function echo(policy: PolicyRule[]) {
  return gateway({ policy, allow: [] }, {
    fetch: async (_url, init) => {
      const sent = await new Response(init.body).json();
      return Response.json({ ...OK, sent });
    },
  });
}

async function sent(app: ReturnType<typeof gateway>, body: unknown, claims = {}) {
  const response = await app.request("/v4/openim/sendmsg", post(await token(claims), body));
  const answer = await response.json();
  return response.status === 200 ? answer.sent : answer.detail;
}

const send = { roles: ["*"], commands: ["openim/sendmsg"] };

test("a rule is for its roles and its commands, and what no rule names is refused", async () => {
  const app = gateway({
    allow: [],
    policy: [
      { roles: ["reader"], commands: ["group_open_http_svc/get_*"] },
      { roles: ["admin"], commands: ["*"], except: ["group_open_http_svc/destroy_group"] },
    ],
  });
  const status = async (role: string, command: string) => {
    const request = post(await token({ roles: [role] }));
    const response = await app.request(`/v4/group_open_http_svc/${command}`, request);
    await response.body?.cancel();
    return response.status;
  };
  assert.is(await status("reader", "get_appid_group_list"), 200);
  assert.is(await status("reader", "create_group"), 403);
  assert.is(await status("reader", "GET_appid_group_list"), 403, "case matters");
  assert.is(await status("admin", "create_group"), 200);
  assert.is(await status("admin", "destroy_group"), 403);
  assert.is(await status("", "get_appid_group_list"), 403);
  assert.is(await status("*", "get_appid_group_list"), 403, "nobody gets every role by its name");
});

test("a field must be the caller", async () => {
  const app = echo([{ ...send, when: [{ field: "From_Account", equals: "$caller" }] }]);
  assert.equal(await sent(app, { From_Account: "alice" }), { From_Account: "alice" });
  for (
    const body of [{}, { From_Account: "bob" }, { From_Account: ["alice"] }, { From_Account: null }]
  ) {
    assert.match(await sent(app, body), "From_Account is the caller");
  }
});

test("a field in another case does not slip past a condition", async () => {
  const app = echo([{
    ...send,
    when: [{ field: "From_Account", equals: "$caller", optional: true }],
    set: { SyncOtherMachine: 2 },
  }]);
  assert.match(await sent(app, { from_account: "bob" }), 'is written "from_account"');
  assert.match(await sent(app, { syncothermachine: 1 }), 'is written "syncothermachine"');
});

test("names in letters that only fold to the field's do not slip past a condition", async () => {
  const when = [{ field: "MsgBlocks", absent: true }] as const;
  const app = echo([{ ...send, when }]);
  assert.match(await sent(app, { "M\u017fgBlocks": 1 }), "is written");
  assert.match(await sent(app, { "MsgBloc\u212as": 1 }), "is written");
  assert.equal(await sent(app, { Blocks: 1 }), { Blocks: 1 });
});

test("what is in another form than the path goes through is not taken for missing", async () => {
  const condition = { equals: "$caller", optional: true } as const;
  const list = echo([{ ...send, when: [{ field: "To[].Id", ...condition }] }]);
  assert.match(await sent(list, { To: { Id: "bob" } }), "To is no list, as To[].Id wants");
  assert.match(await sent(list, { To: ["bob"] }), "To[] is no object, as To[].Id wants");
  assert.match(await sent(list, { To: [[{ Id: "bob" }]] }), "To[] is no object");
  for (const body of [{}, { To: [] }, { To: null }, { To: [{}] }]) {
    assert.equal(await sent(list, body), body);
  }
  const object = echo([{ ...send, when: [{ field: "Info.Id", ...condition }] }]);
  assert.match(await sent(object, { Info: [{ Id: "bob" }] }), "Info is no object");
  assert.match(await sent(object, { Info: '{"Id":"bob"}' }), "Info is no object");
  const none = echo([{ ...send, when: [{ field: "To[]", absent: true }] }]);
  assert.match(await sent(none, { To: "bob" }), "To is no list");
});

test("what is set or taken out of a list is so in whatever stands there, or nothing goes out", async () => {
  const app = echo([{ ...send, set: { "To[].Role": "Member" }, remove: ["Info.Secret"] }]);
  assert.match(await sent(app, { To: { Role: "Owner" } }), "To is no list");
  assert.match(await sent(app, { To: [[{ Role: "Owner" }]] }), "To[] is no object");
  assert.match(await sent(app, { Info: [{ Secret: 1 }] }), "Info is no object");
  assert.equal(await sent(app, { To: null }), { To: null });
});

test("an exception and a rule hold for a command's name in every case", async () => {
  const policy = [
    { ...send, set: { From_Account: "$caller" } },
    { roles: ["*"], commands: ["openim/*"], except: ["openim/admin_*", "openim/batchsendmsg"] },
  ];
  for (const table of [[], commands]) {
    const app = gateway({ policy, allow: [], commands: table as typeof commands }, {
      fetch: () => Promise.resolve(Response.json(OK)),
    });
    const status = async (command: string) => {
      const response = await app.request(`/v4/${command}`, post(await token()));
      await response.body?.cancel();
      return response.status;
    };
    assert.is(await status("openim/sendmsg"), 200);
    assert.is(await status("openim/querystate"), 200);
    for (const name of ["SendMsg", "BatchSendMsg", "BATCHSENDMSG"]) {
      assert.is(await status(`openim/${name}`), 403, name);
    }
    assert.is(await status("OpenIM/sendmsg"), 403);
    if (table.length > 0) continue;
    assert.is(await status("openim/Admin_setmsgread"), 403);
    const why = await app.request("/why", post(await token(), { command: "openim/SendMsg" }));
    assert.is((await why.json()).allowed, false);
  }
});

test("conditions: one of, begins with, absent, optional, every entry of a list, claims", async () => {
  const rule = (condition: NonNullable<PolicyRule["when"]>[number]) =>
    echo([{ ...send, when: [condition] }]);
  const cases: [NonNullable<PolicyRule["when"]>[number], unknown, boolean][] = [
    [{ field: "Type", oneOf: ["A", 2] }, { Type: 2 }, true],
    [{ field: "Type", oneOf: ["A", 2] }, { Type: "2" }, false],
    [{ field: "Id", startsWith: "live_" }, { Id: "live_7" }, true],
    [{ field: "Id", startsWith: "live_" }, { Id: "xlive_" }, false],
    [{ field: "Id", startsWith: "live_" }, { Id: ["live_7"] }, false],
    [{ field: "Id", absent: true }, {}, true],
    [{ field: "Id", absent: true }, { Id: null }, false],
    [{ field: "Id", equals: "x", optional: true }, {}, true],
    [{ field: "Id", equals: "x", optional: true }, { Id: "y" }, false],
    [{ field: "To[].Id", equals: "$caller" }, { To: [{ Id: "alice" }, { Id: "alice" }] }, true],
    [{ field: "To[].Id", equals: "$caller" }, { To: [{ Id: "alice" }, { Id: "bob" }] }, false],
    [{ field: "To[].Id", equals: "$caller" }, { To: [] }, false],
    [{ field: "To[].Id", equals: "$caller" }, { To: [{ Id: "alice" }, {}] }, false],
    [{ field: "Tenant", equals: "$claim.tenant" }, { Tenant: "t1" }, true],
    [{ field: "Tenant", equals: "$claim.tenant" }, { Tenant: "t2" }, false],
    [{ field: "Tenant", equals: "$claim.none" }, {}, false],
    [{ field: "Tenant", equals: "$claim.org.id" }, { Tenant: "o1" }, true],
    [{ field: "Tenant", equals: "$claim.org.name" }, {}, false],
    [{ field: "Tenant", equals: "$claim.https://login.example.com/org" }, { Tenant: "o2" }, true],
    [{ field: "Price", equals: "$$5" }, { Price: "$5" }, true],
    [{ field: "A", equals: "$body.B" }, { A: 1, B: 1 }, true],
    [{ field: "A", equals: "$body.B" }, { A: 1 }, false],
    [{ field: "toString", absent: true }, {}, true],
  ];
  for (const [condition, body, allowed] of cases) {
    const result = await sent(rule(condition), body, {
      tenant: "t1",
      org: { id: "o1" },
      "https://login.example.com/org": "o2",
    });
    assert.is(typeof result !== "string", allowed, JSON.stringify([condition, body, result]));
  }
});

test("fields are set and taken out, whatever the caller wrote", async () => {
  const app = echo([{
    ...send,
    set: { From_Account: "$caller", "Info.Tenant": "$claim.tenant", "To[].Role": "Member" },
    remove: ["Admin", "Info.Secret", "To[].Hidden"],
  }]);
  const body = {
    From_Account: "bob",
    Admin: true,
    Info: { Secret: 1, Tenant: "other", Kept: 1 },
    To: [{ Role: "Owner", Hidden: 1 }, {}],
  };
  assert.equal(await sent(app, body, { tenant: "t1" }), {
    From_Account: "alice",
    Info: { Kept: 1, Tenant: "t1" },
    To: [{ Role: "Member" }, { Role: "Member" }],
  });
  assert.equal(await sent(app, { Info: { Tenant: "other" } }), { From_Account: "alice", Info: {} });
});

/** A gateway where alice and bob own a room each, and only owners may end theirs. */
async function rooms() {
  const tim = emulatorClient(createEmulator());
  for (const UserID of ["alice", "bob"]) {
    await tim.call("im_open_login_svc/account_import", { UserID });
    await tim.call("live_engine_http_srv/create_room", {
      RoomInfo: { RoomId: `${UserID}s`, RoomType: "Live", Owner_Account: UserID },
    });
  }
  const lookup = {
    command: "live_engine_http_srv/get_room_info",
    body: { RoomId: "$body.RoomId" },
  };
  return createGateway({
    client: tim,
    jwt,
    log: false,
    commands,
    policy: [{
      name: "own rooms",
      roles: ["*"],
      commands: ["live_engine_http_srv/destroy_room"],
      when: [{ lookup, field: "Response.RoomInfo.Owner_Account", equals: "$caller" }],
    }],
  });
}

test("only the owner of a room may destroy it, as the backend knows him", async () => {
  const app = await rooms();
  const destroy = async (RoomId: unknown) => {
    const request = post(await token(), { RoomId });
    const response = await app.request("/v4/live_engine_http_srv/destroy_room", request);
    return [response.status, await response.json()];
  };
  for (const other of ["bobs", "nowhere", undefined, { $ne: "" }, ["alices"]]) {
    const [status, answer] = await destroy(other);
    assert.is(status, 403, JSON.stringify(other));
    assert.match(answer.detail, "Owner_Account is the caller, in the answer of");
  }
  const twice = { RoomId: "alices", roomid: "bobs" };
  const path = "/v4/live_engine_http_srv/destroy_room";
  const response = await app.request(path, post(await token(), twice));
  assert.match((await problemOf(response)).detail as string, 'is written "roomid"');
  const [status, answer] = await destroy("alices");
  assert.is(status, 200);
  assert.is(answer.ErrorCode, 0);
});

test("a room that cannot be looked up is not destroyed", async () => {
  let calls = 0;
  const app = gateway({
    allow: [],
    policy: [{
      roles: ["*"],
      commands: ["live_engine_http_srv/destroy_room"],
      when: [{
        lookup: { command: "live_engine_http_srv/get_room_info", body: { RoomId: "$body.RoomId" } },
        field: "Owner",
        equals: "$caller",
      }],
    }],
  }, {
    retry: false,
    fetch: () => {
      calls++;
      return Promise.resolve(new Response("<html>"));
    },
  });
  const request = post(await token(), { RoomId: "r" });
  const response = await app.request("/v4/live_engine_http_srv/destroy_room", request);
  assert.is(response.status, 502);
  assert.is(calls, 1);
});

test("misspelt rules are errors at start, with the nearest name", () => {
  const rule = (change: Record<string, unknown>) => () =>
    gateway({ commands, policy: [{ ...send, ...change } as PolicyRule] });
  const when = (condition: Record<string, unknown>) => rule({ when: [condition] });
  const cases: [() => unknown, RegExp][] = [
    [rule({ commands: ["openim/sendmgs"] }), /"openim\/sendmgs".*did you mean "openim\/sendmsg"/],
    [rule({ commands: ["openin/*"] }), /"openin\/\*", which names no command.*"openim"/],
    [rule({ commands: ["openim"] }), /wanted "service\/command"/],
    [rule({ except: ["openim/sendmgs"] }), /except holds/],
    [rule({ comands: [] }), /policy\[0\] has "comands".*did you mean "commands"/],
    [rule({ roles: [] }), /roles must list/],
    [rule({ roles: undefined }), /roles must list/],
    [rule({ set: { From_Account: "$calller" } }), /"\$calller", which means nothing.*"\$caller"/],
    [rule({ set: { From_Account: "$claim." } }), /"\$claim\.", which means nothing/],
    [rule({ set: { "From Account": 1 } }), /wanted a path/],
    [rule({ remove: [""] }), /wanted a path/],
    [when({ field: "A" }), /no test/],
    [when({ field: "A", equals: 1, oneOf: [1] }), /equals and oneOf/],
    [when({ field: "A", equls: 1 }), /"equls".*did you mean "equals"/],
    [when({ field: "A", equals: 1, optional: "no" }), /optional must be true or false/],
    [when({ field: "A", oneOf: [] }), /list of values/],
    [when({ field: "A", equals: { a: 1 } }), /text, a number/],
    [when({ field: "A", startsWith: "$caller" }), /"al" pass for "alice"/],
    [when({ field: "A", equals: 1, lookup: { command: "a/b", body: {} } }), /"a\/b".*no command/],
    [
      when({ field: "A", equals: 1, lookup: { command: "openim/sendmsg", body: {} } }),
      /which changes things/,
    ],
    [() => gateway({ polcy: [] } as never), /"polcy".*did you mean "policy"/],
    [() => gateway({ commands, allow: ["openim/sendmgs"] }), /allow holds "openim\/sendmgs"/],
  ];
  for (const [make, message] of cases) assert.throws(make, message);
});

test("every documented command can be named in a rule", () => {
  const all = commands.map(({ service, command }) => `${service}/${command}`);
  gateway({ commands, policy: [{ roles: ["*"], commands: all }] });
});

test("POST /why tells why a call would be allowed or refused, without making it", async () => {
  const app = await rooms();
  const command = "live_engine_http_srv/destroy_room";
  const why = async (question: unknown, claims = {}) => {
    const response = await app.request("/why", post(await token(claims), question));
    return [response.status, await response.json()];
  };
  const [, yes] = await why({ command, body: { RoomId: "alices" } });
  assert.is(yes.allowed, true);
  assert.is(yes.because, "own rooms allows it");
  assert.equal(yes.body, { RoomId: "alices" });
  const [, no] = await why({ command, body: { RoomId: "bobs" } });
  assert.is(no.allowed, false);
  assert.match(no.rules[0].says, "Owner_Account is the caller");
  const [, other] = await why({ command: "openim/sendmsg" });
  assert.is(other.rules[0].says, "is about other commands");
  const as = { identifier: "bob" };
  assert.is((await why({ command, body: { RoomId: "bobs" }, as }))[0], 403);
  const [, bob] = await why({ command, body: { RoomId: "bobs" }, as }, { roles: ["operator"] });
  assert.is(bob.allowed, true);
  assert.is((await why({ command: 7 }))[0], 400);
  assert.is((await why({ comand: command }))[0], 400);
});

test("GET /policy lists what the caller may do, and all of it to operators", async () => {
  const app = gateway({
    commands,
    allow: [],
    policy: [
      { ...send, set: { From_Account: "$caller" } },
      { roles: ["moderator"], commands: ["group_open_http_svc/destroy_g*"] },
    ],
  });
  const list = async (roles: string[]) => {
    const headers = { authorization: `Bearer ${await token({ roles })}` };
    return await (await app.request("/policy", { headers })).json();
  };
  const mine = await list([]);
  assert.equal(mine, [{
    rule: "rule 1",
    roles: ["*"],
    commands: ["openim/sendmsg"],
    when: [],
    set: { From_Account: "$caller" },
    remove: [],
  }]);
  assert.is((await list(["operator"])).length, 2);
  assert.equal(app.listPolicy()[1]!.commands, ["group_open_http_svc/destroy_group"]);
});

test("refusals by policy are problem documents that name the reason", async () => {
  const app = gateway({ allow: [] });
  const response = await app.request("/v4/openim/sendmsg", post(await token()));
  assert.is(response.status, 403);
  const { type, detail } = await problemOf(response);
  assert.is(type, "urn:tim-edge:command-not-allowed");
  assert.match(detail as string, "No rule of this gateway gives you openim/sendmsg");
});

test.run();
