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
import { roomService } from "./room_engine_http_srv.ts";
import { snsService } from "./sns.ts";
import type { Service } from "./service.ts";

/** The services by servicename. */
export const services: ReadonlyMap<string, Service> = new Map(
  [
    accountService,
    groupService,
    roomService,
    liveService,
    openimService,
    messageExtensionService,
    snsService,
  ].map((service) => [service.name, service]),
);
