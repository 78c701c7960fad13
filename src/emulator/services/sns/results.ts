/**
 * What the commands about relations have in common: one result for each account.
 *
 * @module
 */

import type { ResultItem } from "../../../api/generated/types/chat_relation.ts";
import { quote, refuse } from "../../refusal.ts";
import type { World } from "../../store/world.ts";

/** "Wrong request parameters": also what is said of accounts that are no friends. */
export const BAD_PARAMETER = 30001;
/** "The account does not exist." */
export const NO_ACCOUNT = 30003;

/** Why something failed for one account: the code, and a text in the backend's manner. */
export type Fault = [code: number, info: string];

/** The results of a deed, account by account; `ErrorDisplay` is on every answer of these services. */
export function results<Item extends { To_Account: string }>(
  items: readonly Item[],
  deed: (item: Item) => Fault | undefined,
): { ResultItem: ResultItem[]; Fail_Account?: string[]; ErrorDisplay: "" } {
  const list = items.map((item): ResultItem => {
    const [ResultCode, ResultInfo] = deed(item) ?? [0, ""];
    return { To_Account: item.To_Account, ResultCode, ResultInfo };
  });
  return { ResultItem: list, ...failAccounts(list), ErrorDisplay: "" };
}

/** The accounts that failed, listed once more; nothing when none did. */
export function failAccounts(
  list: readonly { To_Account: string; ResultCode: number }[],
): { Fail_Account?: string[] } {
  const failed = list.filter(({ ResultCode }) => ResultCode !== 0);
  return failed.length > 0 ? { Fail_Account: failed.map(({ To_Account }) => To_Account) } : {};
}

/** What the items of a check call each outcome. */
interface RelationNames<Prefix extends string, None extends string> {
  /** What every outcome begins with. */
  prefix: Prefix;
  /** How "neither way" ends; the others are the same everywhere. */
  none: None;
  /** The text for an account that does not exist. */
  noAccount: string;
}

/** How each account stands to somebody: whether he has it, and whether it has him. */
export function relationItems<const Prefix extends string, const None extends string>(
  world: World,
  accounts: readonly string[],
  { prefix, none, noAccount }: RelationNames<Prefix, None>,
  there: (account: string) => boolean,
  back: (account: string) => boolean,
) {
  return accounts.map((To_Account) => {
    const known = world.accounts.has(To_Account);
    const [has, had] = known ? [there(To_Account), back(To_Account)] : [false, false];
    const way = has ? had ? "BothWay" : "AWithB" : had ? "BWithA" : none;
    return {
      To_Account,
      Relation: `${prefix}${way}` as `${Prefix}${None | "AWithB" | "BWithA" | "BothWay"}`,
      ResultCode: known ? 0 : NO_ACCOUNT,
      ResultInfo: known ? "" : noAccount,
    };
  });
}

/** The accounts for which it worked. */
export function succeeded(list: readonly ResultItem[]): string[] {
  return list.filter(({ ResultCode }) => ResultCode === 0).map(({ To_Account }) => To_Account);
}

/** Accounts as the items that {@linkcode results} takes. */
export function itemsOf(accounts: readonly string[]): { To_Account: string }[] {
  return accounts.map((To_Account) => ({ To_Account }));
}

/** Refuses the whole call when the account on whose behalf it is made does not exist. */
export function checkFrom(world: World, account: string): void {
  if (!world.accounts.has(account)) {
    refuse(NO_ACCOUNT, `From_Account is ${quote(account)}, which is no imported account`);
  }
}
