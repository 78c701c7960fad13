/**
 * What the bodies of the group commands must be like.
 *
 * @module
 */

import type { BodyRule, Rule } from "../protocol/check_body.ts";
import { GROUP_FORMS } from "../store/groups.ts";

const text: Rule = { type: "string" };
const groupType: Rule = { type: "string", enum: Object.keys(GROUP_FORMS) };
const groupId: Rule = { type: "string" };
const strings: Rule = { type: "array", items: text };

function bytes(limit: number): Rule {
  return { type: "string", "x-max-bytes": limit };
}

function customFields(maxItems: number, valueBytes: number): Rule {
  const Key: Rule = {
    type: "string",
    "x-max-bytes": 16,
    pattern: /^[A-Za-z0-9_]+$/,
    "x-pattern-text": "letters, digits and underscores",
  };
  return {
    type: "array",
    maxItems,
    items: {
      type: "object",
      required: ["Key", "Value"],
      properties: { Key, Value: bytes(valueBytes) },
    },
  };
}

/** A custom field as it is sent and answered. */
export interface DefinedData {
  Key: string;
  Value: string;
}

/** The body of create_group. */
export interface CreateGroup {
  Type: string;
  Name: string;
  GroupId?: string;
  Owner_Account?: string;
  Introduction?: string;
  Notification?: string;
  FaceUrl?: string;
  MaxMemberCount?: number;
  ApplyJoinOption?: string;
  InviteJoinOption?: string;
  SupportTopic?: 0 | 1;
  AppDefinedData?: DefinedData[];
  MemberList?: {
    Member_Account: string;
    Role?: "Admin";
    AppMemberDefinedData?: DefinedData[];
  }[];
}

/** Rules of create_group. */
export const createGroupRules: BodyRule = {
  required: ["Type", "Name"],
  properties: {
    Type: groupType,
    Name: bytes(30),
    GroupId: {
      type: "string",
      "x-max-bytes": 48,
      pattern: /^[ -~]*$/,
      "x-pattern-text": "printable ASCII",
      "x-limit-code": 10015,
    },
    Owner_Account: text,
    Introduction: bytes(240),
    Notification: bytes(300),
    FaceUrl: bytes(100),
    MaxMemberCount: { type: "integer", minimum: 0 },
    ApplyJoinOption: { type: "string", enum: ["FreeAccess", "NeedPermission", "DisableApply"] },
    InviteJoinOption: { type: "string", enum: ["FreeAccess", "NeedPermission", "DisableInvite"] },
    SupportTopic: { type: "integer", minimum: 0, maximum: 1 },
    AppDefinedData: customFields(10, 512),
    MemberList: {
      type: "array",
      maxItems: 100,
      "x-limit-code": 10005,
      items: {
        type: "object",
        required: ["Member_Account"],
        properties: {
          Member_Account: text,
          Role: { type: "string", enum: ["Admin"] },
          AppMemberDefinedData: customFields(5, 64),
        },
      },
    },
  },
};

/** The body of get_appid_group_list. */
export interface ListGroups {
  Limit?: number;
  Next?: number;
  GroupType?: string;
}

/** Rules of get_appid_group_list. */
export const listGroupsRules: BodyRule = {
  properties: {
    Limit: { type: "integer", minimum: 0, maximum: 10_000 },
    Next: { type: "integer", minimum: 0 },
    GroupType: groupType,
  },
};

/** Which fields get_group_info answers. */
export interface ResponseFilter {
  GroupBaseInfoFilter?: string[];
  MemberInfoFilter?: string[];
  AppDefinedDataFilter_Group?: string[];
  AppDefinedDataFilter_GroupMember?: string[];
}

/** The body of get_group_info. */
export interface GetGroupInfo {
  GroupIdList: string[];
  ResponseFilter?: ResponseFilter;
}

/** Rules of get_group_info. */
export const getGroupInfoRules: BodyRule = {
  required: ["GroupIdList"],
  properties: {
    GroupIdList: { type: "array", minItems: 1, maxItems: 50, items: groupId },
    ResponseFilter: {
      type: "object",
      properties: {
        GroupBaseInfoFilter: strings,
        MemberInfoFilter: strings,
        AppDefinedDataFilter_Group: strings,
        AppDefinedDataFilter_GroupMember: strings,
      },
    },
  },
};

/** Rules of destroy_group. */
export const destroyGroupRules: BodyRule = {
  required: ["GroupId"],
  properties: { GroupId: groupId },
};
