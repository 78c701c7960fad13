import { test } from "uvu";
import * as assert from "uvu/assert";
import { createEmulator, EMULATOR_APP, type EmulatorSnapshot } from "../../src/emulator/mod.ts";
import { readObject, writeObject } from "../../src/emulator/store/object_text.ts";
import { type Journals, memoryJournals } from "../../src/emulator/worlds/journal.ts";
import { control } from "../support/control.ts";
import { clientOf, emulated, refused } from "../support/emulated.ts";

const IMPORT = "im_open_login_svc/account_import";
const CREATE = "group_open_http_svc/create_group";
/** A field that no command knows: it makes the journal long, and the world no larger. */
const Padding = "x".repeat(20_000);

class Box {
  private _things = new Map<string, unknown>();
  later = "new";

  static of(things: [string, unknown][]): Box {
    const box = new Box();
    box._things = new Map(things);
    return box;
  }

  get things(): Map<string, unknown> {
    return this._things;
  }
}

test("writeObject and readObject keep maps, sets, instances, odd numbers and what is shared", () => {
  const shared = { name: "one" };
  const ring: Record<string, unknown> = { shared };
  ring.self = ring;
  const box = Box.of([["a", shared], ["b", new Set([shared, 2])]]);
  const value = {
    box,
    ring,
    list: [shared, undefined, null, [], ["r", 0], {}],
    numbers: [Infinity, -Infinity, NaN, -0.5],
    left: undefined,
    ["__proto__"]: 1,
  };
  Object.defineProperty(value, "__proto__", { value: "a field", enumerable: true });
  const text = writeObject(value, new Map([[Box, "Box"]]), Infinity)!;
  const read = readObject(JSON.parse(text), { Box: () => new Box() }) as typeof value;
  assert.instance(read.box, Box);
  assert.is(read.box.things.get("a"), (read.ring as typeof ring).shared);
  assert.is(read.box.things.get("a"), read.list[0]);
  assert.ok((read.box.things.get("b") as Set<unknown>).has(read.list[0]));
  assert.is((read.ring as typeof ring).self, read.ring);
  assert.equal(read.list, value.list);
  assert.equal(read.numbers, value.numbers);
  assert.is(Object.getOwnPropertyDescriptor(read, "__proto__")!.value, "a field");
  assert.is(Object.getPrototypeOf(read), Object.prototype);
  assert.is(writeObject(read, new Map([[Box, "Box"]]), Infinity), text);
  assert.is(writeObject(value, new Map([[Box, "Box"]]), text.length - 1), undefined);
});

test("writeObject refuses what it could not read, and readObject what it does not know", () => {
  assert.throws(
    () => writeObject({ run: () => 1 }, new Map(), Infinity),
    /Cannot write a function/,
  );
  assert.throws(() => writeObject([new Date()], new Map(), Infinity), /an instance of Date/);
  assert.throws(() => readObject(["i", "Box", {}], {}), /There is no class Box in a kept world/);
  assert.throws(() => readObject(["r", 3], {}), /There is no object 3/);
  assert.throws(() => readObject(["z"], {}), /There is no kind "z"/);
  // A field that the class got since the world was written.
  const old = readObject(["i", "Box", { _things: ["m"] }], { Box: () => new Box() }) as Box;
  assert.is(old.later, "new");
});

test("a journal that is far longer than its world is replaced by it, and all goes on as it was", async () => {
  const journals = memoryJournals();
  const options = { now: () => 1_795_000_000_000 };
  const one = emulated({ ...options, journals });
  const twin = emulated(options);
  const both = async (command: string, body: object) => {
    const [a, b] = [await one.tim.call(command, body), await twin.tim.call(command, body)];
    assert.equal({ ...b, RequestId: a.RequestId }, a);
    return a as unknown as { GroupId: string };
  };
  await both(IMPORT, { UserID: "mira" });
  const { GroupId } = await both(CREATE, { Type: "Public", Name: "A", Owner_Account: "mira" });
  for (let n = 0; n < 120; n++) {
    const pair = [one.tim.call(IMPORT, { UserID: `user${n % 5}`, Nick: `${n}`, Padding })];
    await Promise.all([...pair, twin.tim.call(IMPORT, { UserID: `user${n % 5}`, Nick: `${n}` })]);
  }
  const journal = journals.of(EMULATOR_APP.sdkAppId);
  assert.ok(journal.length < 100, `${journal.length} entries`);
  const state = await control(one.app, "GET", "state");
  assert.is(state.apps[0].calls, 122);
  assert.equal(state, await control(twin.app, "GET", "state"));
  // Chance goes on, too: ids come out as without the change.
  const next = await both(CREATE, { Type: "Public", Name: "B", Owner_Account: "user3" });
  assert.is.not(next.GroupId, GroupId);

  const again = emulated({ ...options, journals });
  assert.equal(await control(again.app, "GET", "state"), await control(twin.app, "GET", "state"));
  const snapshot: EmulatorSnapshot = await control(again.app, "GET", "snapshot");
  assert.is(snapshot.apps[0]!.calls[0]!.command, "_emulator/world");
  const copy = emulated({ ...options, seed: snapshot });
  assert.equal(await control(copy.app, "GET", "snapshot"), snapshot);
  const read = { GroupIdList: [GroupId, next.GroupId] };
  const ask = async ({ tim }: typeof one) => {
    const { RequestId: _, ...answer } = await tim.call("group_open_http_svc/get_group_info", read);
    return answer;
  };
  assert.equal(await ask(copy), await ask(twin));
});

test("a world that was written by a newer emulator is refused with what to do", () => {
  const world = (body: Record<string, unknown>) => ({
    version: 2,
    apps: [{ calls: [{ command: "_emulator/world", body }] }],
  });
  const newer = world({ format: 99, calls: 1, stores: {} });
  assert.throws(() => createEmulator({ seed: newer }), /has format 99.*update @tim\/edge/);
  assert.throws(() => createEmulator({ seed: world({}) }), /no format/);
});

test("an administrator whom a kept world does not know is there all the same", async () => {
  const journals = memoryJournals();
  const { tim } = emulated({ journals });
  for (let n = 0; n < 60; n++) await tim.call(IMPORT, { UserID: "mira", Padding });
  const apps = [{ ...EMULATOR_APP, admins: ["root"] }];
  const { app } = emulated({ journals, apps });
  const { apps: [state] } = await control(app, "GET", "state");
  assert.equal(state.accounts.list, ["administrator", "mira", "root"]);
});

test("a call that cannot be kept is refused, and was never made", async () => {
  const inner = memoryJournals();
  let full = false;
  const journals: Journals = {
    ...inner,
    of: (sdkAppId) => {
      const journal = inner.of(sdkAppId);
      return {
        get length() {
          return journal.length;
        },
        read: () => journal.read(),
        replace: (calls) => {
          if (full) throw new Error("the disk is full");
          journal.replace(calls);
        },
        append: (call) => {
          if (full) throw new Error("the disk is full");
          journal.append(call);
        },
      };
    },
  };
  const sent: string[] = [];
  const fetcher = ((url: string) => {
    sent.push(url);
    return Promise.resolve(Response.json({ ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" }));
  }) as typeof fetch;
  const webhooks = { url: "http://app.test/", callbacks: ["Group.CallbackAfterCreateGroup"] };
  const { app, tim } = emulated({ journals, webhooks, fetch: fetcher });
  await tim.call(IMPORT, { UserID: "mira" });
  full = true;
  const [code, info] = await refused(tim.call(IMPORT, { UserID: "omar" }));
  assert.is(code, 60008);
  assert.match(info, /not carried out, since it cannot be kept: the disk is full/);
  await refused(tim.call(CREATE, { Type: "Public", Name: "A", GroupId: "club" }));
  assert.equal(sent, []);
  const { error } = await control(app, "POST", "reset?to=empty", undefined, 400);
  assert.match(error, /the disk is full/);
  full = false;
  await tim.call(IMPORT, { UserID: "zoe" });
  const { apps: [state] } = await control(app, "GET", "state");
  assert.equal(state.accounts.list, ["administrator", "mira", "zoe"]);
  assert.is(state.groups.total, 0);
  const again = clientOf(createEmulator({ journals: inner }), EMULATOR_APP);
  await again.call(CREATE, { Type: "Public", Name: "A", Owner_Account: "zoe" });
});

test("a moved clock is kept, and comes with snapshots", async () => {
  const journals = memoryJournals();
  const now = () => 1_795_000_000_000;
  const time = async (app: ReturnType<typeof emulated>["app"]) => {
    const { now, frozen } = await control(app, "GET", "clock");
    return [now, frozen];
  };
  const { app } = emulated({ now, journals });
  await control(app, "POST", "clock", { advance: 86_400_000 });
  assert.equal(await time(emulated({ now, journals }).app), [1_795_086_400_000, false]);
  await control(app, "POST", "snapshots/tomorrow");
  await control(app, "POST", "clock", { set: 1_800_000_000_000, freeze: true });
  assert.equal(await time(emulated({ now, journals }).app), [1_800_000_000_000, true]);
  const seed = await control(app, "GET", "snapshot");
  assert.equal(await time(emulated({ now, seed }).app), [1_800_000_000_000, true]);

  await control(app, "POST", `reset?to=tomorrow&sdkAppId=${EMULATOR_APP.sdkAppId}`);
  assert.equal(await time(app), [1_800_000_000_000, true]);
  await control(app, "POST", "reset?to=tomorrow");
  assert.equal(await time(app), [1_795_086_400_000, false]);
  assert.equal(await time(emulated({ now, journals }).app), [1_795_086_400_000, false]);
  // What was kept is newer than the seed.
  await control(app, "POST", "clock", { reset: true });
  assert.equal(await time(emulated({ now, journals, seed }).app), [1_795_000_000_000, false]);
  const wrong = { version: 2, clock: { offset: "a day" }, apps: [] } as unknown as EmulatorSnapshot;
  assert.throws(
    () => createEmulator({ seed: wrong }),
    /clock\.offset "a day", wanted milliseconds/,
  );
});

test.run();
