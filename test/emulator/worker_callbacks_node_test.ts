import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { BaseClient } from "../../mod.ts";
import { webhookHandler } from "../../src/api/webhooks/mod.ts";
import { EMULATOR_APP } from "../../src/emulator/mod.ts";
import { refused } from "../support/emulated.ts";
import { startWorker } from "../support/start_worker.ts";

const test = suite("emulator: callbacks out of a Worker");
const TOKEN = "tim-edge-token";

const WORKER = `
  import { createEmulator } from "./src/emulator/mod.ts";
  const emulator = createEmulator();
  export default { fetch: (request, env, context) => emulator.fetch(request, env, context) };
`;

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text;
}

test("a Worker's emulator loses no callback, signed ones, told of a refusal, or of a client", async () => {
  const heard: string[] = [];
  const faults: unknown[] = [];
  const told = (what: string) => {
    heard.push(what);
  };
  const handle = webhookHandler({
    sdkAppId: EMULATOR_APP.sdkAppId,
    token: TOKEN,
    on: {
      "Group.CallbackAfterCreateGroup": ({ body }) => told(`made ${body.GroupId}`),
      "Group.CallbackAfterNewMemberJoin": ({ body }) => told(`joined ${body.GroupId}`),
      "Group.CallbackSendMsgException": ({ body }) => told(`failed ${body.GroupId}`),
      "State.StateChange": ({ body }) => told(`${body.Info.Action} ${body.Info.To_Account}`),
    },
    onError: (error) => faults.push(error),
  });
  const server = createServer(async (incoming, outgoing) => {
    // Longer than the Worker's answer takes, so that an unknown request of the Worker would be cut off.
    await new Promise((resolve) => setTimeout(resolve, 150));
    const body = await textOf(incoming).catch(() => undefined);
    if (body === undefined) return;
    const url = `http://app.test${incoming.url}`;
    const answer = await handle(new Request(url, { method: "POST", body }));
    outgoing.writeHead(answer.status, { "content-type": "application/json" });
    outgoing.end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const miniflare = await startWorker(WORKER);
  try {
    const { origin } = await miniflare.ready as URL;
    const post = (path: string, method: string, body: object) =>
      fetch(`${origin}/_emulator/${path}`, { method, body: JSON.stringify(body) });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    assert.is((await post("webhooks", "PUT", { url, token: TOKEN })).status, 200);
    const tim = new BaseClient({ ...EMULATOR_APP, identifier: "administrator", baseUrl: origin });
    const groups = "group_open_http_svc";
    await tim.call("im_open_login_svc/multiaccount_import", { Accounts: ["mira", "omar"] });
    await tim.call(`${groups}/create_group`, { Type: "Public", Name: "Club", GroupId: "club" });
    await tim.call(`${groups}/add_group_member`, {
      GroupId: "club",
      MemberList: [{ Member_Account: "omar" }],
    });
    await tim.call(`${groups}/forbid_send_msg`, {
      GroupId: "club",
      Members_Account: ["omar"],
      MuteTime: 60,
    });
    const [code] = await refused(tim.call(`${groups}/send_group_msg`, {
      GroupId: "club",
      From_Account: "omar",
      Random: 1,
      MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "hello" } }],
    }));
    assert.is(code, 10017);
    assert.is((await post("clients", "POST", { UserID: "mira" })).status, 200);
    const wanted = ["made club", "joined club", "failed club", "Login mira"];
    for (let turn = 0; turn < 100 && heard.length < wanted.length; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.equal(faults, []);
    assert.equal([...heard].sort(), wanted.sort());
  } finally {
    await miniflare.dispose();
    server.closeAllConnections();
    server.close();
  }
});

test.run();
