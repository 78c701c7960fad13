/**
 * Every service of the emulator.
 *
 * @module
 */

import { addressService, cosService, historyService } from "./files.ts";
import { groupServices } from "./groups/all.ts";
import { accountService } from "./im_open_login_svc.ts";
import { kickService, onlineService } from "./login_state.ts";
import { auditService, auditWordsService, dirtyWordsService } from "./moderation.ts";
import { officialAccountService } from "./official_accounts/accounts.ts";
import { configService } from "./openconfigsvr.ts";
import { openimService } from "./openim.ts";
import { messageExtensionService } from "./openim_msg_ext_http_svc.ts";
import { robotService } from "./openim_robot_http_svc.ts";
import { profileService } from "./profile.ts";
import { allMemberPushServices } from "./push/all_member_push.ts";
import { pushServices } from "./push/timpush.ts";
import { recentContactService } from "./recentcontact.ts";
import { Registry } from "./registry.ts";
import { roomServices } from "./rooms/all.ts";
import type { Service } from "./service.ts";
import { snsService } from "./sns/all.ts";
import { followService } from "./sns/follow.ts";
import { streamService } from "./stream_msg.ts";

/** The services, or parts of services, that are there. */
const services: readonly Service[] = [
  accountService,
  kickService,
  onlineService,
  profileService,
  configService,
  auditService,
  auditWordsService,
  dirtyWordsService,
  cosService,
  historyService,
  addressService,
  ...groupServices,
  ...roomServices,
  openimService,
  messageExtensionService,
  snsService,
  recentContactService,
  followService,
  officialAccountService,
  robotService,
  ...allMemberPushServices,
  ...pushServices,
  streamService,
];

/** Every documented command. */
export const registry: Registry = new Registry(services);
