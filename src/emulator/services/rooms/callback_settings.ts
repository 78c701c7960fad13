/**
 * `room_config` and `live_config`: where the callbacks of rooms go, each product's by itself.
 * Source: "Callback Configuration" of the Room (Conference) and of the Live documentation.
 *
 * @module
 */

import { refuse } from "../../refusal.ts";
import type { CallbackSetting } from "../../store/rooms.ts";
import type { World } from "../../store/world.ts";
import { type Handler, type Service, service } from "../service.ts";
import { BAD_PARAMETER, ROOM_CODES } from "./common.ts";

/** Callback settings of conferences. */
export const roomConfigService: Service = service(
  "room_config",
  ROOM_CODES,
  settings(({ rooms }) => rooms.callback, ({ rooms }, setting) => rooms.callback = setting),
);

/** The first call needs both fields, a later one those that change. */
const setToken: Handler<"live_config/set_callback_token"> = ({ rooms }, body) => {
  const { Token, IsTokenEnable } = { ...rooms.liveToken, ...body };
  if (Token === undefined) refuse(BAD_PARAMETER, "Token is missing, and none is set yet");
  if (IsTokenEnable === undefined) {
    refuse(BAD_PARAMETER, "IsTokenEnable is missing, and it is not set yet");
  }
  rooms.liveToken = { Token, IsTokenEnable };
};

const getToken: Handler<"live_config/get_callback_token"> = ({ rooms }) => ({
  Response: {
    ...rooms.liveToken ??
      refuse(100302, "The app has no token for callbacks; set one by set_callback_token"),
  },
});

/** Callback settings of live rooms. */
export const liveConfigService: Service = service("live_config", ROOM_CODES, {
  ...settings(
    ({ rooms }) => rooms.liveCallback,
    ({ rooms }, setting) => rooms.liveCallback = setting,
  ),
  set_callback_token: setToken,
  get_callback_token: getToken,
});

/** The commands about one product's setting. */
function settings<Name extends string>(
  read: (world: World) => CallbackSetting<Name> | undefined,
  write: (world: World, setting: CallbackSetting<Name> | undefined) => void,
) {
  const keep = (world: World, { Url, CallbackCommandList }: CallbackSetting<Name>) =>
    write(world, { Url, CallbackCommandList: [...CallbackCommandList] });
  const configured = (world: World) =>
    read(world) ??
      refuse(100301, "The app has no callback configuration; make one by set_callback");
  return {
    set_callback(world: World, body: CallbackSetting<Name>): void {
      if (read(world)) {
        refuse(100300, "The app has a callback configuration; change it by update_callback");
      }
      keep(world, body);
    },
    update_callback(world: World, body: CallbackSetting<Name>): void {
      configured(world);
      keep(world, body);
    },
    get_callback(world: World): { Response: CallbackSetting<Name> } {
      return { Response: { ...configured(world) } };
    },
    delete_callback(world: World): void {
      write(world, undefined);
    },
  };
}
