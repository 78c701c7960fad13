/**
 * Topics of communities. Source: "Topic Management" of the Chat documentation.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import { type Group, randomLetters } from "../../store/groups.ts";
import { MessageLog } from "../../store/message_log.ts";
import { MAX_TOPICS } from "../../store/package_limits.ts";
import type { Topic } from "../../store/topics.ts";
import type { World } from "../../store/world.ts";
import {
  type AnswerOf,
  type BodyOf,
  type Handler,
  seconds,
  type Service,
  service,
} from "../service.ts";
import { heed } from "./callbacks.ts";
import { checkImported, GROUP_CODES, rulesOf, runningUntil } from "./common.ts";
import { communityWithTopics, findTopic, noTopic } from "./find_topic.ts";
import { pick } from "./view.ts";

const createTopic: Handler<"million_group_open_http_svc/create_topic"> = (
  world,
  body,
  caller,
  clock,
) => {
  const group = communityWithTopics(world, body.GroupId);
  const facts = {
    Operator_Account: body.From_Account ?? caller,
    Type: "Community" as const,
    Name: body.TopicName,
  };
  const topic = newTopic(world, group, body, 10025, seconds(clock));
  heed(world.ask("Group.CallbackBeforeCreateTopic", facts));
  group.topics.set(topic.id, topic);
  world.emit("Group.CallbackAfterCreateTopic", {
    GroupId: group.id,
    TopicId: topic.id,
    Owner_Account: group.owner,
    ...facts,
  });
  return { TopicId: topic.id };
};

/** As create_topic, but with an own time of creation; a used id answers 10021 here. */
const importTopic: Handler<"group_open_http_svc/import_topic"> = (world, body, _caller, clock) => {
  const now = seconds(clock);
  const { CreateTime = now } = body;
  if (CreateTime > now) {
    refuse(10004, `CreateTime is ${CreateTime}, which is ${CreateTime - now} s ahead`);
  }
  const group = communityWithTopics(world, body.GroupId);
  const topic = newTopic(world, group, body, 10021, CreateTime);
  group.topics.set(topic.id, topic);
  return { TopicId: topic.id };
};

const modifyTopic: Handler<"million_group_open_http_svc/modify_topic"> = (world, body, caller) => {
  const group = communityWithTopics(world, body.GroupId);
  const topic = findTopic(group, body.TopicId);
  checkImported(world, "From_Account", body.From_Account);
  topic.name = body.TopicName ?? topic.name;
  topic.customString = body.CustomString ?? topic.customString;
  topic.faceUrl = body.FaceUrl ?? topic.faceUrl;
  topic.notification = body.Notification ?? topic.notification;
  topic.introduction = body.Introduction ?? topic.introduction;
  topic.muteAllMember = body.MuteAllMember ?? topic.muteAllMember;
  const { TopicName: Name, Introduction, Notification, FaceUrl } = body;
  if ([Name, Introduction, Notification, FaceUrl].every((field) => field === undefined)) return;
  world.emit("Group.CallbackAfterTopicInfoChanged", {
    GroupId: group.id,
    Type: "Community",
    Operator_Account: body.From_Account ?? caller,
    Name,
    Introduction,
    Notification,
    FaceUrl,
  });
};

const destroyTopics: Handler<"million_group_open_http_svc/destroy_topic"> = (world, body) => {
  const group = communityWithTopics(world, body.GroupId);
  const results = body.TopicIdList.map((TopicId) => {
    const there = group.topics.delete(TopicId);
    for (const { topics } of group.permissionGroups.values()) topics.delete(TopicId);
    return there
      ? { TopicId, ErrorCode: 0, ErrorInfo: "" }
      : { TopicId, ErrorCode: 110003, ErrorInfo: noTopic(group, TopicId) };
  });
  const gone = results.filter(({ ErrorCode }) => ErrorCode === 0);
  if (gone.length > 0) {
    world.emit("Group.CallbackAfterTopicDestroyed", {
      GroupId: group.id,
      Type: "Community",
      TopicIdList: gone.map(({ TopicId }) => TopicId),
    });
  }
  return { DestroyResultItem: results };
};

type TopicAnswer = AnswerOf<"million_group_open_http_svc/get_topic">["TopicAndSelfInfo"][number];

const getTopics: Handler<"million_group_open_http_svc/get_topic"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const group = communityWithTopics(world, body.GroupId);
  checkImported(world, "From_Account", body.From_Account);
  const time = seconds(clock);
  const ids = body.TopicIdList ?? [...group.topics.keys()];
  return {
    TopicAndSelfInfo: ids.map((id): TopicAnswer => {
      const topic = group.topics.get(id);
      if (!topic) return { ErrorCode: 110003, ErrorInfo: noTopic(group, id) };
      return {
        ErrorCode: 0,
        ErrorInfo: "",
        SelfInfo: {
          ShutUpTime: runningUntil(topic.mutes, body.From_Account, time),
          MsgSeq: topic.read.get(body.From_Account) ?? 0,
          MsgFlag: group.members.get(body.From_Account)?.msgFlag ?? rulesOf(group).msgFlag,
        },
        TopicInfo: topicView(group, topic, body.ResponseFilter),
      };
    }),
  };
};

/** `million_group_open_http_svc`: topics. */
export const topicService: Service = service("million_group_open_http_svc", GROUP_CODES, {
  create_topic: createTopic,
  modify_topic: modifyTopic,
  destroy_topic: destroyTopics,
  get_topic: getTopics,
});

/** Topics are imported under the servicename of groups. */
export const topicImport: Service = service("group_open_http_svc", GROUP_CODES, {
  import_topic: importTopic,
});

/** Writes a new topic down; it is not in its community yet. */
function newTopic(
  world: World,
  group: Group,
  body: BodyOf<"million_group_open_http_svc/create_topic">,
  usedCode: number,
  createTime: number,
): Topic {
  checkImported(world, "From_Account", body.From_Account);
  if (body.TopicId) checkOwnTopicId(group, body.TopicId, usedCode);
  if (group.topics.size >= MAX_TOPICS) {
    refuse(
      10037,
      `Community ${quote(group.id)} has ${group.topics.size} topics, which is the limit`,
    );
  }
  return {
    id: body.TopicId || `${group.id}@TOPIC#_@TOPIC#${randomLetters(world.random)}`,
    name: body.TopicName,
    customString: body.CustomString ?? "",
    faceUrl: body.FaceUrl ?? "",
    notification: body.Notification ?? "",
    introduction: body.Introduction ?? "",
    createTime,
    muteAllMember: "Off",
    mutes: new Map(),
    log: new MessageLog(),
    read: new Map(),
  };
}

function checkOwnTopicId(group: Group, id: string, usedCode: number): void {
  const prefix = `${group.id}@TOPIC#_`;
  const own = id.slice(prefix.length);
  if (!id.startsWith(prefix) || !/^[ -~]+$/.test(own)) {
    refuse(10015, `TopicId is ${quote(id)}, wanted ${quote(prefix)} and printable ASCII`);
  }
  if (own.startsWith("@TOPIC#") || own.includes("@TGS#_")) {
    refuse(10015, `TopicId is ${quote(id)}, but @TOPIC# and @TGS#_ are the backend's own`);
  }
  if (group.topics.has(id)) refuse(usedCode, `There is a topic ${quote(id)}`);
}

function topicView(
  group: Group,
  topic: Topic,
  names?: readonly string[],
): NonNullable<TopicAnswer["TopicInfo"]> {
  const { log } = topic;
  return {
    TopicId: topic.id,
    GroupID: group.id,
    ...pick({
      TopicName: topic.name,
      FaceUrl: topic.faceUrl,
      Notification: topic.notification,
      Introduction: topic.introduction,
      CustomString: topic.customString,
      MuteAllMember: topic.muteAllMember,
      CreateTime: topic.createTime,
      NextMsgSeq: log.lastSeq + 1,
      LastMsgTime: log.lastTime,
    }, names),
  };
}
