/**
 * `official_account_open_http_svc`: what official accounts send.
 * Source: "Official accounts" of the Chat documentation.
 *
 * @module
 */

import type { StoredMsgElement } from "../../../api/generated/types/common.ts";
import { utf8 } from "../../../core/utf8.ts";
import { quote, refuse } from "../../refusal.ts";
import { firstPlace } from "../../store/first_place.ts";
import type { OfficialAccount, OfficialMessage } from "../../store/official_accounts.ts";
import type { World } from "../../store/world.ts";
import { altered, isDropped } from "../callback_answers.ts";
import { type Handler, type HandlersOf, seconds } from "../service.ts";

const BAD_PARAMETER = 10004;
const UNKNOWN = 10010;
const NO_MESSAGE = 10030;
const REFUSED_BY_CALLBACK = 10016;
const TOO_OFTEN = 10023;
const MESSAGES_PER_SECOND = 1;
const MESSAGES_PER_HOUR = 2;
/** The same content and Random within it is a repeat, in seconds. */
const REPEAT_WINDOW = 300;
const MAX_PAGE = 20;
const MAX_ANSWER = 13 * 1024;

interface Content {
  body: StoredMsgElement[];
  cloudCustomData?: string;
}

const sendMsg: Handler<"official_account_open_http_svc/send_official_account_msg"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const account = find(world, body.Official_Account);
  const noLastMsg = body.SendMsgControl?.includes("NoLastMsg") ?? false;
  const onlineOnly = body.OnlineOnlyFlag === 1;
  if (onlineOnly && noLastMsg) {
    refuse(BAD_PARAMETER, "SendMsgControl NoLastMsg does not go with OnlineOnlyFlag 1");
  }
  const now = seconds(clock);
  const text = JSON.stringify(body.MsgBody);
  const earlier = account.messages.findLast(({ random, time, sentBody }) =>
    random === body.Random && time > now - REPEAT_WINDOW && sentBody === text
  );
  if (earlier) return { MsgTime: earlier.time, MsgKey: earlier.key };
  const seq = account.lastMsgSeq + 1;
  const key = `${seq}_1_${now}`;
  const sent = { MsgTime: now, MsgKey: key };
  const event = (message: Content) => ({
    Official_Account: account.id,
    OnlineOnlyFlag: onlineOnly ? 1 as const : 0 as const,
    MsgBody: message.body,
    ...(message.cloudCustomData !== undefined && { CloudCustomData: message.cloudCustomData }),
  });
  let content: Content = { body: body.MsgBody, cloudCustomData: body.CloudCustomData };
  const forbidden = body.ForbidCallbackControl ?? [];
  if (!forbidden.includes("ForbidBeforeSendMsgCallback")) {
    const answer = world.ask("OfficialAccount.CallbackBeforeSendMsg", event(content));
    if (isDropped(answer, REFUSED_BY_CALLBACK)) return sent;
    content = altered(content, answer);
  }
  checkFrequency(world, account.id, clock());
  account.lastMsgSeq = seq;
  if (!onlineOnly) {
    account.messages.push({
      key,
      seq,
      random: body.Random,
      time: now,
      sentBody: text,
      body: content.body,
      recalled: false,
    });
    account.lastMsgTime = now;
    if (!noLastMsg) {
      for (const user of account.subscribers.keys()) world.contacts.touch(user, 1, account.id, now);
    }
  }
  if (!forbidden.includes("ForbidAfterSendMsgCallback")) {
    world.emit("OfficialAccount.CallbackAfterSendMsg", { ...sent, ...event(content) });
  }
  return sent;
};

const recall: Handler<"official_account_open_http_svc/official_account_msg_recall"> = (
  world,
  body,
) => {
  const account = find(world, body.Official_Account);
  const RecallRetList = body.MsgKeyList.map((MsgKey) => {
    const message = account.messages.find(({ key }) => key === MsgKey);
    if (!message || message.recalled) return { MsgKey, RetCode: NO_MESSAGE };
    message.recalled = true;
    return { MsgKey, RetCode: 0 };
  });
  const recalled = RecallRetList.filter(({ RetCode }) => RetCode === 0);
  if (recalled.length > 0) {
    world.emit("OfficialAccount.CallbackAfterMsgWithDraw", {
      Official_Account: account.id,
      WithdrawMsgList: recalled.map(({ MsgKey }) => ({ MsgKey })),
    });
  }
  return { RecallRetList };
};

/** From the newest on; IsFinished 2 says that nothing older is left. */
const getSimple: Handler<"official_account_open_http_svc/official_account_msg_get_simple"> = (
  world,
  body,
) => {
  const { Official_Account, LastMsgKey, ReqMsgNumber, WithRecalledMsg } = body;
  const account = find(world, Official_Account);
  const last = LastMsgKey ? Number(LastMsgKey.split("_")[0]) : Infinity;
  const page: ReturnType<typeof view>[] = [];
  let bytes = 0;
  let isAll = true;
  for (let at = firstPlace(account.messages, ({ seq }) => seq >= last) - 1; at >= 0; at--) {
    const message = account.messages[at]!;
    if (message.recalled && WithRecalledMsg !== 1) continue;
    const item = view(account, message);
    bytes += utf8(JSON.stringify(item)).length;
    const isFull = page.length === Math.min(ReqMsgNumber, MAX_PAGE);
    if (isFull || page.length > 0 && bytes > MAX_ANSWER) {
      isAll = false;
      break;
    }
    page.push(item);
  }
  return {
    Official_Account,
    IsFinished: isAll ? 2 : page.length === ReqMsgNumber ? 1 : 0,
    LastMsgKey: page.at(-1)?.MsgKey ?? "",
    RspMsgList: page,
  };
};

/** The commands about messages. */
export const officialMessageCommands: HandlersOf<"official_account_open_http_svc"> = {
  send_official_account_msg: sendMsg,
  official_account_msg_recall: recall,
  official_account_msg_get_simple: getSimple,
};

function checkFrequency(world: World, id: string, now: number): void {
  if (!world.within(`${id} a second`, MESSAGES_PER_SECOND, "second", now)) {
    refuse(TOO_OFTEN, `${quote(id)} sent more than ${MESSAGES_PER_SECOND} message within a second`);
  }
  if (!world.within(`${id} an hour`, MESSAGES_PER_HOUR, "hour", now)) {
    refuse(TOO_OFTEN, `${quote(id)} sent more than ${MESSAGES_PER_HOUR} messages within an hour`);
  }
}

function find(world: World, id: string): OfficialAccount {
  return world.officialAccounts.get(id) ??
    refuse(UNKNOWN, `There is no official account ${quote(id)}`);
}

function view(account: OfficialAccount, message: OfficialMessage) {
  return {
    From_Account: account.id,
    IsPlaceMsg: message.recalled ? 2 : 0,
    MsgBody: message.recalled ? [] : message.body,
    MsgRandom: message.random,
    MsgKey: message.key,
    MsgSeq: message.seq,
    MsgTimeStamp: message.time,
  };
}
