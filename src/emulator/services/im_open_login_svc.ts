/**
 * `im_open_login_svc`: accounts. Source: "Account Management" of the Chat documentation.
 *
 * @module
 */

import { utf8 } from "../../core/user_sig_rules.ts";
import type { Rule } from "../protocol/check_body.ts";
import { refuse } from "../refusal.ts";
import { command, type Service } from "./service.ts";

const MAX_USER_ID_BYTES = 32;
const MAX_PROFILE_BYTES = 500;
const BATCH = 100;

const text: Rule = { type: "string" };
const userId: Rule = { type: "string", minLength: 1, "x-max-bytes": MAX_USER_ID_BYTES };
const profileText: Rule = {
  type: "string",
  "x-max-bytes": MAX_PROFILE_BYTES,
  "x-limit-code": 40601,
};
/** In lists of accounts to ask about, an id that no account can have is just not there. */
const accountItems: Rule = {
  type: "array",
  maxItems: BATCH,
  items: { type: "object", required: ["UserID"], properties: { UserID: text } },
};

interface ImportedAccount {
  UserID: string;
  Nick?: string;
  FaceUrl?: string;
}

interface AccountItem {
  UserID: string;
}

const accountImport = command<Partial<ImportedAccount> & { Identifier?: string }>(
  {
    // Older pages and libraries name the account Identifier.
    properties: { UserID: userId, Identifier: userId, Nick: profileText, FaceUrl: profileText },
  },
  (world, body) => {
    const name = body.UserID ?? body.Identifier ?? refuse(70402, "UserID is missing");
    world.accounts.put(name, { nick: body.Nick, faceUrl: body.FaceUrl });
  },
);

const multiAccountImport = command<{ AccountList?: ImportedAccount[]; Accounts?: string[] }>(
  {
    properties: {
      AccountList: {
        type: "array",
        maxItems: BATCH,
        items: {
          type: "object",
          required: ["UserID"],
          properties: { UserID: text, Nick: text, FaceUrl: text },
        },
      },
      Accounts: { type: "array", maxItems: BATCH, items: text },
    },
  },
  (world, body) => {
    const list = body.AccountList ?? body.Accounts?.map((UserID): ImportedAccount => ({ UserID }));
    if (!list) refuse(70402, "AccountList is missing (and so is the older Accounts)");
    if (body.AccountList && body.Accounts) {
      refuse(70402, "The body has both AccountList and Accounts; send one of the two");
    }
    const failed: string[] = [];
    for (const { UserID, Nick, FaceUrl } of list) {
      if (importable(UserID, Nick, FaceUrl)) {
        world.accounts.put(UserID, { nick: Nick, faceUrl: FaceUrl });
      } else failed.push(UserID);
    }
    return { FailAccounts: failed };
  },
);

const accountDelete = command<{ DeleteItem: AccountItem[] }>(
  { required: ["DeleteItem"], properties: { DeleteItem: accountItems } },
  (world, body) => {
    const deleted = ({ UserID }: AccountItem): [code: number, info: string] => {
      if (world.accounts.isAdmin(UserID)) {
        return [70402, "An administrator cannot be deleted: he counts as imported"];
      }
      return world.accounts.delete(UserID) ? [0, ""] : [70107, "There is no such account"];
    };
    return {
      ResultItem: body.DeleteItem.map((item) => {
        const [ResultCode, ResultInfo] = deleted(item);
        return { ResultCode, ResultInfo, UserID: item.UserID };
      }),
    };
  },
);

const accountCheck = command<{ CheckItem: AccountItem[] }>(
  { required: ["CheckItem"], properties: { CheckItem: accountItems } },
  (world, body) => ({
    ResultItem: body.CheckItem.map(({ UserID }) => ({
      UserID,
      ResultCode: 0,
      ResultInfo: "",
      AccountStatus: world.accounts.has(UserID) ? "Imported" : "NotImported",
    })),
  }),
);

/** Accounts: import, check, delete. */
export const accountService: Service = {
  name: "im_open_login_svc",
  badBody: 70402,
  unknownCommand: 60008,
  commands: {
    account_import: accountImport,
    multiaccount_import: multiAccountImport,
    account_delete: accountDelete,
    account_check: accountCheck,
  },
};

function importable(userId: string, ...profile: (string | undefined)[]): boolean {
  return userId !== "" && utf8(userId).length <= MAX_USER_ID_BYTES &&
    profile.every((text) => text === undefined || utf8(text).length <= MAX_PROFILE_BYTES);
}
