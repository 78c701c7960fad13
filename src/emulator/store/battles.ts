/**
 * Battles between live rooms.
 *
 * @module
 */

/** A battle. Times in milliseconds since 1970. */
export interface Battle {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly fromRoom: string;
  /** Points of every room in it. */
  readonly scores: Map<string, number>;
}

/** Battles by id, and by the rooms that are in them. */
export class Battles {
  private readonly _byId = new Map<string, Battle>();
  private readonly _byRoom = new Map<string, Battle>();

  get(id: string): Battle | undefined {
    return this._byId.get(id);
  }

  /** The battle that a room is in at a time. */
  ofRoom(roomId: string, time: number): Battle | undefined {
    const battle = this._byRoom.get(roomId);
    return battle && battle.end > time ? battle : undefined;
  }

  /** Lets a room go that is dissolved: another one of its id is in no battle. */
  leave(roomId: string): void {
    this._byRoom.delete(roomId);
  }

  add(battle: Battle): void {
    this._byId.set(battle.id, battle);
    for (const roomId of battle.scores.keys()) this._byRoom.set(roomId, battle);
  }
}
