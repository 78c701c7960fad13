/**
 * `live_engine_http_pk`: battles between live rooms. Source: "Battle" of the Live documentation.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import { randomLetters } from "../../store/groups.ts";
import type { Battle } from "../../store/battles.ts";
import type { World } from "../../store/world.ts";
import { type Handler, seconds, type Service, service } from "../service.ts";
import { BAD_PARAMETER, findRoom, ROOM_CODES } from "./common.ts";

/** What became of one room. */
const STARTED = 0, NO_SUCH_ROOM = 1, IN_ANOTHER = 3, FAILED = 5;
/** A finished battle has 3 on the page; no page tells the value of one that goes on. */
const GOING_ON = 2, FINISHED = 3;

/**
 * Duration is in milliseconds. Rooms that cannot take part are told; without any there is no battle. It
 * begins at once, since a server cannot let the others be asked.
 */
const create: Handler<"live_engine_http_pk/create_battle"> = (world, body, caller, clock) => {
  const from = findRoom(world, body.FromRoomId, "Live");
  const now = clock();
  if (body.Duration <= 0) refuse(BAD_PARAMETER, `Duration is ${body.Duration}, wanted 1 or more`);
  if (world.battles.ofRoom(from.id, now)) {
    refuse(100419, `FromRoomId is ${quote(from.id)}, which is in a battle`);
  }
  const Result = body.ToRoomIdList.map((RoomId) => {
    const isThere = world.rooms.get(RoomId)?.type === "Live" && RoomId !== from.id;
    if (!isThere) {
      return { RoomId, ResultCode: FAILED, ResultMessage: "There is no such live room" };
    }
    if (!world.battles.ofRoom(RoomId, now)) {
      return { RoomId, ResultCode: STARTED, ResultMessage: "" };
    }
    return { RoomId, ResultCode: IN_ANOTHER, ResultMessage: "The room is in another battle" };
  });
  const others = Result.filter(({ ResultCode }) => ResultCode === STARTED);
  if (others.length === 0) refuse(100412, "None of ToRoomIdList can join the battle");
  const battle: Battle = {
    id: `battle-${randomLetters(world.random)}`,
    start: now,
    end: now + body.Duration,
    fromRoom: from.id,
    scores: new Map([from.id, ...others.map(({ RoomId }) => RoomId)].map((id) => [id, 0])),
  };
  world.battles.add(battle);
  const asked = { BattleId: battle.id, Duration: body.Duration };
  world.emit("Live.CallbackAfterCreateBattle", {
    ...asked,
    Operator_Account: caller,
    FromRoomId: from.id,
    ToRoomIdList: others.map(({ RoomId }) => RoomId),
    NeedResponse: false,
    ExtensionInfo: body.ExtensionInfo ?? "",
  });
  const [FromRoomInfo, ...ToRoomList] = Array.from(battle.scores.keys(), (RoomId) => ({
    RoomId,
    Owner_Account: world.rooms.get(RoomId)!.owner,
  }));
  world.emit("Live.CallbackAfterStartBattle", {
    ...asked,
    CreateTime: seconds(clock),
    StartTime: seconds(clock),
    FromRoomInfo,
    ToRoomList,
  });
  return { Response: { BattleId: battle.id, Result } };
};

/** OpType 1 adds, 2 overwrites; rooms that are not in the battle are told and passed over. */
const setScores: Handler<"live_engine_http_pk/set_battle_score"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const { id, end, scores } = findBattle(world, body.BattleId);
  if (end <= clock()) refuse(100421, `Battle ${quote(id)} has ended`);
  return {
    Response: {
      Result: body.ScoreList.map(({ RoomId, Score }) => {
        const known = scores.get(RoomId);
        if (known === undefined) return { RoomId, ResultCode: NO_SUCH_ROOM };
        scores.set(RoomId, body.OpType === 1 ? known + Score : Score);
        return { RoomId, ResultCode: 0 };
      }),
    },
  };
};

/** A room finds the battle that it is in now; an id finds one that has ended, too. */
const getInfo: Handler<"live_engine_http_pk/get_battle_info"> = (world, body, _caller, clock) => {
  const now = clock();
  const battle = body.BattleId
    ? findBattle(world, body.BattleId)
    : world.battles.ofRoom(body.RoomId ?? refuse(BAD_PARAMETER, "BattleId is missing"), now) ??
      refuse(100411, `Room ${quote(body.RoomId)} is in no battle`);
  const rooms = Array.from(battle.scores, ([RoomId, Score]) => ({
    RoomId,
    Score,
    Owner_Account: world.rooms.get(RoomId)?.owner ?? "",
  }));
  return {
    Response: {
      BattleId: battle.id,
      Duration: battle.end - battle.start,
      StartTime: Math.floor(battle.start / 1000),
      EndTime: Math.floor(battle.end / 1000),
      Status: battle.end > now ? GOING_ON : FINISHED,
      FromRoomInfo: rooms[0],
      ToRoomList: rooms.slice(1),
    },
  };
};

/** Battles. */
export const battleService: Service = service("live_engine_http_pk", ROOM_CODES, {
  create_battle: create,
  set_battle_score: setScores,
  get_battle_info: getInfo,
});

function findBattle(world: World, id: string): Battle {
  return world.battles.get(id) ?? refuse(100411, `There is no battle ${quote(id)}`);
}
