/**
 * Who is logged in where: `kick`, the two queries of `openim`, and what clients do, since no client can.
 *
 * @module
 */

import { quote, refuse } from "../refusal.ts";
import type { Platform } from "../store/accounts.ts";
import type { World } from "../store/world.ts";
import { type Clock, differing, type Handler, seconds, type Service, service } from "./service.ts";

const kick: Handler<"im_open_login_svc/kick"> = (world, { UserID }, _caller, clock) => {
  const account = world.accounts.get(UserID) ??
    refuse(70107, `There is no account ${quote(UserID)}`);
  account.kickedAt = seconds(clock);
  leave(world, UserID);
};

const queryOnlineStatus: Handler<"openim/query_online_status"> = (world, body) => {
  const { found, missing } = sorted(world, body.To_Account);
  if (found.length === 0) {
    refuse(70107, `None of the accounts is imported, the first is ${quote(missing[0])}`);
  }
  return {
    QueryResult: found.map((account) => ({
      To_Account: account,
      Status: statusOf(world, account),
      ...details(world, account, body.IsNeedDetail),
    })),
    ErrorList: missing.map((account) => ({ To_Account: account, ErrorCode: 70107 })),
  };
};

const queryState: Handler<"openim/querystate"> = (world, body) => ({
  QueryResult: sorted(world, body.To_Account).found.map((account) => ({
    To_Account: account,
    State: statusOf(world, account),
    ...details(world, account, body.IsNeedDetail),
  })),
});

/** The part of `im_open_login_svc` that is about login state. */
export const kickService: Service = service("im_open_login_svc", {
  badBody: 70402,
  unknownCommand: 60008,
}, { kick });

const STAYS = "PushOnline lasts until a login or a logout; the backend ends it after 7 days";

/** The part of `openim` that is about login state. */
export const onlineService: Service = service("openim", { badBody: 90001, unknownCommand: 60008 }, {
  query_online_status: differing(queryOnlineStatus, STAYS),
  querystate: differing(queryState, STAYS),
});

/** What a client's login or logout says. */
export interface ClientState {
  /** Who. */
  UserID: string;
  /** On what. @default {"Web"} */
  Platform?: Platform;
  /** `Offline` is a logout; of this platform, or of all where none is named. @default {"Online"} */
  Status?: "Online" | "PushOnline" | "Offline";
}

/** What each is called in the query of State.StateChange, which writes iOS in capitals. */
const OPT_PLATFORMS: Record<Platform, string> = {
  iPhone: "IOS",
  Android: "Android",
  Web: "Web",
  PC: "Windows",
  iPad: "iPad",
  Mac: "Mac",
};
const PLATFORMS = Object.keys(OPT_PLATFORMS);

/** Lets a client log in or out, as the control API asks (`POST /_emulator/clients`). */
export function setClientState(
  world: World,
  { UserID, Platform, Status = "Online" }: ClientState,
  _caller: string,
  _clock: Clock,
): void {
  if (typeof UserID !== "string") refuse(70402, "UserID is missing, or is no string");
  const account = world.accounts.get(UserID) ??
    refuse(70107, `UserID is ${quote(UserID)}, which is no imported account`);
  if (Platform !== undefined && !PLATFORMS.includes(Platform)) {
    refuse(70402, `Platform is ${quote(Platform)}, wanted one of: ${PLATFORMS.join(", ")}`);
  }
  if (Status === "Offline") return leave(world, UserID, Platform);
  if (Status !== "Online" && Status !== "PushOnline") {
    refuse(70402, `Status is ${quote(Status)}, wanted Online, PushOnline or Offline`);
  }
  const on = Platform ?? "Web";
  (account.terminals ??= new Map()).set(on, Status);
  const Info = Status === "Online"
    ? { Action: "Login", Reason: "Register" } as const
    : { Action: "Disconnect", Reason: "LinkClose" } as const;
  world.emit("State.StateChange", { Info: { ...Info, To_Account: UserID } }, OPT_PLATFORMS[on]);
}

function leave(world: World, userId: string, platform?: Platform): void {
  const { terminals } = world.accounts.get(userId)!;
  if (!terminals || terminals.size === 0) return;
  if (platform === undefined) terminals.clear();
  else if (!terminals.delete(platform)) return;
  const Info = { Action: "Logout", To_Account: userId, Reason: "Unregister" } as const;
  world.emit("State.StateChange", { Info }, platform && OPT_PLATFORMS[platform]);
}

function sorted(world: World, accounts: readonly string[]): { found: string[]; missing: string[] } {
  return {
    found: accounts.filter((account) => world.accounts.has(account)),
    missing: accounts.filter((account) => !world.accounts.has(account)),
  };
}

function statusOf(world: World, account: string): "Online" | "PushOnline" | "Offline" {
  const states = [...world.accounts.get(account)?.terminals?.values() ?? []];
  if (states.length === 0) return "Offline";
  return states.includes("Online") ? "Online" : "PushOnline";
}

function details(world: World, account: string, wanted: 0 | 1 | undefined) {
  const { terminals } = world.accounts.get(account)!;
  if (wanted !== 1 || !terminals || terminals.size === 0) return {};
  return { Detail: [...terminals].map(([Platform, Status]) => ({ Platform, Status })) };
}
