/**
 * The Chat groups of an app.
 *
 * @module
 */

import type { GroupForm } from "./group_types.ts";
import type { Member, Members } from "./members.ts";
import { MessageLog } from "./message_log.ts";
import type { OnlineList, OnlineMember } from "./online_list.ts";
import { PagedIndex } from "./paged_index.ts";
import type { PermissionGroup, Topic } from "./topics.ts";

/** A group. Times in seconds since 1970. */
export interface Group {
  /** Its place in the order of creation. */
  readonly seq: number;
  readonly id: string;
  /** The form by the name that its creator used. */
  readonly type: string;
  readonly form: GroupForm;
  name: string;
  introduction: string;
  notification: string;
  faceUrl: string;
  /** Empty when it has none. */
  owner: string;
  readonly createTime: number;
  infoSeq: number;
  lastInfoTime: number;
  lastMsgTime: number;
  maxMemberNum: number;
  applyJoinOption: string;
  inviteJoinOption?: string;
  muteAllMember: "On" | "Off";
  /** Whether a message was sent; a Work group is hidden before. */
  active: boolean;
  readonly supportTopic: 0 | 1;
  enablePermission?: 0 | 1;
  defaultPermission?: number;
  /** Its custom fields. */
  data?: Map<string, string>;
  readonly members: Members;
  /** Until when each account is muted; stays when the member leaves. */
  readonly mutes: Map<string, number>;
  /** Until when each account is banned. */
  readonly bans: Map<string, number>;
  readonly attributes: Map<string, string>;
  readonly counters: Map<string, number>;
  readonly log: MessageLog;
  /** The messages up to this one were cleared for the members. */
  clearedSeq: number;
  readonly online: OnlineList;
  readonly topics: Map<string, Topic>;
  readonly permissionGroups: Map<string, PermissionGroup>;
}

/** Groups by id, by account, and in order of creation. */
export class Groups {
  private readonly _byId = new Map<string, Group>();
  private readonly _all = new PagedIndex<Group>();
  private readonly _byForm = new Map<GroupForm, PagedIndex<Group>>();
  private readonly _joined = new Map<string, Set<Group>>();
  private readonly _online = new Map<string, Set<Group>>();
  /** Messages to every live group, numbered by themselves. */
  readonly broadcasts: MessageLog = new MessageLog();
  private _lastSeq = 0;
  private _day = 0;
  private _growth = 0;

  has(id: string): boolean {
    return this._byId.has(id);
  }

  get(id: string): Group | undefined {
    return this._byId.get(id);
  }

  /** The groups in order of creation: all, or those of one form. */
  list(form?: GroupForm): PagedIndex<Group> {
    return form === undefined ? this._all : this._byForm.get(form) ?? new PagedIndex();
  }

  /** The groups whose members list has an account, in order of joining. */
  joinedBy(account: string): ReadonlySet<Group> {
    return this._joined.get(account) ?? new Set();
  }

  /** The live groups that an account is online in at a time. */
  onlineIn(account: string, time: number): Group[] {
    const groups = this._online.get(account) ?? [];
    return [...groups].filter(({ online }) => online.get(account, time));
  }

  /** Puts a group into the world, together with the members that it has already. */
  add(facts: Omit<Group, "seq">): Group {
    const group: Group = { seq: ++this._lastSeq, ...facts };
    this._byId.set(group.id, group);
    this._all.add(group);
    let ofForm = this._byForm.get(group.form);
    if (!ofForm) this._byForm.set(group.form, ofForm = new PagedIndex());
    ofForm.add(group);
    for (const { account } of group.members) link(this._joined, account, group);
    return group;
  }

  remove(group: Group): void {
    this._byId.delete(group.id);
    this._all.remove(group);
    this._byForm.get(group.form)?.remove(group);
    for (const { account } of group.members) unlink(this._joined, account, group);
    for (const { account } of group.online.at(0)) unlink(this._online, account, group);
  }

  /** Makes an account a member. */
  join(group: Group, facts: Omit<Member, "seq">): Member {
    link(this._joined, facts.account, group);
    return group.members.add(facts);
  }

  /** Takes a member out. */
  leave(group: Group, member: Member): void {
    group.members.remove(member);
    unlink(this._joined, member.account, group);
    for (const { members } of group.permissionGroups.values()) members.delete(member.account);
  }

  /** An id as the backend makes them, not in use yet. */
  newId(form: GroupForm, random: () => number): string {
    const prefix = { Community: "@TGS#_@TGS#", AVChatRoom: "@TGS#a" }[form as string] ?? "@TGS#2";
    for (;;) {
      const id = prefix + randomLetters(random);
      if (!this._byId.has(id)) return id;
    }
  }

  /** By how many groups the app grew on the day of a time in seconds; a disbanded group counts back. */
  growthAt(time: number): number {
    return this._day === dayOf(time) ? this._growth : 0;
  }

  /** Counts a group that was made (1) or disbanded (-1). */
  countGrowth(time: number, change: 1 | -1): void {
    this._growth = this.growthAt(time) + change;
    this._day = dayOf(time);
  }

  /** Brings a robot into a live group, or lets it stay anew. */
  enterRobot(group: Group, account: string, time: number): OnlineMember {
    link(this._online, account, group);
    return group.online.enterRobot(account, time);
  }

  /** Takes an account out of a live group. */
  exit(group: Group, account: string): void {
    group.online.leave(account);
    unlink(this._online, account, group);
  }
}

function dayOf(time: number): number {
  return Math.floor(time / 86_400);
}

function link(index: Map<string, Set<Group>>, account: string, group: Group): void {
  const groups = index.get(account);
  if (groups) groups.add(group);
  else index.set(account, new Set([group]));
}

function unlink(index: Map<string, Set<Group>>, account: string, group: Group): void {
  const groups = index.get(account);
  groups?.delete(group);
  if (groups?.size === 0) index.delete(account);
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The changing part of the ids that the backend makes. */
export function randomLetters(random: () => number): string {
  return Array.from({ length: 9 }, () => LETTERS[random() & 31]).join("");
}
