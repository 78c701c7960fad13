/**
 * `official_account_open_http_svc`: official accounts and their subscribers.
 * Source: "Official accounts" of the Chat documentation.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import type { World } from "../../store/world.ts";
import { PagedIndex } from "../../store/paged_index.ts";
import { isDropped } from "../callback_answers.ts";
import { BAD_PARAMETER, find, noAccount, REFUSED_BY_CALLBACK, UNKNOWN, view } from "./view.ts";
import { subscriberCommands } from "./subscribers.ts";
import { officialMessageCommands } from "./messages.ts";
import { differing, type Handler, seconds, type Service, service } from "../service.ts";

const TAKEN = 130008;
const MAX_SUBSCRIBERS = 100_000;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

const create: Handler<"official_account_open_http_svc/create_official_account"> = (
  world,
  body,
  caller,
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
  const event = { Operator_Account: caller, Owner_Account, Name: body.Name };
  const answer = world.ask("OfficialAccount.CallbackBeforeCreateOfficialAccount", event);
  isDropped(answer, REFUSED_BY_CALLBACK);
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
    subscribersInOrder: new PagedIndex(),
    messages: [],
  });
  const created = { Official_Account: id, ...event };
  world.emit("OfficialAccount.CallbackAfterCreateOfficialAccount", created);
  return { OfficialAccountUserID: id };
};

const destroy: Handler<"official_account_open_http_svc/destroy_official_account"> = (
  world,
  body,
) => {
  const account = find(world, body.Official_Account);
  world.officialAccounts.remove(account);
  world.emit("OfficialAccount.CallbackAfterOfficialAccountDestroyed", {
    Official_Account: account.id,
    Owner_Account: account.owner,
    Name: account.name,
  });
};

const modify: Handler<"official_account_open_http_svc/modify_official_account_base_info"> = (
  world,
  body,
  caller,
) => {
  const account = find(world, body.Official_Account);
  account.name = body.Name ?? account.name;
  account.introduction = body.Introduction ?? account.introduction;
  account.faceUrl = body.FaceUrl ?? account.faceUrl;
  account.organization = body.Organization ?? account.organization;
  account.customString = body.CustomString ?? account.customString;
  account.maxSubscribers = body.MaxSubscriberNum ?? account.maxSubscribers;
  const { Official_Account, Introduction, Name, FaceUrl, Organization } = body;
  world.emit("OfficialAccount.CallbackAfterOfficialAccountInfoChanged", {
    Official_Account,
    Operator_Account: caller,
    ...(Introduction !== undefined && { Introduction }),
    ...(Name !== undefined && { Name }),
    ...(FaceUrl !== undefined && { FaceUrl }),
    ...(Organization !== undefined && { Organization }),
  });
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

/** Official accounts: create, change, destroy, their subscribers and messages. */
export const officialAccountService: Service = service(
  "official_account_open_http_svc",
  { badBody: BAD_PARAMETER, unknownCommand: 10003 },
  {
    create_official_account: create,
    destroy_official_account: differing(
      destroy,
      "A malformed id answers 130004 like an unknown one, never 130007",
    ),
    modify_official_account_base_info: modify,
    get_official_account_info: getInfo,
    ...subscriberCommands,
    ...officialMessageCommands,
  },
);

function newId(world: World): string {
  for (;;) {
    const id = "@TOA#_" + Array.from({ length: 9 }, () => LETTERS[world.random() & 31]).join("");
    if (!world.officialAccounts.get(id)) return id;
  }
}
