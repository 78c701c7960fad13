/**
 * The Chat groups of an app.
 *
 * @module
 */

import { PagedIndex } from "./paged_index.ts";

/** A group's form; some have two names. Source: `GroupType` of the group commands. */
export type GroupForm =
  | "Work"
  | "Public"
  | "Meeting"
  | "AVChatRoom"
  | "BChatRoom"
  | "Community";

/** Every name that a form can be given by. */
export const GROUP_FORMS: Readonly<Record<string, GroupForm>> = {
  Public: "Public",
  Private: "Work",
  Work: "Work",
  ChatRoom: "Meeting",
  Meeting: "Meeting",
  AVChatRoom: "AVChatRoom",
  BChatRoom: "BChatRoom",
  Community: "Community",
};

/** A member of a group. Times in seconds since 1970. */
export interface Member {
  account: string;
  role: "Owner" | "Admin" | "Member";
  joinTime: number;
  msgSeq: number;
  msgFlag: "AcceptAndNotify" | "AcceptNotNotify" | "Discard";
  lastSendMsgTime: number;
  nameCard: string;
  muteUntil: number;
  data: Map<string, string>;
}

/** A group. Times in seconds since 1970. */
export interface Group {
  /** Its place in the order of creation. */
  readonly seq: number;
  readonly id: string;
  /** The form by the name that its creator used. */
  type: string;
  form: GroupForm;
  name: string;
  introduction: string;
  notification: string;
  faceUrl: string;
  /** Empty when it has none. */
  owner: string;
  createTime: number;
  infoSeq: number;
  lastInfoTime: number;
  lastMsgTime: number;
  nextMsgSeq: number;
  maxMemberNum: number;
  applyJoinOption: string;
  inviteJoinOption?: string;
  muteAllMember: "On" | "Off";
  supportTopic: 0 | 1;
  data: Map<string, string>;
  members: Map<string, Member>;
}

/** Groups by id, and in order of creation. */
export class Groups {
  readonly #byId = new Map<string, Group>();
  readonly #all = new PagedIndex<Group>();
  readonly #byForm = new Map<GroupForm, PagedIndex<Group>>();
  #lastSeq = 0;

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  get(id: string): Group | undefined {
    return this.#byId.get(id);
  }

  /** The groups in order of creation: all, or those of one form. */
  list(form?: GroupForm): PagedIndex<Group> {
    return form === undefined ? this.#all : this.#byForm.get(form) ?? new PagedIndex();
  }

  add(facts: Omit<Group, "seq">): Group {
    const group: Group = { seq: ++this.#lastSeq, ...facts };
    this.#byId.set(group.id, group);
    this.#all.add(group);
    let ofForm = this.#byForm.get(group.form);
    if (!ofForm) this.#byForm.set(group.form, ofForm = new PagedIndex());
    ofForm.add(group);
    return group;
  }

  remove(group: Group): void {
    this.#byId.delete(group.id);
    this.#all.remove(group);
    this.#byForm.get(group.form)?.remove(group);
  }

  /** An id as the backend makes them, not in use yet. */
  newId(form: GroupForm, random: () => number): string {
    const prefix = { Community: "@TGS#_@TGS#", AVChatRoom: "@TGS#a" }[form as string] ?? "@TGS#2";
    for (;;) {
      const id = prefix + Array.from({ length: 9 }, () => LETTERS[random() & 31]).join("");
      if (!this.#byId.has(id)) return id;
    }
  }
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
