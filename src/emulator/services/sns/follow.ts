/**
 * `follow`: follows and fans. Source: "Follow" of the Chat documentation.
 *
 * @module
 */

import type { FollowProfileValue } from "../../../api/generated/types/chat_relation.ts";
import type { Follow } from "../../store/follows.ts";
import { PagedIndex } from "../../store/paged_index.ts";
import type { World } from "../../store/world.ts";
import { profileValue } from "../profile_view.ts";
import { type Handler, seconds, type Service, service } from "../service.ts";
import {
  BAD_PARAMETER,
  checkFrom,
  type Fault,
  itemsOf,
  NO_ACCOUNT,
  results,
  succeeded,
} from "./results.ts";

const MAX_FOLLOWS = 5000;
const FANS = 1;
const FOLLOWS = 2;

/** Following somebody twice is following him once. */
const followAdd: Handler<"follow/follow_add"> = (world, body, _caller, clock) => {
  const { From_Account: from } = body;
  checkFrom(world, from);
  const answer = withoutFailList(
    results(body.FollowItem, ({ To_Account: to }): Fault | undefined => {
      if (!world.accounts.has(to)) return [NO_ACCOUNT, "Err_SNS_FollowAdd_Account_Not_Exist"];
      if (to === from) return [BAD_PARAMETER, "Err_SNS_FollowAdd_Follow_Self"];
      const follows = world.follows.followsOf(from);
      if (follows.has(to)) return undefined;
      if (follows.size >= MAX_FOLLOWS) return [32100, "Err_SNS_FollowAdd_Following_Num_Exceed"];
      world.follows.follow(from, to, seconds(clock));
      return undefined;
    }),
  );
  const FollowList = succeeded(answer.ResultItem).map((To_Account) => ({ To_Account }));
  if (FollowList.length > 0) {
    world.emit("Follow.CallbackAfterFollowAdd", { From_Account: from, FollowList });
  }
  return answer;
};

/** Somebody who is not followed is as good as unfollowed. */
const followDelete: Handler<"follow/follow_delete"> = (world, body) => {
  const { From_Account: from } = body;
  checkFrom(world, from);
  const answer = withoutFailList(results(itemsOf(body.To_Account), ({ To_Account: to }) => {
    if (!world.accounts.has(to)) return [NO_ACCOUNT, "Err_SNS_FollowDelete_Account_Not_Exist"];
    world.follows.unfollow(from, to);
    return undefined;
  }));
  const To_Account = succeeded(answer.ResultItem);
  if (To_Account.length > 0) {
    world.emit("Follow.CallbackAfterFollowDelete", { From_Account: from, To_Account });
  }
  return answer;
};

const followCheck: Handler<"follow/follow_check"> = (world, body) => {
  const { From_Account: from } = body;
  checkFrom(world, from);
  return {
    ResultItem: body.To_Account.map((To_Account) => {
      if (!world.accounts.has(To_Account)) {
        const ResultInfo = "Err_SNS_FollowCheck_Account_Not_Exist";
        return { To_Account, ResultCode: NO_ACCOUNT, ResultInfo, FollowType: 0 as const };
      }
      const there = world.follows.followsOf(from).has(To_Account);
      const back = world.follows.fansOf(from).has(To_Account);
      const FollowType = there ? back ? 3 : 2 : back ? 1 : 0;
      return { To_Account, ResultCode: 0, ResultInfo: "", FollowType };
    }),
    ErrorDisplay: "",
  };
};

/** From the newest on; a cursor is the place of the last one that was read. */
const followGet: Handler<"follow/follow_get"> = (world, body) => {
  const { From_Account: from, FollowType, StartCursor, WantNum } = body;
  checkFrom(world, from);
  const { items, next } = followsBy(world, from, FollowType)
    .pageBack(Number(StartCursor) || 0, WantNum);
  return {
    FollowItem: items.map((follow) => followItem(world, follow, FollowType === FANS)),
    NextCursor: next === 0 ? "" : String(next),
    ErrorDisplay: "",
  };
};

const followGetInfo: Handler<"follow/follow_get_info"> = (world, body) => {
  checkFrom(world, body.From_Account);
  return {
    FollowInfo: body.To_Account.map((To_Account) => {
      if (!world.accounts.has(To_Account)) {
        const ResultInfo = "Err_SNS_FollowGetInfo_Account_Not_Exist";
        return { To_Account, ResultCode: NO_ACCOUNT, ResultInfo };
      }
      return {
        To_Account,
        ResultCode: 0,
        ResultInfo: "",
        FollowerCount: world.follows.fansOf(To_Account).size,
        FollowingCount: world.follows.followsOf(To_Account).size,
        MutualFollowingCount: world.follows.mutualCount(To_Account),
      };
    }),
    ErrorDisplay: "",
  };
};

/** Who follows whom. */
export const followService: Service = service(
  "follow",
  { badBody: BAD_PARAMETER, unknownCommand: 60008 },
  {
    follow_add: followAdd,
    follow_delete: followDelete,
    follow_check: followCheck,
    follow_get: followGet,
    follow_get_info: followGetInfo,
  },
);

/** The answers of this service do not list the failed accounts once more. */
function withoutFailList<Answer extends { Fail_Account?: string[] }>(
  { Fail_Account: _, ...answer }: Answer,
): Omit<Answer, "Fail_Account"> {
  return answer;
}

function followsBy(world: World, account: string, type: 1 | 2 | 3): PagedIndex<Follow> {
  if (type === FANS) return world.follows.fansInOrder(account);
  const fans = world.follows.fansOf(account);
  const follows = new PagedIndex<Follow>();
  for (const follow of world.follows.followsOf(account).values()) {
    if (type === FOLLOWS || fans.has(follow.to)) follows.add(follow);
  }
  return follows;
}

function followItem(world: World, { from, to, time }: Follow, isFan: boolean) {
  const To_Account = isFan ? from : to;
  const tags = ["Tag_Profile_IM_Nick", "Tag_Profile_IM_Image"];
  const ProfileItem = tags.flatMap((Tag): FollowProfileValue[] => {
    const Value = profileValue(world, To_Account, Tag);
    return Value === undefined ? [] : [{ Tag, Value }];
  });
  return { To_Account, FollowTime: time, ProfileItem };
}
