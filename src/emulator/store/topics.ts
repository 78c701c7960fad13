/**
 * The topics and the permission groups of a community.
 *
 * @module
 */

import type { MessageLog } from "./message_log.ts";

/** A topic. Times in seconds since 1970. */
export interface Topic {
  readonly id: string;
  name: string;
  customString: string;
  faceUrl: string;
  notification: string;
  introduction: string;
  readonly createTime: number;
  muteAllMember: "On" | "Off";
  /** Until when each account is muted in it. */
  readonly mutes: Map<string, number>;
  readonly log: MessageLog;
  /** The newest message that each account has read. */
  readonly read: Map<string, number>;
}

/** A permission group. Permissions are sums of bits. */
export interface PermissionGroup {
  readonly id: string;
  name: string;
  permission: number;
  customString: string;
  /** Permissions in single topics. */
  readonly topics: Map<string, number>;
  /** Its members, each with its place in the order of joining. */
  readonly members: Set<string>;
}
