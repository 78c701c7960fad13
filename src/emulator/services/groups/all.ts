/**
 * Every part of the group services.
 *
 * @module
 */

import type { Service } from "../service.ts";
import { groupAttributeReading, groupAttributes } from "./attributes.ts";
import { groupHistory } from "./history.ts";
import { liveGroupService, onlineCount } from "./live_groups.ts";
import { groupMemberProfiles } from "./member_profiles.ts";
import { groupMembership } from "./membership.ts";
import { groupMessages } from "./messages.ts";
import { groupMutes } from "./mutes_and_bans.ts";
import { permissionGroups } from "./permission_groups.ts";
import { groupProfiles } from "./profiles.ts";
import { groupReceipts } from "./receipts.ts";
import { groupSending } from "./sending.ts";
import { groupMessageChange, groupMessageExtensions } from "./stored_messages.ts";
import { topicImport, topicService } from "./topics.ts";

/** `group_open_http_svc` by its ideas, and the smaller servicenames about groups. */
export const groupServices: readonly Service[] = [
  groupProfiles,
  groupMembership,
  groupMemberProfiles,
  groupMutes,
  groupAttributes,
  groupAttributeReading,
  groupSending,
  groupMessages,
  groupHistory,
  groupReceipts,
  groupMessageChange,
  groupMessageExtensions,
  onlineCount,
  liveGroupService,
  topicImport,
  topicService,
  permissionGroups,
];
