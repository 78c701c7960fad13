/**
 * What the compiler must accept, refuse and infer of callbacks; `deno check` is the test.
 */

import {
  discardSilently,
  type IncomingWebhook,
  type KnownWebhook,
  letPass,
  refuse,
  type WebhookCommand,
  type WebhookEvent,
  webhookHandler,
} from "../../../src/api/webhooks/mod.ts";
import { type Equal, holds, type IsAny } from "../../support/type_claims.ts";

/** The callbacks whose events bear another name; a few bear none. */
type Unlike = {
  [C in WebhookCommand]: WebhookEvent<C>["body"] extends { CallbackCommand: infer Name }
    ? C extends Name ? never : C
    : never;
}[WebhookCommand];
holds<Equal<Unlike, never>>();
holds<Equal<IsAny<KnownWebhook["body"]>, false>>();

export function tellApart(event: IncomingWebhook): Response {
  if (!event.known) {
    holds<Equal<typeof event.command, string>>();
    holds<Equal<typeof event.body, Record<string, unknown>>>();
    return letPass(event);
  }
  switch (event.command) {
    case "C2C.CallbackBeforeSendMsg":
      holds<Equal<typeof event.body.To_Account, string>>();
      // @ts-expect-error: a one-to-one message is in no group
      event.body.GroupId;
      // @ts-expect-error: who is kept out is for groups
      letPass(event, { RefusedMembers_Account: ["lin"] });
      letPass(event, { MsgBody: event.body.MsgBody });
      return Math.random() > 2 ? discardSilently(event) : refuse(event, 120001, "no");
    case "Group.CallbackBeforeCreateGroup":
      // @ts-expect-error: only messages can be dropped
      discardSilently(event);
      return refuse(event);
    case "Group.CallbackAfterSendMsg":
      holds<Equal<typeof event.body.GroupId, string>>();
      // @ts-expect-error: it has happened
      return refuse(event);
    // @ts-expect-error: no such callback
    case "Group.CallbackAfterSendMessage":
      return letPass();
  }
  return letPass(event);
}

export const handle = webhookHandler({
  sdkAppId: 1400000001,
  on: {
    "Group.CallbackAfterSendMsg": (event) => {
      holds<Equal<typeof event, WebhookEvent<"Group.CallbackAfterSendMsg">>>();
    },
    "C2C.CallbackBeforeSendMsg": async (event) => {
      await Promise.resolve();
      return letPass(event, { CloudCustomData: "" });
    },
    // @ts-expect-error: an answer is a Response
    "Bot.OnC2CMessage": () => ({ ErrorCode: 0 }),
  },
});
export const wrong = webhookHandler({
  sdkAppId: 1400000001,
  on: {
    // @ts-expect-error: no such callback
    "Group.CallbackAfterSendMessage": () => letPass(),
  },
});
