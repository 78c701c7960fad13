/**
 * Official accounts as the answers show them.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import type { OfficialAccount } from "../../store/official_accounts.ts";
import type { World } from "../../store/world.ts";
import type { BodyOf } from "../service.ts";

/** "Parameter invalid." */
export const BAD_PARAMETER = 6017;
/** "Official account unknown or already destroyed." */
export const UNKNOWN = 130004;
/** What a caller gets when the app's own server refused. */
export const REFUSED_BY_CALLBACK = 20006;

type Filter = NonNullable<
  BodyOf<"official_account_open_http_svc/get_official_account_info">["ResponseFilter"]
>["OfficialAccountBaseInfoFilter"];

/** Finds an official account, or refuses. */
export function find(world: World, id: string): OfficialAccount {
  return world.officialAccounts.get(id) ?? refuse(UNKNOWN, noAccount(id));
}

/** Says that there is no such official account. */
export function noAccount(id: string): string {
  return `There is no official account ${quote(id)}`;
}

/** The chosen fields of an official account. */
export function view(account: OfficialAccount, names: Filter) {
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
export function chosen<Fields extends object>(
  fields: Fields,
  names: readonly (keyof Fields)[] | undefined,
): Partial<Fields> {
  const wanted = Object.entries(fields).filter(([name]) =>
    !names || names.includes(name as keyof Fields)
  );
  return Object.fromEntries(wanted) as Partial<Fields>;
}
