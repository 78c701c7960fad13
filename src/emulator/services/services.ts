/**
 * Every service of the emulator.
 *
 * @module
 */

import { groupService } from "./group_open_http_svc.ts";
import { accountService } from "./im_open_login_svc.ts";
import { liveService } from "./live_engine_http_srv.ts";
import { openimService } from "./openim.ts";
import { messageExtensionService } from "./openim_msg_ext_http_svc.ts";
import { recentContactService } from "./recentcontact.ts";
import { Registry } from "./registry.ts";
import { roomService } from "./room_engine_http_srv.ts";
import type { Service } from "./service.ts";
import { snsService } from "./sns.ts";

/** The services, or parts of services, that are there. */
const services: readonly Service[] = [
  accountService,
  groupService,
  roomService,
  liveService,
  openimService,
  messageExtensionService,
  snsService,
  recentContactService,
];

/** Every documented command. */
export const registry: Registry = new Registry(services);
