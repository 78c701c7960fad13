/**
 * How many calls a second the emulator answers on one core, with 100,000 accounts and 10,000 groups of 100
 * members in it, and the memory that takes.
 *
 * At first client and emulator share one process and no socket: what is measured is the emulator's own work,
 * from the URL to the answer's text. Then a client of its own asks over sockets. The world is made by calls,
 * as any world is. Rates are by processor time, since other programs of the machine must not count. Runs on
 * Deno, Bun and Node; prints its figures as JSON.
 */

import process from "node:process";
import { signUserSig } from "../../mod.ts";
import { createEmulator, EMULATOR_APP } from "../../src/emulator/mod.ts";
import { socketRate, startMs } from "./emulator_sockets.ts";
import type { EmulatorFigures } from "./emulator_table.ts";

const ACCOUNTS = 100_000;
const GROUPS = 10_000;
const MEMBERS = 100;
const SECONDS = 2;
const SOCKET_CALLS = 40_000;

const start = await startMs();

const emulator = createEmulator();
const usersig = await signUserSig({ ...EMULATOR_APP, identifier: "administrator" });
const query = `sdkappid=${EMULATOR_APP.sdkAppId}&identifier=administrator&usersig=${usersig}` +
  "&random=1&contenttype=json";

/** Processor time of this process, in milliseconds. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Calls a command; anything but a success ends the benchmark. */
async function call(command: string, body: object): Promise<Record<string, unknown>> {
  const response = await emulator.fetch(
    new Request(`http://127.0.0.1/v4/${command}?${query}`, {
      method: "POST",
      body: JSON.stringify(body),
    }),
  );
  const answer = await response.json();
  if (answer.ErrorCode !== 0) {
    throw new Error(`${command}: ${answer.ErrorCode} ${answer.ErrorInfo}`);
  }
  return answer;
}

const user = (n: number) => `user-${n % ACCOUNTS}`;
const group = (n: number) => `group-${n % GROUPS}`;
const text = [{ MsgType: "TIMTextElem", MsgContent: { Text: "hello" } }];

const memoryBefore = process.memoryUsage().rss;
const filling = cpu();
for (let n = 0; n < ACCOUNTS; n += 100) {
  const AccountList = Array.from({ length: 100 }, (_, at) => ({
    UserID: user(n + at),
    Nick: `Nick ${n + at}`,
  }));
  await call("im_open_login_svc/multiaccount_import", { AccountList });
}
for (let n = 0; n < GROUPS; n++) {
  const MemberList = Array.from({ length: MEMBERS - 1 }, (_, at) => ({
    Member_Account: user(n * 10 + at + 1),
  }));
  await call("group_open_http_svc/create_group", {
    Type: "Public",
    Name: "Bench",
    GroupId: group(n),
    Owner_Account: user(n * 10),
    MemberList,
  });
}
const filled = (cpu() - filling) / 1000;
const memory = (process.memoryUsage().rss - memoryBefore) / 2 ** 20;

const kinds: [command: string, body: (n: number) => object][] = [
  ["im_open_login_svc/account_check", (n) => ({ CheckItem: [{ UserID: user(n * 7) }] })],
  ["im_open_login_svc/account_import", (n) => ({ UserID: user(n * 7), Nick: "Again" })],
  ["profile/portrait_get", (n) => ({ To_Account: [user(n)], TagList: ["Tag_Profile_IM_Nick"] })],
  ["openim/sendmsg", (n) => ({
    From_Account: user(n),
    To_Account: user(n * 31 + 1),
    MsgRandom: n,
    MsgBody: text,
  })],
  ["group_open_http_svc/send_group_msg", (n) => ({ GroupId: group(n), Random: n, MsgBody: text })],
  ["group_open_http_svc/get_group_info", (n) => ({
    GroupIdList: [group(n)],
    ResponseFilter: { GroupBaseInfoFilter: ["Name", "MemberNum"] },
  })],
  [
    "group_open_http_svc/get_group_member_info",
    (n) => ({ GroupId: group(n), Limit: 10, Offset: 50 }),
  ],
  [
    "group_open_http_svc/get_joined_group_list",
    (n) => ({ Member_Account: user(n * 3), Limit: 10 }),
  ],
  ["group_open_http_svc/get_appid_group_list", (n) => ({ Limit: 10, Next: n % GROUPS })],
];

const rates: [command: string, rate: number][] = [];
let calls = 0;
let time = 0;
for (const [command, body] of kinds) {
  for (let n = 0; n < 200; n++) await call(command, body(n)); // Warm.
  const started = cpu();
  let n = 200;
  while (cpu() - started < SECONDS * 1000) {
    for (let more = 0; more < 100; more++) await call(command, body(n++));
  }
  const spent = cpu() - started;
  calls += n - 200;
  time += spent;
  rates.push([command, (n - 200) / spent * 1000]);
}
rates.push(["all together", calls / time * 1000]);
const path = (command: string) => `/v4/${command}?${query}`;
for (const at of [0, 5]) {
  const [command, body] = kinds[at]!;
  await socketRate(emulator, path(command), body(1), SOCKET_CALLS / 4); // Warm.
  const rate = await socketRate(emulator, path(command), body(1), SOCKET_CALLS);
  rates.push([`over sockets: ${command.split("/")[1]}`, rate]);
}
const figures: EmulatorFigures = {
  startMs: start,
  filledSeconds: filled,
  worldMiB: memory,
  endMiB: process.memoryUsage().rss / 2 ** 20,
  rates,
};
console.log("\n" + JSON.stringify(figures));
