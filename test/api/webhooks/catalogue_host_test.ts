import { Validator } from "@cfworker/json-schema";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { toJsonSchema } from "../../../scripts/generate/json_schema.ts";
import { isTimError } from "../../../mod.ts";
import { webhooks } from "../../../src/api/mod.ts";
import {
  type DiscardableWebhook,
  discardSilently,
  type KnownWebhook,
  letPass,
  parseWebhook,
  type RefusableWebhook,
  refuse,
  type WebhookEvent,
  webhookSign,
} from "../../../src/api/webhooks/mod.ts";
import { callbackOf, NOW, SDK_APP_ID, TOKEN } from "../../support/callback.ts";
import { catalogue, exampleOf } from "../../support/catalogue.ts";

const $defs = Object.fromEntries(
  [...catalogue.schemas].map(([name, { schema }]) => [name, toJsonSchema(catalogue, schema)]),
);
const options = { sdkAppId: SDK_APP_ID, token: TOKEN, now: () => NOW * 1000 };

/** The catalogue's example of an event, as it comes in. */
async function eventOf(id: string): Promise<KnownWebhook> {
  const entry = catalogue.webhooks.find((webhook) => webhook.id === id)!;
  const body = exampleOf(entry.request);
  const event = await parseWebhook(await callbackOf(id, { body }), options);
  assert.ok(event.known);
  assert.equal(event.body, body as unknown);
  return event;
}

/** What an answer says, after a look whether the catalogue allows it. */
async function readAnswer(id: string, answer: Response): Promise<Record<string, unknown>> {
  assert.is(answer.status, 200);
  assert.match(answer.headers.get("content-type")!, "application/json");
  const entry = catalogue.webhooks.find((webhook) => webhook.id === id)!;
  const schema = { ...toJsonSchema(catalogue, entry.response.schema), $defs };
  const body = await answer.json();
  const validator = new Validator(schema as ConstructorParameters<typeof Validator>[0], "2020-12");
  assert.equal(validator.validate(body).errors, [], id);
  return body;
}

const thrown = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    assert.ok(isTimError(error, "config"));
    return error.message;
  }
  return "";
};

test("webhookSign makes the signatures that the catalogue holds", async () => {
  const general = catalogue.documents.get("chat-webhooks")!["x-general"] as {
    authentication: {
      signature: Record<string, { token: string; RequestTime: string; Sign: string }>;
    };
  };
  const { vector, "golden-vector": golden } = general.authentication.signature;
  for (const { token, RequestTime, Sign } of [vector!, golden!]) {
    assert.is(await webhookSign(token, RequestTime), Sign);
  }
});

test("the catalogue has 78 callbacks, and 12 of them can be refused", () => {
  assert.is(webhooks.length, 78);
  assert.is(webhooks.filter(({ canRefuse }) => canRefuse).length, 12);
});

for (const { name: id, phase, canRefuse, refusal } of webhooks) {
  test(`parseWebhook reads ${id}, and letPass answers it`, async () => {
    const event = await eventOf(id);
    assert.is(event.command, id);
    assert.is(event.phase, phase);
    const { ErrorCode, ...rest } = await readAnswer(id, letPass(event));
    // A chatbot that gets no data must be told so.
    assert.is(ErrorCode, id === "Chatbot.OnC2CSignalMessage" ? 1 : 0);
    for (const { ResultCode } of rest.ResultItem as { ResultCode: number }[] ?? []) {
      assert.is(ResultCode, 0);
    }
  });

  if (canRefuse) {
    test(`refuse keeps to the codes of ${id}`, async () => {
      const event = await eventOf(id) as WebhookEvent<RefusableWebhook>;
      const { codes, each } = refusal!;
      const [lowest, highest] = codes ?? [];
      const plain = await readAnswer(id, refuse(event));
      assert.is(plain.ErrorCode, each ? 0 : 1);
      const fits = [...each ? [] : [1], ...codes ?? []];
      for (const code of fits) {
        const answer = await readAnswer(id, refuse(event, code, "no"));
        if (each) {
          const items = answer.ResultItem as { To_Account: string }[];
          const accounts =
            (event.body as unknown as Record<string, { To_Account: string }[]>)[each]!;
          assert.ok(accounts.length > 0);
          assert.equal(
            items,
            accounts.map(({ To_Account }) => ({ To_Account, ResultCode: code, ResultInfo: "no" })),
          );
          assert.is(answer.ErrorCode, 0);
        } else assert.equal(answer, { ActionStatus: "OK", ErrorInfo: "no", ErrorCode: code });
      }
      const wrong = [0, 2, -1, 1.5, NaN, ...codes ? [lowest! - 1, highest! + 1] : [120001, 10100]];
      for (const code of [...wrong, ...each ? [1] : []]) {
        assert.match(thrown(() => refuse(event, code)), `${id} cannot be refused with ${code}`);
      }
    });
  } else {
    test(`refuse knows that ${id} has happened`, async () => {
      const event = await eventOf(id) as unknown as WebhookEvent<RefusableWebhook>;
      assert.match(thrown(() => refuse(event)), `${id} cannot be refused`);
    });
  }

  test(`discardSilently knows whether ${id} is about a message to come`, async () => {
    const event = await eventOf(id) as WebhookEvent<DiscardableWebhook>;
    if (refusal?.discard) {
      const answer = await readAnswer(id, discardSilently(event));
      assert.equal(answer, { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 2 });
    } else assert.match(thrown(() => discardSilently(event)), "nothing can be discarded");
  });
}

test("letPass says with whom and with what", async () => {
  const invite = await eventOf("Group.CallbackBeforeInviteJoinGroup");
  assert.ok(invite.command === "Group.CallbackBeforeInviteJoinGroup");
  assert.equal(
    await readAnswer(invite.command, letPass(invite, { RefusedMembers_Account: ["lin"] })),
    { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0, RefusedMembers_Account: ["lin"] },
  );
  const message = await eventOf("C2C.CallbackBeforeSendMsg");
  assert.ok(message.command === "C2C.CallbackBeforeSendMsg");
  const { MsgBody } = message.body;
  assert.equal(
    await readAnswer(message.command, letPass(message, { MsgBody, CloudCustomData: "tag=b2" })),
    { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0, MsgBody, CloudCustomData: "tag=b2" },
  );
});

test("letPass decides friend by friend, with the codes for that", async () => {
  const event = await eventOf("Sns.CallbackPrevFriendAdd");
  assert.ok(event.command === "Sns.CallbackPrevFriendAdd");
  const ResultItem = [
    { To_Account: "omar", ResultCode: 0, ResultInfo: "" },
    { To_Account: "lin", ResultCode: 38001, ResultInfo: "not allowed" },
  ];
  const answer = await readAnswer(event.command, letPass(event, { ResultItem }));
  assert.equal(answer.ResultItem, ResultItem);
  ResultItem[1]!.ResultCode = 30001;
  assert.match(thrown(() => letPass(event, { ResultItem })), "wanted 38000 to 39000");
});

test("letPass gives a chatbot its data", async () => {
  const event = await eventOf("Chatbot.OnC2CSignalMessage");
  assert.ok(event.command === "Chatbot.OnC2CSignalMessage");
  const RspData = '{"rating":1510}';
  assert.equal(await readAnswer(event.command, letPass(event, { RspData })), {
    ActionStatus: "OK",
    ErrorInfo: "",
    ErrorCode: 0,
    RspData,
  });
});

test("letPass without an event acknowledges", async () => {
  assert.equal(await letPass().json(), { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0 });
});

test.run();
