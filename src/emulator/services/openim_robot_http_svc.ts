/**
 * `openim_robot_http_svc`: chatbots. Source: "Chatbot" of the Chat documentation.
 *
 * @module
 */

import type { StoredMsgElement } from "../../api/generated/types/common.ts";
import { quote, refuse } from "../refusal.ts";
import type { Stream } from "../store/robots.ts";
import type { World } from "../store/world.ts";
import { checkAccount, store } from "./c2c_send.ts";
import { type Handler, seconds, type Service, service } from "./service.ts";

const BAD_PARAMETER = 10004;
const MAX_ROBOTS = 20;

/** A deleted chatbot that is created again is valid again. */
const createRobot: Handler<"openim_robot_http_svc/create_robot"> = (world, body) => {
  const { UserID, Nick, FaceUrl } = body;
  if (!world.robots.valid.has(UserID) && world.robots.valid.size >= MAX_ROBOTS) {
    refuse(10008, `There are ${MAX_ROBOTS} chatbots, which is the limit`);
  }
  world.accounts.put(UserID, { nick: Nick, faceUrl: FaceUrl });
  world.robots.valid.add(UserID);
};

/** Its account stays, and so does what it said. */
const deleteRobot: Handler<"openim_robot_http_svc/delete_robot"> = (world, { Robot_Account }) => {
  checkRobot(world, "Robot_Account", Robot_Account);
  world.robots.valid.delete(Robot_Account);
};

const getAllRobots: Handler<"openim_robot_http_svc/get_all_robots"> = (world) => ({
  Robot_Account: [...world.robots.valid],
});

/** The first piece begins a message, whose body grows with every further one. */
const sendStreamMsg: Handler<"openim_robot_http_svc/send_stream_msg"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const { From_Account, To_Account, Chunk, MsgKey, Finish } = body;
  checkRobot(world, "From_Account", From_Account);
  checkAccount(world, "To_Account", To_Account, BAD_PARAMETER);
  const finished = Finish === 1;
  if (!MsgKey) {
    const stream = { from: From_Account, to: To_Account, chunks: [Chunk], finished };
    const message = store(world, {
      from: From_Account,
      to: To_Account,
      msgSeq: world.random(),
      random: world.random(),
      time: seconds(clock),
      body: streamBody(stream),
      unread: true,
      movesUp: true,
      syncToSender: true,
    })!;
    world.robots.streams.set(message.key, stream);
    return { MsgKey: message.key };
  }
  const stream = world.robots.streams.get(MsgKey);
  const message = world.c2cMessages.find(From_Account, To_Account, MsgKey);
  if (!message || stream?.from !== From_Account || stream.to !== To_Account) {
    refuse(BAD_PARAMETER, `There is no stream with the MsgKey ${quote(MsgKey)} between the two`);
  }
  if (stream.finished) refuse(BAD_PARAMETER, `The stream ${quote(MsgKey)} is finished`);
  stream.chunks.push(Chunk);
  stream.finished = finished;
  message.body = streamBody(stream);
  return { MsgKey };
};

/** Chatbots: create, list, invalidate, let them speak. */
export const robotService: Service = service(
  "openim_robot_http_svc",
  { badBody: BAD_PARAMETER, unknownCommand: 60008 },
  {
    create_robot: createRobot,
    delete_robot: deleteRobot,
    get_all_robots: getAllRobots,
    send_stream_msg: sendStreamMsg,
  },
);

function checkRobot(world: World, field: string, account: string): void {
  if (!world.robots.valid.has(account)) {
    refuse(BAD_PARAMETER, `${field} is ${quote(account)}, which is no chatbot`);
  }
}

/** What the vendor's own chat interface shows as a growing text. */
function streamBody({ chunks, finished }: Stream): StoredMsgElement[] {
  const data = { chatbotPlugin: 2, src: 2, chunks, isFinished: finished ? 1 : 0 };
  return [{ MsgType: "TIMCustomElem", MsgContent: { Data: JSON.stringify(data) } }];
}
