/**
 * `stream_msg`: messages sent into groups chunk by chunk.
 * Source: "Sending a streaming message in a group" of the Chat documentation.
 *
 * @module
 */

import type { MsgElement } from "../../api/generated/types/common.ts";
import { utf8 } from "../../core/utf8.ts";
import { quote, refuse } from "../refusal.ts";
import type { GroupStream } from "../store/group_streams.ts";
import { TRIAL_GROUP_MESSAGES } from "../store/package_limits.ts";
import type { World } from "../store/world.ts";
import { checkImported, findGroup, GROUP_CODES } from "./groups/common.ts";
import { logOf } from "./groups/message_logs.ts";
import { type BodyOf, type Handler, type Service, service } from "./service.ts";

const BAD_PARAMETER = 10004;
const TOO_LONG = 80002;
const TOO_OFTEN = 10023;
const CONTINUATIONS_PER_SECOND = 5;
const MOST_BYTES = 131_072;
/** How long a stream waits for its next chunk, in milliseconds. */
const PATIENCE = 15_000;

type Content = BodyOf<"stream_msg/send_group_stream_msg">["MsgBody"][number]["MsgContent"];

/** The history shows what has come so far as a text. */
const send: Handler<"stream_msg/send_group_stream_msg"> = (world, body, caller, clock) => {
  const group = findGroup(world, body.GroupId);
  const from = body.From_Account || caller;
  checkImported(world, "From_Account", from);
  const content = body.MsgBody[0]?.MsgContent ??
    refuse(BAD_PARAMETER, "MsgBody has no element, wanted one TIMStreamElem");
  const now = clock();
  const time = Math.floor(now / 1000);
  const log = logOf(group, undefined, time);
  const id = content.StreamMsgID;
  const stream: GroupStream = id ? openStream(world, id, group.id, from, now) : {
    groupId: group.id,
    seq: log.lastSeq + 1,
    from,
    text: "",
    compatibleText: "",
    index: 0,
    lastChunk: now,
    ended: false,
  };
  const next = withChunks(stream, content, now);
  checkFrequency(world, id, now);
  if (id) {
    Object.assign(stream, next);
    const message = log.get(stream.seq);
    if (message) message.body = bodyOf(stream);
    return { StreamMsgID: id };
  }
  group.active = true;
  group.lastMsgTime = time;
  log.add({
    from,
    time,
    storedAt: time,
    random: body.MsgRandom ?? body.Random ?? world.random(),
    priority: 2,
    body: bodyOf(next),
    cloudCustomData: body.CloudCustomData,
  });
  const name = `stream-${world.random().toString(16).padStart(8, "0")}-${next.seq}`;
  world.groupStreams.set(name, next);
  return { StreamMsgID: name };
};

/** Streams into groups. */
export const streamService: Service = service("stream_msg", GROUP_CODES, {
  send_group_stream_msg: send,
});

function openStream(
  world: World,
  id: string,
  groupId: string,
  from: string,
  now: number,
): GroupStream {
  const stream = world.groupStreams.get(id);
  if (!stream || stream.groupId !== groupId || stream.from !== from) {
    refuse(BAD_PARAMETER, `There is no stream ${quote(id)} of this sender in this group`);
  }
  if (stream.ended) refuse(BAD_PARAMETER, `The stream ${quote(id)} was ended`);
  if (now - stream.lastChunk > PATIENCE) {
    refuse(BAD_PARAMETER, `The stream ${quote(id)} ended 15 s after its last chunk`);
  }
  return stream;
}

function checkFrequency(world: World, id: string | undefined, now: number): void {
  if (id && !world.within(id, CONTINUATIONS_PER_SECOND, "second", now)) {
    refuse(TOO_OFTEN, `More than ${CONTINUATIONS_PER_SECOND} chunks a second for ${quote(id)}`);
  }
  if (!id && world.trial && !world.within("streams", TRIAL_GROUP_MESSAGES, "day", now)) {
    refuse(TOO_OFTEN, `The free edition sends ${TRIAL_GROUP_MESSAGES} streams a day into groups`);
  }
}

function withChunks(stream: GroupStream, { Chunks = [], CompatibleText }: Content, now: number) {
  const next = {
    ...stream,
    lastChunk: now,
    compatibleText: CompatibleText ?? stream.compatibleText,
  };
  for (const [at, { Index = next.index + 1, Markdown = "", IsLast }] of Chunks.entries()) {
    const where = `MsgBody[0].MsgContent.Chunks[${at}]`;
    if (next.ended) refuse(BAD_PARAMETER, `${where} comes after the last one`);
    if (Index !== next.index + 1) {
      refuse(BAD_PARAMETER, `${where}.Index is ${Index}, wanted ${next.index + 1}`);
    }
    next.index = Index;
    next.text += Markdown;
    next.ended = IsLast ?? false;
  }
  const bytes = utf8(next.text).length;
  if (bytes > MOST_BYTES) refuse(TOO_LONG, `The stream has ${bytes} bytes, limit is ${MOST_BYTES}`);
  return next;
}

function bodyOf({ text, compatibleText }: GroupStream): MsgElement[] {
  return [{ MsgType: "TIMTextElem", MsgContent: { Text: text || compatibleText } }];
}
