/**
 * Every service of the emulator.
 *
 * @module
 */

import { groupServices } from "./groups/all.ts";
import { accountService } from "./im_open_login_svc.ts";
import { liveService } from "./live_engine_http_srv.ts";
import { Registry } from "./registry.ts";
import { roomService } from "./room_engine_http_srv.ts";
import type { Service } from "./service.ts";

/** The services, or parts of services, that are there. */
const services: readonly Service[] = [
  accountService,
  ...groupServices,
  roomService,
  liveService,
];

/** Every documented command. */
export const registry: Registry = new Registry(services);
