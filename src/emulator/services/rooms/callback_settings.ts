/**
 * `room_config`: where the callbacks of rooms go.
 * Source: "Callback Configuration" of the Room (Conference) documentation.
 *
 * @module
 */

import { refuse } from "../../refusal.ts";
import type { World } from "../../store/world.ts";
import { type BodyOf, type Handler, type Service, service } from "../service.ts";
import { ROOM_CODES } from "./common.ts";

const setCallback: Handler<"room_config/set_callback"> = ({ rooms }, body) => {
  if (rooms.callback) {
    refuse(100300, "The app has a callback configuration; change it by update_callback");
  }
  keep(rooms, body);
};

const updateCallback: Handler<"room_config/update_callback"> = ({ rooms }, body) => {
  configured(rooms);
  keep(rooms, body);
};

const getCallback: Handler<"room_config/get_callback"> = ({ rooms }) => ({
  Response: { ...configured(rooms) },
});

const deleteCallback: Handler<"room_config/delete_callback"> = ({ rooms }) => {
  rooms.callback = undefined;
};

/** Callback settings. */
export const roomConfigService: Service = service("room_config", ROOM_CODES, {
  set_callback: setCallback,
  update_callback: updateCallback,
  get_callback: getCallback,
  delete_callback: deleteCallback,
});

type Rooms = World["rooms"];

function keep(rooms: Rooms, body: BodyOf<"room_config/set_callback">): void {
  rooms.callback = { Url: body.Url, CallbackCommandList: [...body.CallbackCommandList] };
}

function configured(rooms: Rooms): NonNullable<Rooms["callback"]> {
  return rooms.callback ??
    refuse(100301, "The app has no callback configuration; make one by set_callback");
}
