/**
 * The rooms of an app: conferences and live rooms.
 *
 * @module
 */

import type { Seat } from "../../api/generated/types/common.ts";
import type { CallbackCommand } from "../../api/generated/types/room.ts";

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

/** What a room begins with. */
export type NewRoom = Pick<Room, "id" | "type" | "owner" | "createTime" | "info">;

/** Rooms of both kinds by RoomId: they share one space of ids. Live rooms also by their entries. */
export class Rooms {
  readonly #byId = new Map<string, Room>();
  /** Where the callbacks of rooms go, as set by room_config. */
  callback?: { Url: string; CallbackCommandList: CallbackCommand[] };
  #lastSeq = 0;
  #ranking: Room[] | undefined;

  /** How many there are. */
  get size(): number {
    return this.#byId.size;
  }

  /** All rooms, in order of creation. */
  values(): Iterable<Room> {
    return this.#byId.values();
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  get(id: string): Room | undefined {
    return this.#byId.get(id);
  }

  add(facts: NewRoom): Room {
    const { IsSeatEnabled, MaxSeatCount } = facts.info;
    const seats = IsSeatEnabled ? MaxSeatCount as number : 0;
    const room: Room = {
      seq: ++this.#lastSeq,
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
    this.#byId.set(room.id, room);
    this.#ranking = undefined;
    return room;
  }

  remove(room: Room): void {
    this.#byId.delete(room.id);
    this.#ranking = undefined;
  }

  /** Brings an account into a room; does nothing when it is there. */
  enter(room: Room, account: string): void {
    if (room.members.has(account)) return;
    const facts = { account, role: "Member", nameCard: "", customInfo: "" } as const;
    room.members.set(account, { ...facts, marks: new Set() });
    room.figures.entries++;
    this.#ranking = undefined;
  }

  /** Takes an account out of a room and off its seat; tells whether it was there. */
  leave(room: Room, account: string): boolean {
    const seat = room.seats.find(({ Member_Account }) => Member_Account === account);
    if (seat) delete seat.Member_Account;
    return room.members.delete(account);
  }

  /** Live rooms, those with the most entries first; of equal ones the older first. */
  ranking(): readonly Room[] {
    // Kept until a room comes, goes or is entered, so that pages are read without sorting anew.
    this.#ranking ??= [...this.#byId.values()].filter(({ type }) => type === "Live").sort(
      inRanking,
    );
    return this.#ranking;
  }
}

/** Where two rooms stand to each other in the ranking. */
export function inRanking(
  one: { figures: { entries: number }; seq: number },
  other: { figures: { entries: number }; seq: number },
): number {
  return other.figures.entries - one.figures.entries || one.seq - other.seq;
}
