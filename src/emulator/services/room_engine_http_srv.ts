/**
 * `room_engine_http_srv`: conferences. Source: "Room Management" of the Room (Conference) documentation.
 *
 * @module
 */

import type { BodyRule, Rule } from "../protocol/check_body.ts";
import { refuse } from "../refusal.ts";
import { MAX_CONFERENCE_MEMBERS } from "../store/package_limits.ts";
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

/** A conference lasts an hour when no end is given, and never less than five minutes. In seconds. */
const DEFAULT_LENGTH = 3600;
const SHORTEST_LENGTH = 300;
const DEFAULT_SEATS = 8;

const flag: Rule = { type: "boolean" };
const count: Rule = { type: "integer", minimum: 0 };

/** Fields that create_room and update_room_info share. */
const settings: Record<string, Rule> = {
  RoomName: { type: "string", "x-max-bytes": 100 },
  MaxMemberCount: count,
  IsVideoDisabled: flag,
  IsAudioDisabled: flag,
  IsMessageDisabled: flag,
  IsScreenSharingDisabled: flag,
  IsCloudRecordingDisabled: flag,
  CustomInfo: { type: "string", "x-max-bytes": 500 },
  TakeSeatMode: { type: "string", enum: ["FreeToTake", "ApplyToTake"] },
  IsPasswordEnabled: flag,
  Password: { type: "string" },
};

const createRules: BodyRule = {
  required: ["RoomInfo"],
  properties: {
    RoomInfo: {
      type: "object",
      required: ["RoomId", "RoomType"],
      properties: {
        ...settings,
        RoomId: newRoomId,
        RoomType: { type: "string", enum: ["Conference"] },
        Owner_Account: { type: "string" },
        ScheduleStartTime: count,
        ScheduleEndTime: count,
        IsSeatEnabled: flag,
        MaxSeatCount: count,
        TakeSeatMode: { type: "string", enum: ["None", "FreeToTake", "ApplyToTake"] },
      },
    },
    ScheduleInviteeList_Account: { type: "array", items: { type: "string" } },
  },
};

const updateRules: BodyRule = {
  required: ["RoomInfo"],
  properties: {
    RoomInfo: {
      type: "object",
      required: ["RoomId"],
      properties: { ...settings, RoomId: { type: "string" } },
    },
  },
};

interface CreateRoom {
  RoomInfo: RoomRef & {
    Owner_Account?: string;
    MaxMemberCount?: number;
    ScheduleStartTime?: number;
    ScheduleEndTime?: number;
    IsSeatEnabled?: boolean;
    MaxSeatCount?: number;
    TakeSeatMode?: string;
  };
}

/** The owner must be imported; it is the caller when none is named. */
const createRoom = command<CreateRoom>(createRules, (world, { RoomInfo }, caller, clock) => {
  const { RoomId, Owner_Account, IsSeatEnabled = false } = RoomInfo;
  const time = seconds(clock);
  const start = RoomInfo.ScheduleStartTime || time;
  const end = RoomInfo.ScheduleEndTime || start + DEFAULT_LENGTH;
  if (end - start < SHORTEST_LENGTH) {
    refuse(
      BAD_PARAMETER,
      `RoomInfo.ScheduleEndTime is ${end - start} s after the start, wanted 300 s or more`,
    );
  }
  addRoom(world, {
    id: RoomId,
    type: "Conference",
    owner: Owner_Account || caller,
    createTime: time,
    info: {
      RoomName: RoomId,
      IsVideoDisabled: false,
      IsAudioDisabled: false,
      IsMessageDisabled: false,
      IsScreenSharingDisabled: false,
      IsCloudRecordingDisabled: false,
      CustomInfo: "",
      IsPasswordEnabled: false,
      Password: "",
      ...pick(RoomInfo, Object.keys(settings)),
      MaxMemberCount: RoomInfo.MaxMemberCount || MAX_CONFERENCE_MEMBERS,
      ScheduleStartTime: start,
      ScheduleEndTime: end,
      IsSeatEnabled,
      MaxSeatCount: IsSeatEnabled ? RoomInfo.MaxSeatCount || DEFAULT_SEATS : 0,
      TakeSeatMode: seatMode(IsSeatEnabled, RoomInfo.TakeSeatMode),
    },
  });
});

const getRoomInfo = command<RoomRef>(roomRefRules, (world, { RoomId }, _caller, clock) => {
  const room = findRoom(world, RoomId, "Conference");
  return { Response: { RoomInfo: view(room, seconds(clock)) } };
});

/** Seats, schedule and owner stay as they are: those fields are not among the changeable ones. */
const updateRoomInfo = command<{ RoomInfo: RoomRef }>(updateRules, (world, { RoomInfo }) => {
  const { info } = findRoom(world, RoomInfo.RoomId, "Conference");
  Object.assign(info, pick(RoomInfo, Object.keys(settings)));
  if (info.IsSeatEnabled === false) info.TakeSeatMode = "None";
});

const destroyRoom = command<RoomRef>(roomRefRules, (world, { RoomId }) => {
  world.rooms.delete(findRoom(world, RoomId, "Conference").id);
});

/** Conferences: create, read, change, dissolve. */
export const roomService: Service = {
  name: "room_engine_http_srv",
  badBody: BAD_PARAMETER,
  unknownCommand: 60008,
  commands: {
    create_room: createRoom,
    get_room_info: getRoomInfo,
    update_room_info: updateRoomInfo,
    destroy_room: destroyRoom,
  },
};

function seatMode(isSeatEnabled: boolean, wanted: string | undefined): string {
  if (!isSeatEnabled) return "None";
  return wanted === undefined || wanted === "None" ? "FreeToTake" : wanted;
}

function view(room: Room, time: number): object {
  return {
    RoomId: room.id,
    RoomType: room.type,
    Owner_Account: room.owner,
    ...room.info,
    RoomStatus: time < (room.info.ScheduleStartTime as number) ? "NotStarted" : "Running",
    CreateTime: room.createTime,
    MemberCount: 0,
  };
}
