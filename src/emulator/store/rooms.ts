/**
 * The rooms of an app: conferences and live rooms.
 *
 * @module
 */

/** A room of the Room or the Live product. */
export interface Room {
  readonly id: string;
  readonly type: "Conference" | "Live";
  owner: string;
  /** In seconds since 1970. */
  createTime: number;
  /** The fields of its `RoomInfo` that were set, defaults included. */
  info: Record<string, unknown>;
}
