import { test } from "uvu";
import * as assert from "uvu/assert";
import { createEmulator } from "../../src/emulator/mod.ts";
import { World } from "../../src/emulator/store/world.ts";
import { restoreState, writeState } from "../../src/emulator/store/world_state.ts";
import { raw } from "../support/emulated.ts";
import { NOW, READS, SNAPSHOT } from "./world_of_format_1.ts";

test("a world that an earlier emulator wrote as a whole is read, and answers as it did", async () => {
  const app = createEmulator({ now: () => NOW, seed: JSON.parse(SNAPSHOT) });
  const reads: [command: string, body: object, answer: object][] = JSON.parse(READS);
  for (const [command, body, wanted] of reads) {
    const call = { path: `/v4/${command}`, body: JSON.stringify(body) };
    const { RequestId: _, ...answer } = await raw(app, call);
    assert.equal(answer, wanted, command);
  }
});

test("a world that is written as a whole keeps the callback settings of Room and of Live", () => {
  const admins = new Set<string>();
  const world = new World(1, admins);
  const room = {
    Url: "https://room.test",
    CallbackCommandList: ["Room.CallbackAfterCreateRoom" as const],
  };
  const live = {
    Url: "https://live.test",
    CallbackCommandList: ["Live.CallbackAfterCreateRoom" as const],
  };
  const token = { Token: "of-live", IsTokenEnable: true };
  Object.assign(world.rooms, { callback: room, liveCallback: live, liveToken: token });
  const read = new World(1, admins);
  restoreState(read, admins, JSON.parse(writeState(world, Infinity)!));
  const { callback, liveCallback, liveToken } = read.rooms;
  assert.equal([callback, liveCallback, liveToken], [room, live, token]);
});

test.run();
