/**
 * `official_account_open_http_svc`: official accounts and their subscribers.
 * Source: "Official accounts" of the Chat documentation.
 *
 * @module
 */

import { quote, refuse } from "../refusal.ts";
import type { OfficialAccount } from "../store/official_accounts.ts";
import type { World } from "../store/world.ts";
import { officialMessageCommands } from "./official_messages.ts";
import { type BodyOf, type Handler, seconds, type Service, service } from "./service.ts";

const BAD_PARAMETER = 6017;
const UNKNOWN = 130004;
const TAKEN = 130008;
const MAX_SUBSCRIBERS = 100_000;
const SUBSCRIBED_PAGE = 200;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

const FAILED = 0;
const DONE = 1;
const NOTHING_TO_DO = 2;

const create: Handler<"official_account_open_http_svc/create_official_account"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const { Owner_Account, OfficialAccountUserID } = body;
  if (!world.accounts.has(Owner_Account)) {
    refuse(
      BAD_PARAMETER,
      `Owner_Account is ${quote(Owner_Account)}, which is no imported account`,
    );
  }
  const id = OfficialAccountUserID || newId(world);
  if (world.officialAccounts.get(id)) {
    refuse(TAKEN, `There is an official account ${quote(id)} already`);
  }
  world.officialAccounts.add({
    id,
    owner: Owner_Account,
    createTime: seconds(clock),
    name: body.Name,
    introduction: body.Introduction ?? "",
    faceUrl: body.FaceUrl ?? "",
    organization: body.Organization ?? "",
    customString: body.CustomString ?? "",
    maxSubscribers: body.MaxSubscriberNum ?? MAX_SUBSCRIBERS,
    lastMsgTime: 0,
    lastMsgSeq: 0,
    lastSubscriberSeq: 0,
    subscribers: new Map(),
    messages: [],
  });
  return { OfficialAccountUserID: id };
};

const destroy: Handler<"official_account_open_http_svc/destroy_official_account"> = (
  world,
  body,
) => {
  world.officialAccounts.remove(find(world, body.Official_Account));
};

const modify: Handler<"official_account_open_http_svc/modify_official_account_base_info"> = (
  world,
  body,
) => {
  const account = find(world, body.Official_Account);
  account.name = body.Name ?? account.name;
  account.introduction = body.Introduction ?? account.introduction;
  account.faceUrl = body.FaceUrl ?? account.faceUrl;
  account.organization = body.Organization ?? account.organization;
  account.customString = body.CustomString ?? account.customString;
  account.maxSubscribers = body.MaxSubscriberNum ?? account.maxSubscribers;
};

const getInfo: Handler<"official_account_open_http_svc/get_official_account_info"> = (
  world,
  body,
) => ({
  OfficialAccountInfoList: body.OfficialAccountIdList.map(({ Official_Account }) => {
    const account = world.officialAccounts.get(Official_Account);
    if (!account) {
      return { Official_Account, ErrorCode: UNKNOWN, ErrorInfo: noAccount(Official_Account) };
    }
    const info = view(account, body.ResponseFilter?.OfficialAccountBaseInfoFilter);
    return { Official_Account, ErrorCode: 0, ErrorInfo: "", ...info };
  }),
});

/** Without Limit all come at once; Next is the place of the last one that was read. */
const getSubscribers: Handler<"official_account_open_http_svc/get_subscriber_info"> = (
  world,
  body,
) => {
  const { subscribers } = find(world, body.Official_Account);
  const after = [...subscribers.values()].filter(({ seq }) => seq > Number(body.Next || 0));
  const page = after.slice(0, body.Limit || after.length);
  return {
    Next: page.length < after.length ? String(page.at(-1)!.seq) : "",
    SubscriberNum: subscribers.size,
    SubscriberList: page.map(({ account, time, customString }) => ({
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
  _caller,
  clock,
) => {
  const account = find(world, body.Official_Account);
  return {
    SubscriberList: body.SubscriberList.map(({ Subscriber_Account }) => {
      if (account.subscribers.has(Subscriber_Account)) {
        return { Subscriber_Account, Result: NOTHING_TO_DO };
      }
      const isFull = account.subscribers.size >= account.maxSubscribers;
      if (isFull || !world.accounts.has(Subscriber_Account)) {
        return { Subscriber_Account, Result: FAILED };
      }
      world.officialAccounts.subscribe(account, Subscriber_Account, seconds(clock));
      return { Subscriber_Account, Result: DONE };
    }),
  };
};

const deleteSubscribers: Handler<"official_account_open_http_svc/delete_subscriber"> = (
  world,
  body,
) => {
  const account = find(world, body.Official_Account);
  return {
    SubscriberList: body.SubscriberToDel_Account.map((Subscriber_Account) => {
      if (!world.accounts.has(Subscriber_Account)) return { Subscriber_Account, Result: FAILED };
      const was = world.officialAccounts.unsubscribe(account, Subscriber_Account);
      return { Subscriber_Account, Result: was ? DONE : NOTHING_TO_DO };
    }),
  };
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

/** Official accounts: create, change, destroy, their subscribers and messages. */
export const officialAccountService: Service = service(
  "official_account_open_http_svc",
  { badBody: BAD_PARAMETER, unknownCommand: 10003 },
  {
    create_official_account: create,
    destroy_official_account: destroy,
    modify_official_account_base_info: modify,
    get_official_account_info: getInfo,
    get_subscriber_info: getSubscribers,
    add_subscriber: addSubscribers,
    delete_subscriber: deleteSubscribers,
    modify_subscriber_info: modifySubscriber,
    get_subscribed_official_account_list: getSubscribed,
    ...officialMessageCommands,
  },
);

type Filter = NonNullable<
  BodyOf<"official_account_open_http_svc/get_official_account_info">["ResponseFilter"]
>["OfficialAccountBaseInfoFilter"];

function find(world: World, id: string): OfficialAccount {
  return world.officialAccounts.get(id) ?? refuse(UNKNOWN, noAccount(id));
}

function noAccount(id: string): string {
  return `There is no official account ${quote(id)}`;
}

function newId(world: World): string {
  for (;;) {
    const id = "@TOA#_" + Array.from({ length: 9 }, () => LETTERS[world.random() & 31]).join("");
    if (!world.officialAccounts.get(id)) return id;
  }
}

function view(account: OfficialAccount, names: Filter) {
  return chosen({
    CreateTime: account.createTime,
    Name: account.name,
    Owner_Account: account.owner,
    LastMsgTime: account.lastMsgTime,
    SubscriberNum: account.subscribers.size,
    Introduction: account.introduction,
    FaceUrl: account.faceUrl,
    Organization: account.organization,
    CustomString: account.customString,
  }, names);
}

/** The named fields; all when no names are given. */
function chosen<Fields extends object>(
  fields: Fields,
  names: readonly (keyof Fields)[] | undefined,
): Partial<Fields> {
  const wanted = Object.entries(fields).filter(([name]) =>
    !names || names.includes(name as keyof Fields)
  );
  return Object.fromEntries(wanted) as Partial<Fields>;
}
