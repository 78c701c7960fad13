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
  importOne(world, body, seconds(clock));
};

const multiAccountImport: Handler<"im_open_login_svc/multiaccount_import"> = (
  world,
  body,
  _by,
  clock,
) => {
  const list = body.AccountList ?? body.Accounts!.map((UserID) => ({ UserID }));
  const failed: string[] = [];
  for (const account of list as NonNullable<typeof body.AccountList>) {
    const { UserID, Nick, FaceUrl } = account;
    if (importable(UserID, Nick, FaceUrl)) importOne(world, account, seconds(clock));
    else failed.push(UserID);
  }
  return { FailAccounts: failed };
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
    "Every edition may delete accounts (71000 is never answered)",
  ),
  account_check: accountCheck,
});

function importOne(
  world: World,
  { UserID, Nick, FaceUrl }: { UserID: string; Nick?: string; FaceUrl?: string },
  nowSeconds: number,
): void {
  if (!world.accounts.has(UserID)) {
    if (world.trial && world.accounts.size >= TRIAL_ACCOUNTS) {
      refuse(70398, `The free edition holds ${TRIAL_ACCOUNTS} accounts`);
    }
    world.figures.add("RegistUserNumOneDay", 1, nowSeconds);
  }
  world.accounts.put(UserID, { nick: Nick, faceUrl: FaceUrl });
}

function importable(userId: string, ...profile: (string | undefined)[]): boolean {
  return userId !== "" && utf8(userId).length <= MAX_USER_ID_BYTES &&
    profile.every((text) => text === undefined || utf8(text).length <= MAX_PROFILE_BYTES);
}
