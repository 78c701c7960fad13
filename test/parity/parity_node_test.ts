import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { tim, type TimProcess } from "../support/tim_process.ts";

const APP = 1400731907;
const KEY = "c0ffee".repeat(10) + "abcd";
const ADMIN = "chief_of_app";

let emulator: TimProcess;
let url: string;
let folder: string;

test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), "parity-"));
  emulator = tim(["emulator", "--port", "0", "--quiet", "--app", `${APP}:${KEY}:${ADMIN}`]);
  [, url] = (await emulator.printed(/(http:\/\/[\d.:]+)\/v4/)) as unknown as [string, string];
});

test.after(async () => {
  emulator.child.kill();
  await emulator.ended;
  await rm(folder, { recursive: true });
});

/** Runs the suite against the app of the environment, as a person would. */
async function parity(
  words: string[],
  more: Record<string, string> = {},
  watch: (out: string, child: ChildProcess) => void = () => {},
) {
  const child = spawn(process.execPath, ["test/parity/main.ts", ...words], {
    env: {
      PATH: process.env.PATH,
      NODE_NO_WARNINGS: "1",
      TIM_PARITY: "1",
      TIM_SDK_APP_ID: String(APP),
      TIM_SECRET_KEY: KEY,
      TIM_IDENTIFIER: ADMIN,
      TIM_BASE_URL: url,
      ...more,
    },
  });
  let out = "";
  child.stdout.on("data", (text) => {
    out += text;
    watch(out, child);
  });
  child.stderr.on("data", (text) => out += text);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, out };
}

const control = async (method: string, path: string, body?: object) =>
  await (await fetch(`${url}/_emulator/${path}`, { method, body: JSON.stringify(body) })).json();

async function leftOver(): Promise<number[]> {
  const { apps } = await control("GET", `state?sdkAppId=${APP}`);
  const [{ accounts, groups, rooms }] = apps;
  return [accounts.list.filter((name: string) => name !== ADMIN).length, groups.total, rooms.total];
}

/** How many calls of a command the emulator has answered with success. */
async function succeeded(command: string): Promise<number> {
  const { requests } = await control("GET", `log?limit=1000&command=${command}`);
  return requests.filter(({ errorCode }: { errorCode: number }) => errorCode === 0).length;
}

test("parity: another app over a socket agrees in every scenario, and nothing is left of them", async () => {
  const file = join(folder, "report.json");
  const { code, out } = await parity(["--report", file]);
  assert.is(code, 0, out);
  assert.match(out, /\n(\d{2,}) same, 0 differ, 0 broke off\n$/);
  assert.equal(await leftOver(), [0, 0, 0]);
  const official = "official_account_open_http_svc";
  const made = await succeeded(`${official}/create_official_account`);
  assert.ok(made > 0);
  assert.is(await succeeded(`${official}/destroy_official_account`), made);
  const text = await readFile(file, "utf8");
  for (const secret of [KEY, String(APP), ADMIN, "eJ"]) {
    assert.is(text.includes(secret), false, secret);
    assert.is(out.includes(secret), false, secret);
  }
  const { region, scenarios } = JSON.parse(text);
  assert.is(region, "an address of its own");
  assert.is.not(scenarios.flatMap(({ exchanges }: { exchanges: [] }) => exchanges).length, 0);
});

test("parity: what an app answers otherwise is told, and what was made is deleted", async () => {
  const command = "group_open_http_svc/modify_group_base_info";
  await control("POST", "faults", { kind: "error", value: 10007, command });
  const file = join(folder, "deviation.json");
  const { code, out } = await parity([
    "a Public group",
    "an account is imported",
    "--report",
    file,
  ]);
  await control("DELETE", "faults");
  assert.is(code, 1, out);
  assert.match(out, /✓ same {6}accounts: an account is imported/);
  assert.match(out, /✗ differs {3}groups: a Public group[^]*step 4, \S+\/modify_group_base_info/);
  assert.match(out, /ErrorCode is 10007, we answer 0/);
  assert.match(out, /it says: The emulator was asked for this code/);
  assert.match(out, /GroupInfo\[0\]\.Name is "Club", we answer "Chess club"/);
  assert.match(out, /\n1 same, 1 differ, 0 broke off\n$/);
  assert.equal(await leftOver(), [0, 0, 0]);
  const { scenarios } = JSON.parse(await readFile(file, "utf8"));
  assert.equal(scenarios.map(({ verdict }: { verdict: string }) => verdict), ["same", "differs"]);
});

test("parity: a connection that breaks ends its scenario, and what was made is deleted", async () => {
  const command = "group_open_http_svc/modify_group_base_info";
  await control("POST", "faults", { kind: "close", command });
  const { code, out } = await parity(["a Public group"]);
  await control("DELETE", "faults");
  assert.is(code, 1, out);
  assert.match(
    out,
    /! broke off groups: a Public group[^]*modify_group_base_info was not answered/,
  );
  assert.is(out.includes("usersig=eJ"), false);
  assert.equal(await leftOver(), [0, 0, 0]);
});

test("parity: Ctrl-C ends the run after its present call, and what was made is deleted", async () => {
  await control("POST", "faults", { kind: "delay", value: 100, command: "openim/sendmsg" });
  let interrupted = false;
  const { code, out } = await parity(["messages:"], {}, (text, child) => {
    if (!interrupted && /same/.test(text)) interrupted = child.kill("SIGINT");
  });
  await control("DELETE", "faults");
  assert.is(code, 1, out);
  assert.match(out, /Deleting what was made/);
  assert.match(out, /! broke off messages: .*\n {4}stopped\n/);
  assert.equal(await leftOver(), [0, 0, 0]);
});

test("parity: without an app, with a wrong word or with the well-known key elsewhere it says what is wrong", async () => {
  const none = { TIM_SDK_APP_ID: "", TIM_SECRET_KEY: "", TIM_IDENTIFIER: "", TIM_BASE_URL: "" };
  const unset = await parity([], none);
  assert.is(unset.code, 2);
  assert.match(unset.out, /TIM_PARITY is set, but no app is: set TIM_SDK_APP_ID/);
  const misspelt = await parity(["grupps"]);
  assert.is(misspelt.code, 2);
  assert.match(misspelt.out, /No scenario has grupps in its name/);
  const elsewhere = await parity([], {
    TIM_SECRET_KEY: "0123456789abcdef".repeat(4),
    TIM_BASE_URL: "https://api.example.org",
  });
  assert.is(elsewhere.code, 2);
  assert.match(elsewhere.out, /everybody knows/);
});

test.run();
