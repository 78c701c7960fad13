/**
 * `im_cos_msg`, `open_msg_svc` and `ConfigSvc`: files of messages, message logs, address ranges.
 *
 * @module
 */

import { refuse } from "../refusal.ts";
import { ackOnly, differing, type Handler, type Service, service } from "./service.ts";

const getSignatures: Handler<"im_cos_msg/get_cos_sig"> = (world, { RawURLs }) => ({
  PreSigURLs: RawURLs.map(({ ResourceID, RawURL }) => ({
    Code: 0,
    Desc: "",
    ResourceID,
    PreSigURL: `${RawURL}${RawURL.includes("?") ? "&" : "?"}sign=${world.random().toString(16)}`,
    Status: world.moderation.bannedFiles.has(RawURL) ? 1 : 0,
  })),
});

const forbid: Handler<"im_cos_msg/forbid_illegal_object"> = (world, { RawURL }) => {
  world.moderation.bannedFiles.add(RawURL);
};

const allow: Handler<"im_cos_msg/allow_banned_object"> = (world, { RawURL }) => {
  world.moderation.bannedFiles.delete(RawURL);
};

/** Banned files, and signed addresses of files. */
export const cosService: Service = service(
  "im_cos_msg",
  { badBody: 60003, unknownCommand: 60008 },
  {
    forbid_illegal_object: differing(
      forbid,
      "Any address is taken, since no client uploads files",
    ),
    allow_banned_object: differing(
      allow,
      "Any address is taken, since no client uploads files",
    ),
    get_cos_sig: differing(
      getSignatures,
      "The signed addresses lead nowhere, since no client uploads files",
    ),
  },
);

const HOUR = 3_600_000;
const KEPT_HOURS = 7 * 24;

/** An hour is written out in the hour after it, and kept for seven days; hours are those of Beijing. */
const getHistory: Handler<"open_msg_svc/get_history"> = (_world, { MsgTime }, _caller, clock) => {
  const [, year, month, day, hour] = /^(\d{4})(\d\d)(\d\d)(\d\d)$/.exec(MsgTime)!.map(Number);
  const start = Date.UTC(year!, month! - 1, day!, hour! - 8);
  const text = new Date(start + 8 * HOUR).toISOString().slice(0, 13).replace(/[-T]/g, "");
  if (text !== MsgTime) refuse(1002, `MsgTime is ${MsgTime}, which is no hour of the calendar`);
  const age = (clock() - start) / HOUR;
  if (age > KEPT_HOURS) refuse(1005, `The file of ${MsgTime} is older than seven days`);
  if (age < 2) {
    refuse(1004, `The file of ${MsgTime} is not made yet; it is about an hour after its end`);
  }
  refuse(1004, `There are no messages in the file of ${MsgTime}`);
};

/** Message logs. */
export const historyService: Service = service("open_msg_svc", {
  badBody: 1002,
  unknownCommand: 60008,
}, {
  get_history: ackOnly(
    "message logs are not written: every hour counts as one without messages",
    getHistory,
  ),
});

/** The backend's addresses. */
export const addressService: Service = service("ConfigSvc", {
  badBody: 60003,
  unknownCommand: 60008,
}, {
  GetIPList: ackOnly("the emulator has no range of addresses but this machine's", () => ({
    IPList: ["127.0.0.1", "::1"],
  })),
});
