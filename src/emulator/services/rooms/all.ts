/**
 * Every part of the services of Room and Live.
 *
 * @module
 */

import type { Service } from "../service.ts";
import { battleService } from "./battles.ts";
import { liveConfigService, roomConfigService } from "./callback_settings.ts";
import { conferenceMembers } from "./conference_members.ts";
import { conferences } from "./conferences.ts";
import { giftConfiguration } from "./gifts.ts";
import { liveContents } from "./live_contents.ts";
import { liveMembers } from "./live_members.ts";
import { liveRooms } from "./live_rooms.ts";
import { seatService } from "./seats.ts";

/** `room_engine_http_srv` and `live_engine_http_srv` by their ideas, and the smaller servicenames. */
export const roomServices: readonly Service[] = [
  conferences,
  conferenceMembers,
  seatService,
  roomConfigService,
  liveConfigService,
  liveRooms,
  liveMembers,
  liveContents,
  giftConfiguration,
  battleService,
];
