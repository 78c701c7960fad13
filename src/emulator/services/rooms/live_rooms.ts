/**
 * Live rooms themselves: made, listed, read, changed, handed over, dissolved. Source: "Room Management" of the Live documentation.
 *
 * @module
 */

import type { LiveRoomInfo, RoomStatistic } from "../../../api/generated/types/live.ts";
import { quote, refuse } from "../../refusal.ts";
import { MAX_LIVE_MEMBERS } from "../../store/package_limits.ts";
import { placeOf, type Ranked, type Room } from "../../store/rooms.ts";
import {
  addRoom,
  BAD_PARAMETER,
  change,
  checkImported,
  findRoom,
  isBanned,
  pick,
  ROOM_CODES,
} from "./common.ts";
import { differing, type Handler, seconds, type Service, service } from "../service.ts";

/** Seats of each layout; those without video take MaxSeatCount, and have these where none is given. */
const SEATS: Record<string, number> = {
  VideoDynamicGrid9Seats: 9,
  VideoDynamicFloat7Seats: 7,
  VideoFixedGrid9Seats: 9,
  VideoFixedFloat7Seats: 7,
  VideoLandscape4Seat: 4,
  AudioSalon: 10,
  Karaoke: 10,
  // One page writes it small.
  karaoke: 10,
};

/** Fields that create_room and update_room_info share. */
const SETTINGS = [
  "RoomName",
  "TakeSeatMode",
  "MaxMemberCount",
  "CoverURL",
  "IsMessageDisabled",
  "Category",
  "IsPublicVisible",
  "ActivityStatus",
  "IsUnlimitedRoomEnabled",
];
/** Fields of create_room alone. */
const CREATION = [
  ...SETTINGS,
  "SeatTemplate",
  "MaxSeatCount",
  "IsSeatEnabled",
  "SeatLayoutTemplateId",
  "KeepOwnerOnSeat",
];
const CHANGES = [...SETTINGS, "Notice"];
/** Fields that a list shows. */
const LISTED = [
  "RoomId",
  "RoomName",
  "Owner_Account",
  "CoverURL",
  "Category",
  "CreateTime",
  "ActivityStatus",
  "ViewCount",
];
const ROOMS_PER_PAGE = 20;

/** What the app's own server is told of a room, as far as it is set. */
const TOLD = [
  "RoomName",
  "RoomType",
  "Owner_Account",
  "MaxMemberCount",
  "IsMessageDisabled",
  "IsSeatEnabled",
  "TakeSeatMode",
  "MaxSeatCount",
  "IsPublicVisible",
  "CoverURL",
  "Category",
];
const TOLD_NEW = ["RoomId", "CreateTime", ...TOLD];
const TOLD_CLOSED = [...TOLD, "ActivityStatus", "ViewCount", "IsUnlimitedRoomEnabled"];
/** Changes that it is told of. */
const TOLD_CHANGES = [
  "RoomId",
  "RoomName",
  "MaxMemberCount",
  "IsMessageDisabled",
  "CoverURL",
  "Category",
  "ActivityStatus",
  "IsPublicVisible",
  "TakeSeatMode",
];

/** The owner must be imported; it is the caller when none is named. */
const createRoom: Handler<"live_engine_http_srv/create_room"> = (
  world,
  { RoomInfo },
  caller,
  clock,
) => {
  const { RoomId, Owner_Account, SeatTemplate } = RoomInfo;
  const isSeatEnabled = RoomInfo.IsSeatEnabled ?? SeatTemplate !== undefined;
  const wanted = SeatTemplate?.startsWith("Video") ? 0 : RoomInfo.MaxSeatCount;
  const seats = wanted || SEATS[SeatTemplate ?? "AudioSalon"]!;
  const room = addRoom(world, {
    id: RoomId,
    type: "Live",
    owner: Owner_Account || caller,
    createTime: seconds(clock),
    info: {
      RoomName: RoomId,
      TakeSeatMode: "FreeToTake",
      CoverURL: "",
      IsMessageDisabled: false,
      Category: [],
      IsPublicVisible: true,
      ActivityStatus: 0,
      Notice: "",
      ...pick(RoomInfo, CREATION),
      MaxMemberCount: RoomInfo.MaxMemberCount || MAX_LIVE_MEMBERS,
      IsSeatEnabled: isSeatEnabled,
      MaxSeatCount: isSeatEnabled ? seats : 0,
    },
  });
  world.emit("Live.CallbackAfterCreateRoom", {
    Operator_Account: caller,
    RoomInfo: pick(view(room), TOLD_NEW),
  });
  return { Response: { RoomId } };
};

const getRoomInfo: Handler<"live_engine_http_srv/get_room_info"> = (world, { RoomId }) => {
  return { Response: { RoomInfo: view(findRoom(world, RoomId, "Live")) } };
};

const updateRoomInfo: Handler<"live_engine_http_srv/update_room_info"> = (
  world,
  { RoomInfo },
  caller,
) => {
  const { info } = findRoom(world, RoomInfo.RoomId, "Live");
  change(info, RoomInfo, CHANGES);
  world.emit("Live.CallbackAfterUpdateRoomInfo", {
    Operator_Account: caller,
    RoomInfo: pick(RoomInfo, TOLD_CHANGES),
  });
};

/** The answer tells what was counted, but for the messages. */
const destroyRoom: Handler<"live_engine_http_srv/destroy_room"> = (world, { RoomId }, caller) => {
  const room = findRoom(world, RoomId, "Live");
  world.rooms.remove(room);
  world.battles.leave(RoomId);
  const { TotalMsgCount: _, ...Statistic } = statistic(room);
  world.emit("Live.CallbackAfterDestroyRoom", {
    Operator_Account: caller,
    RoomId,
    EventType: "DestroyByUser",
    RoomInfo: pick(view(room), TOLD_CLOSED),
    Statistic,
  });
  return { Response: { Statistic } };
};

/** The new owner must be imported and not banned. */
const changeOwner: Handler<"live_engine_http_srv/change_room_owner"> = (
  world,
  body,
  caller,
  clock,
) => {
  const room = findRoom(world, body.RoomId, "Live");
  const next = body.NewOwner_Account;
  checkImported(world, "NewOwner_Account", next);
  if (isBanned(room, next, seconds(clock))) {
    refuse(100016, `NewOwner_Account ${quote(next)} is banned; lift the ban first`);
  }
  const { owner } = room;
  room.owner = next;
  room.admins.delete(next);
  world.emit("Live.CallbackAfterChangeOwner", {
    RoomId: room.id,
    Operator_Account: caller,
    CurrentOwner_Account: next,
    OriginalOwner_Account: owner,
  });
};

/** Rooms that are not public are left out; a page mark tells the last room that was read. */
const listRooms: Handler<"live_engine_http_srv/get_room_list"> = (world, body) => {
  const ascending = body.SortDirection === "ascend";
  const ranking = world.rooms.ranking();
  const mark = readMark(body.Next);
  const most = body.Count || ROOMS_PER_PAGE;
  const page: Room[] = [];
  let at = placeAfter(ranking, mark, ascending);
  for (; ranking[at] && page.length < most; at += ascending ? -1 : 1) {
    if (ranking[at]!.info.IsPublicVisible) page.push(ranking[at]!);
  }
  const last = page.at(-1);
  return {
    Response: {
      Next: last && ranking[at] ? `${last.figures.entries}-${last.seq}` : "",
      RoomList: page.map((room) => ({
        ...pick(view(room), LISTED),
        MemberCount: room.members.size,
      })),
    },
  };
};

const getStats: Handler<"live_engine_http_srv/get_room_stats"> = (world, { RoomId }) => ({
  Response: statistic(findRoom(world, RoomId, "Live")),
});

/** Live rooms themselves. */
export const liveRooms: Service = service("live_engine_http_srv", ROOM_CODES, {
  create_room: differing(
    createRoom,
    "The texts of a room are not judged by the lists of words (100026)",
  ),
  get_room_info: getRoomInfo,
  update_room_info: updateRoomInfo,
  destroy_room: destroyRoom,
  change_room_owner: changeOwner,
  get_room_list: listRooms,
  get_room_stats: getStats,
  get_room_statistic: getStats,
});

function view(room: Room): LiveRoomInfo {
  return {
    RoomId: room.id,
    RoomType: "Live",
    Owner_Account: room.owner,
    CreateTime: room.createTime,
    ...room.info,
    ViewCount: room.figures.entries,
  };
}

function statistic({ figures }: Room): RoomStatistic & { TotalMsgCount: number } {
  return {
    TotalViewers: figures.entries,
    TotalGiftsSent: figures.gifts,
    TotalGiftCoins: figures.coins,
    TotalUniqueGiftSenders: figures.giftSenders.size,
    // Only clients like a room.
    TotalLikesReceived: 0,
    TotalMsgCount: figures.messages,
  };
}

function readMark(text: string): Ranked | undefined {
  // The vendor's SDK begins with "0".
  if (text === "" || text === "0") return undefined;
  const [entries, seq] = /^(\d+)-(\d+)$/.exec(text)?.slice(1) ??
    refuse(BAD_PARAMETER, `Next is ${quote(text)}, wanted "" or the Next of the last answer`);
  return { figures: { entries: Number(entries) }, seq: Number(seq) };
}

/** The place of the first room after a mark, from the top of the ranking or from its end. */
function placeAfter(
  ranking: readonly Room[],
  mark: Ranked | undefined,
  ascending: boolean,
): number {
  if (!mark) return ascending ? ranking.length - 1 : 0;
  return ascending ? placeOf(ranking, mark) - 1 : placeOf(ranking, { ...mark, seq: mark.seq + 1 });
}
