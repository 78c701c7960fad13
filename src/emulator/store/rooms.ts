/**
 * The rooms of an app: conferences and live rooms.
 *
 * @module
 */

import type { Seat } from "../../api/generated/types/common.ts";
import type { LiveCallbackCommand } from "../../api/generated/types/live.ts";
import type { CallbackCommand } from "../../api/generated/types/room.ts";

import { firstPlace } from "./first_place.ts";

/** Somebody in a room. Here only robots are, since a server can bring in no one else. */
export interface RoomMember {
  readonly account: string;
  role: "Admin" | "Member";
  nameCard: string;
  customInfo: string;
  readonly marks: Set<number>;
}

/** What is counted in a live room. */
export interface RoomFigures {
  /** Entries, each of an account anew. */
  entries: number;
  gifts: number;
  coins: number;
  readonly giftSenders: Set<string>;
  messages: number;
}

/** A ban. Times in seconds since 1970. */
export interface RoomBan {
  until: number;
  reason: string;
}

/** A room of the Room or the Live product. Times in seconds since 1970. */
export interface Room {
  /** Its place in the order of creation. */
  readonly seq: number;
  readonly id: string;
  readonly type: "Conference" | "Live";
  owner: string;
  readonly createTime: number;
  /** The fields of its `RoomInfo` that were set, defaults included. */
  readonly info: Record<string, unknown>;
  readonly members: Map<string, RoomMember>;
  /** Accounts that a live room was given as administrators, in the room or not. */
  readonly admins: Set<string>;
  readonly mutes: Map<string, number>;
  readonly bans: Map<string, RoomBan>;
  readonly metadata: Map<string, string>;
  readonly seats: Seat[];
  readonly figures: RoomFigures;
  /** Whether a layout of the mixed stream was set. */
  hasMixStream: boolean;
}

/** Where the callbacks of a product go. */
export interface CallbackSetting<Name extends string> {
  Url: string;
  CallbackCommandList: Name[];
}

/** What a room begins with. */
export type NewRoom = Pick<Room, "id" | "type" | "owner" | "createTime" | "info">;

/** Rooms of both kinds by RoomId: they share one space of ids. Live rooms also by their entries. */
export class Rooms {
  private readonly _byId = new Map<string, Room>();
  /** Where the callbacks of conferences go, as set by room_config. */
  callback?: CallbackSetting<CallbackCommand>;
  /** Where those of live rooms go, as set by live_config. */
  liveCallback?: CallbackSetting<LiveCallbackCommand>;
  /** What live_config says of their signature. */
  liveToken?: { Token: string; IsTokenEnable: boolean };
  /** By id: when a room was made, in seconds since 1970; only of the last second. */
  private readonly _made = new Map<string, number>();
  private _lastSeq = 0;
  /** Live rooms, always in their order. */
  private readonly _ranking: Room[] = [];

  /** How many there are. */
  get size(): number {
    return this._byId.size;
  }

  /** All rooms, in order of creation. */
  values(): Iterable<Room> {
    return this._byId.values();
  }

  has(id: string): boolean {
    return this._byId.has(id);
  }

  get(id: string): Room | undefined {
    return this._byId.get(id);
  }

  /** Whether a room of this id was made within this second. */
  wasJustMade(id: string, time: number): boolean {
    return this._made.get(id) === time;
  }

  add(facts: NewRoom): Room {
    for (const [id, time] of this._made) {
      if (time === facts.createTime) break;
      this._made.delete(id);
    }
    this._made.set(facts.id, facts.createTime);
    const { IsSeatEnabled, MaxSeatCount } = facts.info;
    const seats = IsSeatEnabled ? MaxSeatCount as number : 0;
    const room: Room = {
      seq: ++this._lastSeq,
      ...facts,
      members: new Map(),
      admins: new Set(),
      mutes: new Map(),
      bans: new Map(),
      metadata: new Map(),
      seats: Array.from({ length: seats }, (_, Index) => ({
        Index,
        IsTakenDisabled: false,
        IsVideoDisabled: false,
        IsAudioDisabled: false,
      })),
      figures: { entries: 0, gifts: 0, coins: 0, giftSenders: new Set(), messages: 0 },
      hasMixStream: false,
    };
    this._byId.set(room.id, room);
    // The newest has no entries yet, so it is the last.
    if (room.type === "Live") this._ranking.push(room);
    return room;
  }

  remove(room: Room): void {
    this._byId.delete(room.id);
    this.#takeOut(room);
  }

  /** Brings an account into a room; does nothing when it is there. */
  enter(room: Room, account: string): void {
    if (room.members.has(account)) return;
    const facts = { account, role: "Member", nameCard: "", customInfo: "" } as const;
    room.members.set(account, { ...facts, marks: new Set() });
    const isRanked = this.#takeOut(room);
    room.figures.entries++;
    if (isRanked) this._ranking.splice(placeOf(this._ranking, room), 0, room);
  }

  /** Takes an account out of a room and off its seat; tells whether it was there. */
  leave(room: Room, account: string): boolean {
    const seat = room.seats.find(({ Member_Account }) => Member_Account === account);
    if (seat) delete seat.Member_Account;
    return room.members.delete(account);
  }

  /** Live rooms, those with the most entries first; of equal ones the older first. */
  ranking(): readonly Room[] {
    return this._ranking;
  }

  #takeOut(room: Room): boolean {
    const place = placeOf(this._ranking, room);
    if (this._ranking[place] !== room) return false;
    this._ranking.splice(place, 1);
    return true;
  }
}

/** What decides about the place of a room. */
export type Ranked = Pick<Room, "seq"> & { readonly figures: Pick<RoomFigures, "entries"> };

/** The place of the first room that does not stand before another in the ranking. */
export function placeOf(ranking: readonly Ranked[], room: Ranked): number {
  return firstPlace(ranking, (other) => inRanking(other, room) >= 0);
}

function inRanking(one: Ranked, other: Ranked): number {
  return other.figures.entries - one.figures.entries || one.seq - other.seq;
}
