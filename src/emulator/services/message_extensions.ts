/**
 * Reading and changing the key-value pairs of a message, one-to-one or of a group.
 * Source: "Message extension" of the Chat documentation.
 *
 * @module
 */

import type { ExtensionPair } from "../../api/generated/types/common.ts";
import { refuse } from "../refusal.ts";
import type { MessageExtension } from "../store/message_extension.ts";

/** The code for bad bodies. */
export const BAD_PARAMETER = 10004;
const PAGE = 200;
const MAX_PAIRS = 300;
const MAX_CHANGES_A_MINUTE = 200;

/** A page of pairs. */
export interface PairsAnswer {
  CompleteFlag: 0 | 1;
  LatestSeq: number;
  ClearSeq: number;
  ExtensionList: ExtensionPair[];
}

/** What is to be done with pairs: 1 sets, 2 deletes, 3 clears all. */
export interface PairsChange {
  OperateType: 1 | 2 | 3;
  ExtensionList?: readonly { Key: string; Value?: string }[];
}

/** Answers the pairs from a Seq on; none for a message that can have none. */
export function readPairs(
  extension: MessageExtension | undefined,
  startSeq: number = 0,
): PairsAnswer {
  const pairs = [...extension?.pairs ?? []]
    .filter(([, { seq }]) => seq >= startSeq)
    .sort(([, one], [, other]) => one.seq - other.seq);
  return {
    CompleteFlag: pairs.length > PAGE ? 0 : 1,
    LatestSeq: extension?.latestSeq ?? 0,
    ClearSeq: extension?.clearSeq ?? 0,
    ExtensionList: pairs.slice(0, PAGE)
      .map(([Key, { value, seq }]) => ({ Key, Value: value, Seq: seq })),
  };
}

/** Changes pairs at a time in milliseconds; each answers its own code. */
export function changePairs(
  extension: MessageExtension,
  { OperateType, ExtensionList = [] }: PairsChange,
  now: number,
): { ExtensionList: { ErrorCode: number; Extension: ExtensionPair }[] } {
  if (OperateType !== 3 && ExtensionList.length === 0) {
    refuse(BAD_PARAMETER, `ExtensionList is missing, which OperateType ${OperateType} needs`);
  }
  countChange(extension, now);
  if (OperateType === 3) {
    extension.pairs.clear();
    extension.clearSeq = ++extension.latestSeq;
    return { ExtensionList: [] };
  }
  return {
    ExtensionList: ExtensionList.map(({ Key, Value = "" }) => {
      const ErrorCode = OperateType === 1 ? set(extension, Key, Value) : remove(extension, Key);
      const Seq = ErrorCode === 0 ? extension.latestSeq : extension.pairs.get(Key)?.seq ?? 0;
      return { ErrorCode, Extension: { Key, Value: OperateType === 1 ? Value : "", Seq } };
    }),
  };
}

function countChange(extension: MessageExtension, now: number): void {
  const changes = extension.changes.filter((time) => time > now - 60_000);
  if (changes.length >= MAX_CHANGES_A_MINUTE) {
    refuse(23003, `The message's extension was changed ${changes.length} times within a minute`);
  }
  extension.changes = [...changes, now];
}

function set(extension: MessageExtension, key: string, value: string): number {
  if (!extension.pairs.has(key) && extension.pairs.size >= MAX_PAIRS) return BAD_PARAMETER;
  extension.pairs.set(key, { value, seq: ++extension.latestSeq });
  return 0;
}

function remove(extension: MessageExtension, key: string): number {
  if (!extension.pairs.delete(key)) return 23004;
  extension.latestSeq++;
  return 0;
}
