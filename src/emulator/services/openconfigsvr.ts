/**
 * `openconfigsvr`: muting accounts in the whole app, and the app's figures.
 *
 * Source: "Global Mute Management" and "Operations Management" of the Chat documentation.
 *
 * @module
 */

import { quote, refuse } from "../refusal.ts";
import type { World } from "../store/world.ts";
import { type Handler, seconds, type Service, service } from "./service.ts";

/** Stands for "for ever" in the commands. */
const FOR_EVER = 0xffff_ffff;

const setNoSpeaking: Handler<"openconfigsvr/setnospeaking"> = (world, body, _caller, clock) => {
  const account = world.accounts.get(body.Set_Account) ??
    refuse(130005, `Set_Account is ${quote(body.Set_Account)}, which is no imported account`);
  const now = seconds(clock);
  const until = (time: number) => time === FOR_EVER ? Infinity : now + time;
  const { C2CmsgNospeakingTime: c2c, GroupmsgNospeakingTime: group } = body;
  if (c2c !== undefined) account.c2cMutedUntil = until(c2c);
  if (group !== undefined) account.groupMutedUntil = until(group);
};

const getNoSpeaking: Handler<"openconfigsvr/getnospeaking"> = (world, body, _caller, clock) => {
  const { Get_Account } = body;
  if (!world.accounts.has(Get_Account)) {
    refuse(130003, `Get_Account is ${quote(Get_Account)}, which is no imported account`);
  }
  const left = (where: "C2C" | "Group") =>
    Math.min(FOR_EVER, world.accounts.mutedFor(Get_Account, where, seconds(clock)));
  return { C2CmsgNospeakingTime: left("C2C"), GroupmsgNospeakingTime: left("Group") };
};

const DAYS = 30;

const getAppInfo: Handler<"openconfigsvr/getappinfo"> = (
  world,
  { RequestField },
  _caller,
  clock,
) => {
  const days = world.figures.days(seconds(clock), DAYS);
  return {
    ErrorInfo: "OK",
    Result: days.map(({ day, counts }) => {
      const fields: Record<string, string> = {
        AppName: `Emulated app ${world.sdkAppId}`,
        AppId: String(world.sdkAppId),
        Company: "",
        RegistUserNumTotal: String(world.accounts.size),
        GroupAllGroupNum: String(world.groups.list().size),
        Date: day,
      };
      for (const name of world.figures.names) fields[name] = String(counts.get(name) ?? 0);
      if (!RequestField || RequestField.length === 0) return fields;
      const wanted = new Set<string>([...RequestField, "Date"]);
      return Object.fromEntries(Object.entries(fields).filter(([name]) => wanted.has(name)));
    }),
  };
};

/** Muting in the whole app; the app's figures. */
export const configService: Service = service("openconfigsvr", {
  badBody: 130001,
  unknownCommand: 60008,
}, {
  setnospeaking: setNoSpeaking,
  getnospeaking: getNoSpeaking,
  getappinfo: getAppInfo,
});

/** Refuses a sender in a group who is muted in the whole app. */
export function checkSpeaking(world: World, account: string, nowSeconds: number): void {
  const left = world.accounts.mutedFor(account, "Group", nowSeconds);
  if (left === 0) return;
  const time = left === Infinity ? "for ever" : `for ${left} s more`;
  refuse(10017, `${quote(account)} is muted in the whole app ${time}`);
}
