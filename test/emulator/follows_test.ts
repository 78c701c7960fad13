import { test } from "uvu";
import * as assert from "uvu/assert";
import { NOW, type People, people } from "../support/chat_people.ts";
import { refused } from "../support/emulated.ts";

async function follow(
  { tim }: People,
  From_Account: string,
  ...accounts: string[]
): Promise<number[]> {
  const FollowItem = accounts.map((To_Account) => ({ To_Account }));
  const answer = await tim.call("follow/follow_add", { From_Account, FollowItem });
  assert.not("Fail_Account" in answer);
  return answer.ResultItem!.map(({ ResultCode }) => ResultCode);
}

async function relations(
  { tim }: People,
  ...To_Account: string[]
): Promise<(number | undefined)[]> {
  const answer = await tim.call("follow/follow_check", { From_Account: "mira", To_Account });
  return answer.ResultItem!.map(({ FollowType }) => FollowType);
}

test("follow_add makes a relation of one side, mutual when both follow", async () => {
  const world = await people();
  assert.equal(await follow(world, "mira", "omar", "lin", "nobody", "mira", "omar"), [
    0,
    0,
    30003,
    30001,
    0,
  ]);
  await follow(world, "omar", "mira");
  await follow(world, "zoe", "mira");
  assert.equal(await relations(world, "omar", "lin", "zoe", "administrator"), [3, 2, 1, 0]);
  assert.is((await refused(follow(world, "nobody", "mira")))[0], 30003);
  const answer = await world.tim.call("follow/follow_check", {
    From_Account: "mira",
    To_Account: ["nobody"],
  });
  assert.is(answer.ResultItem![0]!.ResultCode, 30003);
});

test("follow_delete ends a relation, and takes what is no relation for ended", async () => {
  const world = await people();
  await follow(world, "mira", "omar");
  await follow(world, "omar", "mira");
  const answer = await world.tim.call("follow/follow_delete", {
    From_Account: "mira",
    To_Account: ["omar", "lin", "nobody"],
  });
  assert.equal(answer.ResultItem!.map(({ ResultCode }) => ResultCode), [0, 0, 30003]);
  assert.equal(await relations(world, "omar", "lin"), [1, 0]);
});

test("follow_get_info counts fans, follows and mutual follows", async () => {
  const world = await people();
  await follow(world, "mira", "omar", "lin");
  await follow(world, "omar", "mira");
  await follow(world, "zoe", "mira");
  const info = async (account: string) => {
    const answer = await world.tim.call("follow/follow_get_info", {
      From_Account: "mira",
      To_Account: [account],
    });
    const [item] = answer.FollowInfo!;
    return [
      item!.ResultCode,
      item!.FollowerCount,
      item!.FollowingCount,
      item!.MutualFollowingCount,
    ];
  };
  assert.equal(await info("mira"), [0, 2, 2, 1]);
  assert.equal(await info("zoe"), [0, 0, 1, 0]);
  assert.is((await info("nobody"))[0], 30003);
  await world.tim.call("follow/follow_delete", { From_Account: "mira", To_Account: ["omar"] });
  assert.equal(await info("mira"), [0, 2, 1, 0]);
  assert.equal(await info("omar"), [0, 0, 1, 0]);
});

test("follow_get pages fans, follows and mutual follows from the newest on", async () => {
  const world = await people();
  await world.tim.call("im_open_login_svc/account_import", { UserID: "omar", Nick: "Omar" });
  await follow(world, "mira", "omar");
  world.at(NOW + 1);
  await follow(world, "mira", "lin", "zoe");
  await follow(world, "zoe", "mira");
  await follow(world, "administrator", "mira");
  const get = async (FollowType: 1 | 2 | 3, StartCursor = "", WantNum = 2) => {
    const answer = await world.tim.call("follow/follow_get", {
      From_Account: "mira",
      FollowType,
      StartCursor,
      WantNum,
    });
    return { ...answer, names: answer.FollowItem!.map(({ To_Account }) => To_Account) };
  };
  const first = await get(2);
  assert.equal(first.names, ["zoe", "lin"]);
  const second = await get(2, first.NextCursor);
  assert.equal(second.FollowItem, [{
    To_Account: "omar",
    FollowTime: NOW,
    ProfileItem: [{ Tag: "Tag_Profile_IM_Nick", Value: "Omar" }],
  }]);
  assert.is(second.NextCursor, "");
  assert.equal((await get(1)).names, ["administrator", "zoe"]);
  assert.equal((await get(3)).names, ["zoe"]);
});

test("an account follows 5,000 others at most", async () => {
  const world = await people();
  const many = Array.from({ length: 5001 }, (_, at) => `star${at}`);
  for (let from = 0; from < many.length; from += 100) {
    const Accounts = many.slice(from, from + 100);
    await world.tim.call("im_open_login_svc/multiaccount_import", { Accounts });
    for (let at = 0; at < Accounts.length; at += 20) {
      const codes = await follow(world, "mira", ...Accounts.slice(at, at + 20));
      assert.equal([...new Set(codes)], [from === 5000 ? 32100 : 0]);
    }
  }
});

test.run();
