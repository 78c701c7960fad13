/**
 * `official_account_open_http_svc`: who subscribed to official accounts.
 * Source: "Official accounts" of the Chat documentation.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import type { OfficialAccount } from "../../store/official_accounts.ts";
import { isDropped } from "../callback_answers.ts";
import { BAD_PARAMETER, chosen, find, REFUSED_BY_CALLBACK, view } from "./view.ts";
import { type Handler, type HandlersOf, seconds } from "../service.ts";

const SUBSCRIBED_PAGE = 200;

const FAILED = 0 as const;
const DONE = 1 as const;
const NOTHING_TO_DO = 2 as const;

/** Without Limit all come at once; Next is the place of the last one that was read. */
const getSubscribers: Handler<"official_account_open_http_svc/get_subscriber_info"> = (
  world,
  body,
) => {
  const { subscribers, subscribersInOrder } = find(world, body.Official_Account);
  const limit = body.Limit || subscribers.size;
  const { items, next } = subscribersInOrder.page(Number(body.Next) || 0, limit);
  return {
    Next: next === 0 ? "" : String(next),
    SubscriberNum: subscribers.size,
    SubscriberList: items.map(({ account, time, customString }) => ({
      Subscriber_Account: account,
      SubscribeTime: time,
      CustomString: customString,
      MsgFlag: "AcceptAndNotify",
      LastSendMsgTime: 0,
    })),
  };
};

const addSubscribers: Handler<"official_account_open_http_svc/add_subscriber"> = (
  world,
  body,
  caller,
  clock,
) => {
  const account = find(world, body.Official_Account);
  const answer = world.ask(
    "OfficialAccount.CallbackBeforeAddSubscriber",
    subscriberEvent(account, caller, body.SubscriberList),
  );
  isDropped(answer, REFUSED_BY_CALLBACK);
  const keptOut = new Set(answer?.RefusedMembers_Account);
  const results = body.SubscriberList.map(({ Subscriber_Account }) => {
    if (account.subscribers.has(Subscriber_Account)) {
      return { Subscriber_Account, Result: NOTHING_TO_DO };
    }
    const isFull = account.subscribers.size >= account.maxSubscribers;
    if (isFull || keptOut.has(Subscriber_Account) || !world.accounts.has(Subscriber_Account)) {
      return { Subscriber_Account, Result: FAILED };
    }
    world.officialAccounts.subscribe(account, Subscriber_Account, seconds(clock));
    return { Subscriber_Account, Result: DONE };
  });
  const done = results.filter(({ Result }) => Result === DONE);
  if (done.length > 0) {
    const event = subscriberEvent(account, caller, done);
    world.emit("OfficialAccount.CallbackAfterAddSubscriber", event);
    if (account.subscribers.size >= account.maxSubscribers) {
      const full = { Official_Account: account.id };
      world.emit("OfficialAccount.CallbackAfterOfficialAccountFull", full);
    }
  }
  return { SubscriberList: results };
};

const deleteSubscribers: Handler<"official_account_open_http_svc/delete_subscriber"> = (
  world,
  body,
  caller,
) => {
  const account = find(world, body.Official_Account);
  const results = body.SubscriberToDel_Account.map((Subscriber_Account) => {
    if (!world.accounts.has(Subscriber_Account)) return { Subscriber_Account, Result: FAILED };
    const was = world.officialAccounts.unsubscribe(account, Subscriber_Account);
    return { Subscriber_Account, Result: was ? DONE : NOTHING_TO_DO };
  });
  const done = results.filter(({ Result }) => Result === DONE);
  if (done.length > 0) {
    const event = subscriberEvent(account, caller, done);
    world.emit("OfficialAccount.CallbackAfterDeleteSubscriber", event);
  }
  return { SubscriberList: results };
};

const modifySubscriber: Handler<"official_account_open_http_svc/modify_subscriber_info"> = (
  world,
  body,
) => {
  const { Official_Account, Subscriber_Account, CustomString } = body;
  const subscriber = find(world, Official_Account).subscribers.get(Subscriber_Account);
  if (!subscriber) {
    refuse(
      BAD_PARAMETER,
      `Subscriber_Account is ${quote(Subscriber_Account)}, who is no subscriber`,
    );
  }
  subscriber.customString = CustomString;
};

const getSubscribed: Handler<
  "official_account_open_http_svc/get_subscribed_official_account_list"
> = (world, body) => {
  const { Subscriber_Account, Limit, Offset = 0, ResponseFilter } = body;
  if (!world.accounts.has(Subscriber_Account)) {
    const who = quote(Subscriber_Account);
    refuse(BAD_PARAMETER, `Subscriber_Account is ${who}, which is no imported account`);
  }
  const all = world.officialAccounts.subscribedBy(Subscriber_Account);
  const end = Offset + (Limit || SUBSCRIBED_PAGE);
  return {
    OfficialAccountInfoList: all.slice(Offset, end).map((account) => {
      const { time, customString } = account.subscribers.get(Subscriber_Account)!;
      return {
        Official_Account: account.id,
        ...view(account, ResponseFilter?.OfficialAccountBaseInfoFilter),
        SelfInfo: chosen(
          { SubscribeTime: time, CustomString: customString },
          ResponseFilter?.SelfInfoFilter,
        ),
      };
    }),
    TotalCount: all.length,
    CompleteFlag: end < all.length ? 0 : 1,
    Next: end < all.length ? end : 0,
  };
};

/** The commands about subscribers. */
export const subscriberCommands: HandlersOf<"official_account_open_http_svc"> = {
  get_subscriber_info: getSubscribers,
  add_subscriber: addSubscribers,
  delete_subscriber: deleteSubscribers,
  modify_subscriber_info: modifySubscriber,
  get_subscribed_official_account_list: getSubscribed,
};

function subscriberEvent(
  account: OfficialAccount,
  Operator_Account: string,
  list: readonly { Subscriber_Account: string }[],
) {
  return {
    Official_Account: account.id,
    Operator_Account,
    SubscribeAccountList: list.map(({ Subscriber_Account }) => ({ Subscriber_Account })),
  };
}
