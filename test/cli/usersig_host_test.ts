import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  decodeUserBuf,
  decodeUserSig,
  signPrivateMapKey,
  signUserSig,
  verifyUserSig,
} from "../../mod.ts";
import { durationInWords, momentInWords, parseDuration } from "../../src/cli/times.ts";
import { type Ran, run as runMain } from "../support/run_main.ts";
import { tim } from "../support/tim_process.ts";
import golden from "../core/usersig-vectors.json" with { type: "json" };

const test = suite("tim usersig");
const { sdkAppId, secretKey } = golden.vectors[0]!;
const otherKey = "1".repeat(64);
const env = { TIM_SDK_APP_ID: `${sdkAppId}`, TIM_SECRET_KEY: secretKey };
const app = { sdkAppId, secretKey };
const old = new Date(1_700_000_000_000);

let folder = "";
test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), "usersig-"));
});
test.after(() => rm(folder, { recursive: true }));

/** Runs `tim usersig` in this process. */
function run(
  args: string[],
  outside: { env?: Record<string, string>; stdin?: string } = {},
): Promise<Ran> {
  return runMain(["usersig", ...args], outside.env ?? env, outside.stdin);
}

/** The complaint about a wrong command line. */
async function misuse(args: string[], outside?: Parameters<typeof run>[1]): Promise<string> {
  const { code, out, err } = await run(args, outside);
  assert.is(code, 2, out + err);
  assert.is(out, "");
  return err;
}

test("sign prints one UserSig that verifies, for the lifetime asked for", async () => {
  const { code, out, err } = await run(["sign", "--user", "alice", "--expire", "1d"]);
  assert.is(code, 0);
  assert.is(err, "");
  const verdict = await verifyUserSig(out.trimEnd(), { ...app, identifier: "alice" });
  assert.ok(verdict.valid);
  assert.is(verdict.claims.expire, 86_400);
  assert.is(out, out.trim() + "\n");
});

test("sign lives for 180 days when no lifetime is named", async () => {
  const { out } = await run(["sign", "--user", "alice", "--json"]);
  const { userSig, identifier, expire, expired, secondsLeft } = JSON.parse(out);
  assert.equal([identifier, expire, expired, secondsLeft], [
    "alice",
    15_552_000,
    false,
    15_552_000,
  ]);
  assert.ok((await verifyUserSig(userSig, app)).valid);
});

test("sign makes a PrivateMapKey for a numeric and for a string room", async () => {
  for (
    const [option, room, expected] of [
      ["--room", "10000", { roomId: 10000 }],
      ["--str-room", "hall", { strRoomId: "hall" }],
    ] as const
  ) {
    const args = ["sign", "--user", "alice", "--expire", "1h", option, room];
    const { out } = await run([...args, "--privileges", "enterRoom,receiveAudio"]);
    const verdict = await verifyUserSig(out.trimEnd(), app);
    assert.ok(verdict.valid);
    const content = decodeUserBuf(verdict.claims.userBuf!)!;
    const { privileges, roomId, strRoomId } = content;
    assert.equal({ roomId, strRoomId, privileges }, {
      roomId: undefined,
      strRoomId: undefined,
      ...expected,
      privileges: ["enterRoom", "receiveAudio"],
    });
    const { out: everything } = await run([...args, "--privileges", "all", "--json"]);
    assert.is(JSON.parse(everything).room.privilegeMap, 255);
  }
});

test("sign warns of characters that parts of the documentation do not allow", async () => {
  const { code, err } = await run(["sign", "--user", "a b"]);
  assert.is(code, 0);
  assert.match(err, /Warning: the identifier has characters other than/);
});

test("the key comes from a file or from standard input, without its line feed", async () => {
  const file = join(folder, "key");
  await writeFile(file, secretKey + "\n");
  const args = ["sign", "--user", "alice"];
  const keyless = { env: { TIM_SDK_APP_ID: `${sdkAppId}` } };
  for (
    const { out } of [
      await run([...args, "--key-file", file], keyless),
      await run([...args, "--key-stdin"], { ...keyless, stdin: secretKey + "\r\n" }),
      await run(["sign", "--user", "alice", "--sdk-app-id", `${sdkAppId}`], {
        env: { TIM_SECRET_KEY: secretKey },
      }),
    ]
  ) assert.ok((await verifyUserSig(out.trimEnd(), app)).valid);
});

test("several keys in a file: the first signs, all of them verify", async () => {
  const file = join(folder, "keys");
  await writeFile(file, `${otherKey}\n${secretKey}\n`);
  const signed = await run(["sign", "--user", "alice", "--key-file", file]);
  const fresh = await verifyUserSig(signed.out.trimEnd(), { ...app, secretKey: otherKey });
  assert.ok(fresh.valid);
  const before = await signUserSig({ ...app, identifier: "alice" });
  assert.is((await run(["verify", before, "--key-file", file])).code, 0);
});

for (
  const args of [
    ["--key", secretKey],
    [`--key=${secretKey}`],
    [`--secret-key=${secretKey}`],
    ["--secretKey", "short"],
    ["-k", "short"],
    [secretKey],
    ["--sdk-app-id", secretKey.toUpperCase()],
  ]
) {
  const shape = args.map((arg) => arg.replace(/[0-9a-f]{64}/i, "<key>")).join(" ");
  test(`a key as an argument is refused with the reason, and not repeated: ${shape}`, async () => {
    for (const command of ["sign", "verify", "inspect"]) {
      const message = await misuse([command, "--user", "alice", ...args]);
      assert.match(message, /is refused: arguments show in the process list/);
      assert.match(message, /--key-stdin/);
      assert.not.match(message.toLowerCase(), secretKey);
      assert.not.match(message, "short");
    }
  });
}

const alice = ["sign", "--user", "alice"];
const misuses: [args: string[], message: RegExp, outside?: Parameters<typeof run>[1]][] = [
  [["sign"], /Name them by --user/],
  [["sign", "--user", ""], /Identifier is 0 bytes/],
  [["sign", "--user", "x".repeat(33)], /wanted 1 to 32/],
  [[...alice, "--expire", "soon"], /--expire takes a duration such as 1d/],
  [[...alice, "--expire", "99999w"], /expireSeconds is 60479395200/],
  [[...alice, "extra"], /"extra" is one word too many/],
  [[...alice, "--unknown"], /--unknown/],
  [[...alice, "--room", "1", "--str-room", "a", "--privileges", "all"], /exclude each other/],
  [[...alice, "--room", "hall", "--privileges", "all"], /a name goes into --str-room/],
  [[...alice, "--room", "1"], /What may be done in the room\?.*createRoom/],
  [[...alice, "--room", "1", "--privileges", "fly"], /privileges holds "fly"/],
  [[...alice, "--privileges", "all"], /needs a room/],
  [alice, /Which app\?/, { env: {} }],
  [alice, /TIM_SDK_APP_ID must be a number/, { env: { ...env, TIM_SDK_APP_ID: "my app" } }],
  [[...alice, "--sdk-app-id", "my app"], /--sdk-app-id must be a number/],
  [alice, /No secret key: set TIM_SECRET_KEY/, { env: { TIM_SDK_APP_ID: "1" } }],
  [[...alice, "--key-stdin"], /No secret key in standard input/],
  [[...alice, "--key-file", "/no/such/file"], /Cannot read the key file .*ENOENT/],
  [[...alice, "--key-file", "a", "--key-stdin"], /exclude each other/],
  [["inspect"], /Give one UserSig.*0 given/],
  [["inspect", "a", "b"], /2 given/],
  [["verify", "-", "--key-stdin"], /Standard input cannot hold both/],
  [["verify", "eJx", "--skew", "x"], /--skew takes a duration/],
];

for (const [args, message, outside] of misuses) {
  test(`used wrongly, it says how to put it right: ${args.join(" ").slice(0, 60)} ${message}`, async () => {
    assert.match(await misuse(args, outside), message);
  });
}

test("without a known word it names what there is; --help answers 0", async () => {
  assert.match(await misuse([]), "say sign, inspect or verify");
  assert.match(await misuse(["toString"]), '"toString" is none of sign, inspect or verify');
  assert.match(await misuse(["verfiy"]), "did you mean verify?");
  assert.match(await misuse(["inspect", "--user", "a", "-"]), "there is no option '--user'");
  const { code, out } = await run(["sign", "--help"]);
  assert.is(code, 0);
  assert.match(out, /Exit codes: 0/);
});

test("inspect shows claims, times in local time and UTC, and what is left, without a key", async () => {
  const userSig = await signUserSig({ ...app, identifier: "alice", expireSeconds: 90_000 });
  const { code, out } = await run(["inspect", userSig], { env: {} });
  assert.is(code, 0);
  assert.match(out, /^Identifier +alice\nSDKAppID +1400000000\nSigned +20\d\d-/);
  assert.match(out, /Lifetime +1 day 1 hour \(90000 s\)/);
  assert.match(out, /Expires +\S+ \S+ [+-]\d\d:\d\d \(\S+ \S+ UTC\)/);
  assert.match(out, /Expired +no, in 1 day/);
  assert.match(out, /Not checked/);
});

test("inspect answers 1 to an expired one and says since when", async () => {
  const userSig = await signUserSig({
    ...app,
    identifier: "alice",
    currentDate: old,
    expireSeconds: 60,
  });
  const { code, out } = await run(["inspect", "-"], { stdin: `${userSig}\n` });
  assert.is(code, 1);
  assert.match(out, "2023-11-14 22:14:20 UTC");
  assert.match(out, /Expired +yes, \d+ days? .*ago/);
  const json = JSON.parse((await run(["inspect", userSig, "--json"])).out);
  assert.equal(json.expired, true);
  assert.equal(json.expiresAtUtc, "2023-11-14T22:14:20.000Z");
});

test("inspect says a room's privileges in words", async () => {
  const options = { ...app, identifier: "alice", privileges: 42 };
  const number = await signPrivateMapKey({ ...options, roomId: 10000 });
  const { out } = await run(["inspect", number]);
  assert.match(out, /Room +10000 \(number\)/);
  assert.match(out, /Privileges +enter the room, receive audio, receive video \(42\)/);
  const name = await signPrivateMapKey({ ...options, strRoomId: "hall", privileges: 0x1ff });
  const { out: other } = await run(["inspect", name]);
  assert.match(other, /Room +hall \(text\)/);
  assert.match(other, /Privileges +everything, bits without a documented meaning \(511\)/);
  const none = await signPrivateMapKey({ ...options, roomId: 1, privileges: [] });
  assert.match((await run(["inspect", none])).out, /Privileges +none \(0\)/);
});

test("inspect shows a userbuf of another layout, and a room of somebody else", async () => {
  const strange = await signUserSig({ ...app, identifier: "a", userBuf: Uint8Array.of(5) });
  assert.match((await run(["inspect", strange])).out, /Userbuf +1 bytes that are not laid out/);
  const bob = await signPrivateMapKey({ ...app, identifier: "bob", roomId: 1, privileges: "all" });
  const decoded = await decodeUserSig(bob);
  const userBuf = decoded.ok ? decoded.claims.userBuf : undefined;
  const borrowed = await signUserSig({ ...app, identifier: "alice", userBuf });
  assert.match((await run(["inspect", borrowed])).out, /Room user +bob, who is not the identifier/);
});

test("inspect cannot be made to steer the terminal", async () => {
  const { userSig } = golden.divergent.find(({ name }) => name === "privatemapkey-emoji-both")!;
  assert.not.match((await run(["inspect", userSig])).out, /\p{Cc}(?<!\n)/u);
  const bidi = await signUserSig({ ...app, identifier: "a\u202eb" });
  assert.match((await run(["inspect", bidi])).out, /Identifier +a\\u\{202e\}b/);
});

test("inspect answers 1 to what it cannot read, with the reason", async () => {
  const { code, out, err } = await run(["inspect", "eJx"]);
  assert.is(code, 1);
  assert.is(out, "");
  assert.match(err, /Cannot be read \(not-base64\): it is not UserSig's base64 variant/);
  const json = JSON.parse((await run(["inspect", "eJx", "--json"])).out);
  assert.equal(json, { ok: false, reason: "not-base64" });
});

test("verify answers 0 to a genuine one", async () => {
  const userSig = await signUserSig({ ...app, identifier: "alice" });
  const { code, out } = await run(["verify", userSig, "--user", "alice"]);
  assert.is(code, 0);
  assert.match(out, /^Valid: the signature is genuine\nIdentifier +alice/);
  const json = JSON.parse((await run(["verify", "-", "--json"], { stdin: userSig })).out);
  assert.equal([json.valid, json.identifier, json.expired], [true, "alice", false]);
});

for (const vector of golden.invalid) {
  // An expected userbuf is no business of the command.
  if (vector.reason === "wrong-userbuf") continue;
  test(`verify answers 1 to ${vector.name} and gives the reason`, async () => {
    const env = { TIM_SDK_APP_ID: `${vector.sdkAppId}`, TIM_SECRET_KEY: vector.secretKey };
    const args = ["verify", vector.userSig, "--user", vector.identifier];
    const { code, out, err } = await run(args, { env });
    assert.is(code, 1);
    assert.is(out, "");
    assert.ok(err.startsWith(`Not valid (${vector.reason}): `), err);
    const json = JSON.parse((await run([...args, "--json"], { env })).out);
    assert.equal(json, { valid: false, reason: vector.reason });
  });
}

test("verify takes one that has just expired, within the skew asked for", async () => {
  const currentDate = new Date(Date.now() - 100_000);
  const userSig = await signUserSig({ ...app, identifier: "a", currentDate, expireSeconds: 60 });
  assert.is((await run(["verify", userSig])).code, 1);
  assert.is((await run(["verify", userSig, "--skew", "1h"])).code, 0);
});

test("durations are read and written with their units", () => {
  assert.equal(
    ["1d", "12h", "30m", "90s", "2w", "60", "0"].map((text) => parseDuration(text, "x")),
    [
      86_400,
      43_200,
      1800,
      90,
      1_209_600,
      60,
      0,
    ],
  );
  for (const bad of ["", "d", "1y", "-1d", "1.5h", "1 d"]) {
    assert.throws(() => parseDuration(bad, "--expire"), /--expire takes a duration/);
  }
  assert.equal([0, 1, 61, 3600, 3601, 90_061, 172_800].map(durationInWords), [
    "0 seconds",
    "1 second",
    "1 minute 1 second",
    "1 hour",
    "1 hour",
    "1 day 1 hour",
    "2 days",
  ]);
});

test("moments beyond the calendar are still written", () => {
  assert.match(momentInWords(0), "(1970-01-01 00:00:00 UTC)");
  assert.match(momentInWords(9e15), "beyond any calendar");
});

test("as a program: a UserSig through a pipe, in the time zone of the process", async () => {
  const start = async (args: string[], stdin: string) => {
    const process = tim(["usersig", ...args], { ...env, TZ: "Asia/Shanghai" }, stdin);
    return [await process.ended, process.out(), process.err()] as const;
  };
  const [code, userSig] = await start(["sign", "--user", "alice", "--key-stdin"], secretKey);
  assert.is(code, 0);
  assert.ok((await verifyUserSig(userSig.trimEnd(), app)).valid);
  const [inspected, out] = await start(["inspect", "-"], userSig);
  assert.is(inspected, 0);
  assert.match(out, /Expires +\S+ \S+ \+08:00 \(/);
  const [refused, , err] = await start(["verify", "-"], "eJx");
  assert.is(refused, 1);
  assert.match(err, "not-base64");
});

test.run();
