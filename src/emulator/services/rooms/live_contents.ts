/**
 * What is in a live room: messages, gifts sent, key-values, the mixed stream.
 * Source: "Room Management", "Messages" and "Mixed Stream" of the Live documentation.
 *
 * @module
 */

import { utf8 } from "../../../core/utf8.ts";
import { quote, refuse } from "../../refusal.ts";
import type { Room } from "../../store/rooms.ts";
import type { World } from "../../store/world.ts";
import {
  type AnswerOf,
  type Clock,
  differing,
  type Handler,
  seconds,
  type Service,
  service,
} from "../service.ts";
import {
  BAD_PARAMETER,
  checkImported,
  findAnyRoom,
  findLiveRoom,
  findRoom,
  ROOM_CODES,
} from "./common.ts";

/** Key-values of a room, and bytes in all their values. */
const MOST_KEYS = 10;
const MOST_BYTES = 16_384;
const MIXING_PER_SECOND = 20;

const sendText: Handler<"live_engine_http_srv/send_text_msg"> = (world, body, _caller, clock) => {
  if (body.ExtensionInfo !== undefined && !isJson(body.ExtensionInfo)) {
    refuse(BAD_PARAMETER, `ExtensionInfo is ${quote(body.ExtensionInfo)}, wanted a JSON text`);
  }
  return message(world, body.RoomId, body.Sender_Account, clock);
};

const sendCustom: Handler<"live_engine_http_srv/send_custom_msg"> = (
  world,
  body,
  caller,
  clock,
) => message(world, body.RoomId, body.Sender_Account ?? caller, clock);

const sendGift: Handler<"live_engine_http_srv/send_gift"> = (world, body) => {
  const { figures } = findRoom(world, body.RoomId, "Live");
  const gift = world.gifts.gifts.get(body.GiftId) ??
    refuse(102002, `There is no gift ${quote(body.GiftId)}`);
  checkImported(world, "From_Account", body.From_Account);
  const count = body.Count ?? 1;
  if (count < 1) refuse(BAD_PARAMETER, `Count is ${count}, wanted 1 or more`);
  figures.gifts += count;
  figures.coins += count * (gift.info.Coins ?? 0);
  figures.giftSenders.add(body.From_Account);
};

const setMetadata: Handler<"live_engine_http_srv/set_room_metadata"> = (world, body, caller) => {
  const { id, metadata } = findRoom(world, body.RoomId, "Live");
  const changed = new Map(metadata);
  for (const { Key, Value } of body.Metadata) changed.set(Key, Value);
  if (changed.size > MOST_KEYS) {
    refuse(100500, `Room ${quote(id)} would have ${changed.size} keys, limit is ${MOST_KEYS}`);
  }
  let bytes = 0;
  for (const value of changed.values()) bytes += utf8(value).length;
  if (bytes > MOST_BYTES) {
    refuse(
      100502,
      `The values of ${quote(id)} would hold ${bytes} bytes, limit is ${MOST_BYTES}`,
    );
  }
  for (const { Key, Value } of body.Metadata) metadata.set(Key, Value);
  world.emit("Live.CallbackAfterSetMetadata", {
    Operator_Account: caller,
    RoomId: id,
    Metadata: body.Metadata.map(({ Key, Value }) => ({ Key, Value })),
  });
};

/** No keys mean all; keys that are not there are left out. */
const getMetadata: Handler<"live_engine_http_srv/get_room_metadata"> = (world, body) => {
  const { metadata } = findRoom(world, body.RoomId, "Live");
  const keys = body.Keys.length > 0 ? new Set(body.Keys) : metadata.keys();
  return {
    Response: {
      Metadata: [...keys].filter((key) => metadata.has(key))
        .map((Key) => ({ Key, Value: metadata.get(Key)! })),
    },
  };
};

const deleteMetadata: Handler<"live_engine_http_srv/del_room_metadata"> = (
  world,
  body,
  caller,
) => {
  const { id, metadata } = findRoom(world, body.RoomId, "Live");
  const known = body.Keys.filter((key) => metadata.has(key));
  if (known.length === 0) refuse(100503, `Room ${quote(id)} has none of the Keys`);
  for (const key of known) metadata.delete(key);
  world.emit("Live.CallbackAfterDelMetadata", {
    Operator_Account: caller,
    RoomId: id,
    Keys: known,
  });
};

const setMixStream: Handler<"live_engine_http_srv/set_mix_stream"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const room = mixed(findAnyRoom(world, body.RoomId));
  countMixing(world, clock);
  room.hasMixStream = true;
};

const resumeMixStream: Handler<"live_engine_http_srv/resume_mcu_task"> = (
  world,
  { RoomId },
  _caller,
  clock,
) => {
  const room = mixed(findAnyRoom(world, RoomId));
  countMixing(world, clock);
  if (!room.hasMixStream) {
    refuse(100424, `Room ${quote(RoomId)} has no mixed stream; begin with set_mix_stream`);
  }
  room.hasMixStream = false;
};

/** What is in a live room. */
export const liveContents: Service = service("live_engine_http_srv", ROOM_CODES, {
  send_text_msg: sendText,
  send_custom_msg: sendCustom,
  send_gift: differing(
    sendGift,
    "Gifts cannot be switched off in a room (102008); no callback is asked before one (102004)",
  ),
  set_room_metadata: setMetadata,
  get_room_metadata: getMetadata,
  del_room_metadata: deleteMetadata,
  set_mix_stream: differing(
    setMixStream,
    "No stream is mixed: layout and hosts are checked by the schema alone, and forgotten; hosts need not be on seats",
  ),
  resume_mcu_task: resumeMixStream,
});

function message(
  world: World,
  roomId: string,
  sender: string,
  clock: Clock,
): AnswerOf<"live_engine_http_srv/send_text_msg"> {
  const { figures } = findLiveRoom(world, roomId);
  checkImported(world, "Sender_Account", sender);
  return { Response: { MsgTime: seconds(clock), MsgSeq: ++figures.messages } };
}

/** Refuses the 21st operation of the app within a second, where calls are limited. */
function countMixing(world: World, clock: Clock): void {
  if (world.within("mixing", MIXING_PER_SECOND, "second", clock())) return;
  refuse(100422, `More than ${MIXING_PER_SECOND} operations on mixed streams a second`);
}

/** Refuses a room whose streams cannot be mixed. */
function mixed(room: Room): Room {
  if (room.type !== "Live" || !room.info.IsSeatEnabled || !room.info.IsUnlimitedRoomEnabled) {
    refuse(
      100006,
      `Room ${quote(room.id)} is not a live room with seats and IsUnlimitedRoomEnabled true`,
    );
  }
  return room;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
