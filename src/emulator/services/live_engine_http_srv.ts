/**
 * `live_engine_http_srv`: live rooms. Source: "Room Management" of the Live documentation.
 *
 * @module
 */

import type { BodyRule, Rule } from "../protocol/check_body.ts";
import { MAX_LIVE_MEMBERS } from "../store/package_limits.ts";
import type { Room } from "../store/rooms.ts";
import {
  addRoom,
  BAD_PARAMETER,
  findRoom,
  newRoomId,
  pick,
  type RoomRef,
  roomRefRules,
} from "./rooms.ts";
import { command, seconds, type Service } from "./service.ts";

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

const flag: Rule = { type: "boolean" };
const count: Rule = { type: "integer", minimum: 0 };
const integer: Rule = { type: "integer" };

/** Fields that create_room and update_room_info share. */
const settings: Record<string, Rule> = {
  RoomName: { type: "string", "x-max-bytes": 100 },
  TakeSeatMode: { type: "string", enum: ["FreeToTake", "ApplyToTake"] },
  MaxMemberCount: count,
  CoverURL: { type: "string", "x-max-bytes": 200 },
  IsMessageDisabled: flag,
  Category: { type: "array", maxItems: 3, items: integer },
  IsPublicVisible: flag,
  ActivityStatus: integer,
  IsUnlimitedRoomEnabled: flag,
};
const creation: Record<string, Rule> = {
  ...settings,
  SeatTemplate: { type: "string", enum: Object.keys(SEATS) },
  MaxSeatCount: count,
  IsSeatEnabled: flag,
  SeatLayoutTemplateId: integer,
  KeepOwnerOnSeat: flag,
};
const changes: Record<string, Rule> = {
  ...settings,
  Notice: { type: "string", "x-max-bytes": 100 },
};

const createRules: BodyRule = {
  required: ["RoomInfo"],
  properties: {
    RoomInfo: {
      type: "object",
      required: ["RoomId", "RoomType"],
      properties: {
        ...creation,
        RoomId: newRoomId,
        RoomType: { type: "string", enum: ["Live"] },
        Owner_Account: { type: "string" },
      },
    },
  },
};

const updateRules: BodyRule = {
  required: ["RoomInfo"],
  properties: {
    RoomInfo: {
      type: "object",
      required: ["RoomId"],
      properties: { ...changes, RoomId: { type: "string" } },
    },
  },
};

interface CreateRoom {
  RoomInfo: RoomRef & {
    Owner_Account?: string;
    SeatTemplate?: string;
    IsSeatEnabled?: boolean;
    MaxSeatCount?: number;
    MaxMemberCount?: number;
  };
}

/** The owner must be imported; it is the caller when none is named. */
const createRoom = command<CreateRoom>(createRules, (world, { RoomInfo }, caller, clock) => {
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
      ...pick(RoomInfo, Object.keys(creation)),
      MaxMemberCount: RoomInfo.MaxMemberCount || MAX_LIVE_MEMBERS,
      IsSeatEnabled: isSeatEnabled,
      MaxSeatCount: isSeatEnabled ? seats : 0,
    },
  });
  return { Response: { RoomId } };
});

const getRoomInfo = command<RoomRef>(roomRefRules, (world, { RoomId }) => {
  return { Response: { RoomInfo: view(findRoom(world, RoomId, "Live")) } };
});

const updateRoomInfo = command<{ RoomInfo: RoomRef }>(updateRules, (world, { RoomInfo }) => {
  const { info } = findRoom(world, RoomInfo.RoomId, "Live");
  Object.assign(info, pick(RoomInfo, Object.keys(changes)));
});

/** Nobody can enter a room of this emulator yet, so the final statistics are all zero. */
const destroyRoom = command<RoomRef>(roomRefRules, (world, { RoomId }) => {
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
});

/** Live rooms: create, read, change, dissolve. */
export const liveService: Service = {
  name: "live_engine_http_srv",
  badBody: BAD_PARAMETER,
  unknownCommand: 60008,
  commands: {
    create_room: createRoom,
    get_room_info: getRoomInfo,
    update_room_info: updateRoomInfo,
    destroy_room: destroyRoom,
  },
};

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
