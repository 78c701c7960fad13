/**
 * `im_open_login_svc`: accounts. Source: "Account Management" of the Chat documentation.
 *
 * @module
 */

import { utf8 } from "../../core/utf8.ts";
import { refuse } from "../refusal.ts";
import { TRIAL_ACCOUNTS } from "../store/package_limits.ts";
import type { World } from "../store/world.ts";
import { differing, type Handler, seconds, type Service, service } from "./service.ts";

const MAX_USER_ID_BYTES = 32;
const MAX_PROFILE_BYTES = 500;

const accountImport: Handler<"im_open_login_svc/account_import"> = (world, body, _by, clock) => {
  checkRoom(world, [body.UserID]);
  importOne(world, body, seconds(clock));
};

const multiAccountImport: Handler<"im_open_login_svc/multiaccount_import"> = (
  world,
  body,
  _by,
  clock,
) => {
  const list: NonNullable<typeof body.AccountList> = body.AccountList ??
    body.Accounts!.map((UserID) => ({ UserID }));
  const good = list.filter(({ UserID, Nick, FaceUrl }) => importable(UserID, Nick, FaceUrl));
  checkRoom(world, good.map(({ UserID }) => UserID));
  for (const account of good) importOne(world, account, seconds(clock));
  return {
    FailAccounts: list.filter((account) => !good.includes(account)).map(({ UserID }) => UserID),
  };
};

const accountDelete: Handler<"im_open_login_svc/account_delete"> = (world, body) => {
  const deleted = (userId: string): [code: number, info: string] => {
    if (world.accounts.isAdmin(userId)) {
      return [70402, "An administrator cannot be deleted: he counts as imported"];
    }
    if (!world.accounts.delete(userId)) return [70107, "There is no such account"];
    world.forget(userId);
    return [0, ""];
  };
  return {
    ResultItem: body.DeleteItem.map(({ UserID }) => {
      const [ResultCode, ResultInfo] = deleted(UserID);
      return { ResultCode, ResultInfo, UserID };
    }),
  };
};

const accountCheck: Handler<"im_open_login_svc/account_check"> = (world, body) => ({
  ResultItem: body.CheckItem.map(({ UserID }) => ({
    UserID,
    ResultCode: 0,
    ResultInfo: "",
    AccountStatus: world.accounts.has(UserID) ? "Imported" : "NotImported",
  })),
});

/** Accounts: import, check, delete. */
export const accountService: Service = service("im_open_login_svc", {
  badBody: 70402,
  unknownCommand: 60008,
}, {
  account_import: accountImport,
  multiaccount_import: multiAccountImport,
  account_delete: differing(
    accountDelete,
    "Every app may delete accounts (71000 is never answered) and import them again at once",
  ),
  account_check: accountCheck,
});

/** Refuses accounts that the free edition has no room for, before any of them is imported. */
function checkRoom(world: World, userIds: readonly string[]): void {
  if (!world.trial) return;
  const fresh = new Set(userIds.filter((userId) => !world.accounts.has(userId)));
  if (fresh.size > 0 && world.accounts.size + fresh.size > TRIAL_ACCOUNTS) {
    refuse(70398, `The free edition holds ${TRIAL_ACCOUNTS} accounts`);
  }
}

function importOne(
  world: World,
  { UserID, Nick, FaceUrl }: { UserID: string; Nick?: string; FaceUrl?: string },
  nowSeconds: number,
): void {
  if (!world.accounts.has(UserID)) world.figures.add("RegistUserNumOneDay", 1, nowSeconds);
  world.accounts.put(UserID, { nick: Nick, faceUrl: FaceUrl });
}

function importable(userId: string, ...profile: (string | undefined)[]): boolean {
  return userId !== "" && utf8(userId).length <= MAX_USER_ID_BYTES &&
    profile.every((text) => text === undefined || utf8(text).length <= MAX_PROFILE_BYTES);
}
