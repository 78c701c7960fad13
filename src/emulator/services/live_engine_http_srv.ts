/**
 * `live_engine_http_srv`: live rooms. Source: "Room Management" of the Live documentation.
 *
 * @module
 */

import { MAX_LIVE_MEMBERS } from "../store/package_limits.ts";
import type { Room } from "../store/rooms.ts";
import { addRoom, BAD_PARAMETER, findRoom, pick } from "./rooms.ts";
import { type Handler, seconds, type Service, service } from "./service.ts";

/** Seats of each layout; the last two take MaxSeatCount, and have these where none is given. */
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

/** The owner must be imported; it is the caller when none is named. */
const createRoom: Handler<"live_engine_http_srv/create_room"> = (
  world,
  { RoomInfo },
  caller,
  clock,
) => {
  const { RoomId, Owner_Account, SeatTemplate } = RoomInfo;
  const isSeatEnabled = RoomInfo.IsSeatEnabled ?? SeatTemplate !== undefined;
  const seats = RoomInfo.MaxSeatCount || SEATS[SeatTemplate ?? "AudioSalon"]!;
  addRoom(world, {
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
  return { Response: { RoomId } };
};

const getRoomInfo: Handler<"live_engine_http_srv/get_room_info"> = (world, { RoomId }) => {
  return { Response: { RoomInfo: view(findRoom(world, RoomId, "Live")) } };
};

const updateRoomInfo: Handler<"live_engine_http_srv/update_room_info"> = (world, { RoomInfo }) => {
  const { info } = findRoom(world, RoomInfo.RoomId, "Live");
  Object.assign(info, pick(RoomInfo, CHANGES));
};

/** Nobody can enter a room of this emulator yet, so the final statistics are all zero. */
const destroyRoom: Handler<"live_engine_http_srv/destroy_room"> = (world, { RoomId }) => {
  world.rooms.delete(findRoom(world, RoomId, "Live").id);
  return {
    Response: {
      Statistic: {
        TotalViewers: 0,
        TotalGiftsSent: 0,
        TotalGiftCoins: 0,
        TotalUniqueGiftSenders: 0,
        TotalLikesReceived: 0,
      },
    },
  };
};

/** Live rooms: create, read, change, dissolve. */
export const liveService: Service = service("live_engine_http_srv", {
  badBody: BAD_PARAMETER,
  unknownCommand: 60008,
}, {
  create_room: createRoom,
  get_room_info: getRoomInfo,
  update_room_info: updateRoomInfo,
  destroy_room: destroyRoom,
});

function view(room: Room): object {
  return {
    RoomId: room.id,
    RoomType: room.type,
    Owner_Account: room.owner,
    CreateTime: room.createTime,
    ...room.info,
    ViewCount: 0,
  };
}
