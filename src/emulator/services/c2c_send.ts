/**
 * How a one-to-one message comes into the world.
 *
 * @module
 */

import type { StoredMsgElement } from "../../api/generated/types/common.ts";
import { quote, refuse } from "../refusal.ts";
import type { C2cMessage } from "../store/c2c_messages.ts";
import { newExtension } from "../store/message_extension.ts";
import type { World } from "../store/world.ts";

/** A message on its way. Times in seconds since 1970. */
export interface Draft {
  from: string;
  to: string;
  msgSeq: number;
  random: number;
  time: number;
  /** When it came in. @default {time} */
  storedAt?: number;
  body: StoredMsgElement[];
  cloudCustomData?: string;
  supportsExtension?: boolean;
  /** Whether it counts as unread for its recipient. */
  unread: boolean;
  /** Whether the conversations move up. */
  movesUp: boolean;
  /** Whether its sender sees it. */
  syncToSender: boolean;
}

/** The key of a message. */
export function msgKey(msgSeq: number, random: number, time: number): string {
  return `${msgSeq}_${random}_${time}`;
}

/** Stores a message, raises what is unread and moves the conversations up; a repeat changes nothing. */
export function store(world: World, draft: Draft): C2cMessage | undefined {
  const { from, to, msgSeq, random, time, storedAt = time } = draft;
  const message: C2cMessage = {
    key: msgKey(msgSeq, random, time),
    from,
    to,
    msgSeq,
    random,
    time,
    storedAt,
    body: draft.body,
    cloudCustomData: draft.cloudCustomData,
    recalled: false,
    peerRead: false,
    hiddenFrom: draft.syncToSender || from === to ? [] : [from],
    extension: draft.supportsExtension ? newExtension() : undefined,
  };
  if (!world.c2cMessages.add(message, draft.unread)) return undefined;
  if (draft.movesUp) {
    if (draft.syncToSender) world.contacts.touch(from, 1, to, time);
    world.contacts.touch(to, 1, from, time);
  }
  return message;
}

/** Refuses an account that was not imported. */
export function checkAccount(world: World, field: string, account: string, code: number): void {
  if (!world.accounts.has(account)) {
    refuse(code, `${field} is ${quote(account)}, which is no imported account`);
  }
}
