import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { run } from "../support/run_main.ts";
import { timWords } from "../support/tim_process.ts";

const test = suite("tim completion");

/** What could stand in place of the last word. */
async function offered(...words: string[]): Promise<string[]> {
  const { code, out, err } = await run(["__complete", ...words]);
  assert.is(code, 0, err);
  return out.split("\n").filter((line) => line !== "").map((line) => line.split("\t")[0]!);
}

for (
  const [words, expected] of [
    [["re"], ["regions"]],
    [["--v"], ["--version"]],
    [["call", "live_engine_http_srv/creat"], ["live_engine_http_srv/create_room"]],
    [["call", "live.createR"], ["live.createRoom"]],
    [["call", "li"], ["live.", "live_engine_http_srv/", "live_engine_http_pk/"]],
    [["call", "live.createRoom", "Ro"], ["RoomInfo."]],
    [["call", "live.createRoom", "RoomInfo.Rooml"], []],
    [["call", "live.createRoom", "RoomInfo.RoomN"], ["RoomInfo.RoomName="]],
    [["call", "live.createRoom", "RoomInfo.TakeSeatMode=A"], ["RoomInfo.TakeSeatMode=ApplyToTake"]],
    [["call", "live.createRoom", "RoomInfo.IsPublicVisible="], [
      "RoomInfo.IsPublicVisible=true",
      "RoomInfo.IsPublicVisible=false",
    ]],
    [["call", "group.addGroupMember", "M"], ["MemberList[0]."]],
    [["call", "group.addGroupMember", "MemberList[0].M"], ["MemberList[0].Member_Account="]],
    [["call", "openim/query_online_status", "To"], ["To_Account="]],
    [["call", "openim/sendmsg", "MsgBody[0].MsgType=TIMT"], ["MsgBody[0].MsgType=TIMTextElem"]],
    [["call", "--emulator", "live.createRoom", "--dr"], ["--dry-run"]],
    [["call", "live.createRoom", "--data", ""], []],
    [["call", "--list", "gro"], ["groupMessage.", "group.", "group_open_http_svc/"]],
    [["errors", "1000"], ["10002", "10003", "10004"]],
    [["errors", "--lang", "z"], ["zh"]],
    [["doctor", "--region", "s"], ["sgp"]],
    [["doctor", "--lang=j"], ["--lang=ja"]],
    [["doctor", "--only", "tls,clo"], ["tls,clock"]],
    [["doctor", "di"], ["diff"]],
    [["usersig", "ver"], ["verify"]],
    [["usersig", "verify", "--s"], ["--skew", "--sdk-app-id"]],
    [["usersig", "sign", "--privileges", "enterRoom,sendA"], ["enterRoom,sendAudio"]],
    [["start", "--allow", "live_engine_http_pk/"], []],
    [["emulator", "--trial", "--tri"], []],
    [["completion", ""], ["bash", "zsh", "fish"]],
    [["help", "ex"], ["exit-codes"]],
    [["nonsense", ""], []],
  ] as [string[], string[]][]
) {
  test(`offers ${expected.join(" ") || "something else"} for ${words.join(" ")}`, async () => {
    const found = await offered(...words);
    if (words[0] === "start") assert.ok(found.includes("live_engine_http_pk/create_battle"));
    else for (const word of expected) assert.ok(found.includes(word), `${word}: ${found}`);
    if (expected.length === 0 && words[0] !== "start") assert.equal(found, []);
    for (const word of found) assert.ok(word.startsWith(words.at(-1)!), word);
  });
}

/** A folder with a `tim` in it, as on a PATH. */
const folder = mkdtempSync(join(tmpdir(), "tim-completion-"));
const program = join(folder, "tim");
writeFileSync(program, `#!/bin/sh\nexec ${timWords().map((word) => `'${word}'`).join(" ")} "$@"\n`);
chmodSync(program, 0o755);
test.after(() => rmSync(folder, { recursive: true }));
const env = {
  PATH: `${folder}:${process.env.PATH}`,
  HOME: folder,
  NODE_NO_WARNINGS: "1",
  TERM: "dumb",
};

async function scriptOf(shell: string): Promise<string> {
  const { code, out } = await run(["completion", shell]);
  assert.is(code, 0);
  const path = join(folder, `tim.${shell}`);
  writeFileSync(path, out);
  return path;
}

const has = (program: string) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;

test("bash completes with the script, though it breaks words at = itself", async () => {
  const path = await scriptOf("bash");
  const lines = [
    ["tim regi", "regions "],
    ["tim call live.createRoo", "live.createRoom "],
    ["tim call live.createRoom RoomInfo.TakeSeatMode=Ap", "ApplyToTake "],
    ["tim call live.createRoom RoomInfo.RoomN", "RoomInfo.RoomName="],
    ["tim call openim/sendmsg 'MsgBody[0].MsgT", "MsgBody[0].MsgType="],
  ];
  for (const [line, added] of lines) {
    // Splits as bash does, then asks the function that the script has registered.
    const asking = `
      source "$1"
      COMP_LINE=$2 COMP_POINT=\${#2}
      COMP_WORDS=(\${2//=/ = }) COMP_CWORD=$((\${#COMP_WORDS[@]}-1))
      declare -F _tim >/dev/null && complete -p tim >/dev/null || exit 9
      _tim tim "\${COMP_WORDS[COMP_CWORD]}" ""
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    const out = execFileSync("bash", ["--norc", "-c", asking, "bash", path, line!], {
      env,
      encoding: "utf8",
    });
    assert.is(out.trim(), added!.trim(), line);
  }
});

(has("script") ? test : test.skip)(
  "bash completes a line that is typed at a terminal",
  async () => {
    const path = await scriptOf("bash");
    const typed = "tim call live.createRoom RoomInfo.TakeSeatMode=Ap\t --dry\t\nexit\n";
    writeFileSync(join(folder, "tim.inputrc"), "set enable-bracketed-paste off\n");
    const { stdout } = spawnSync(
      "script",
      ["-qec", `bash --noprofile --rcfile ${path} -i`, "/dev/null"],
      {
        env: { ...env, INPUTRC: join(folder, "tim.inputrc"), TIM_BASE_URL: "", PS1: "$ " },
        input: typed,
        encoding: "utf8",
        timeout: 60_000,
      },
    );
    assert.match(stdout, "RoomInfo.TakeSeatMode=ApplyToTake");
    assert.match(stdout, "--dry-run");
  },
);

(has("zsh") ? test : test.skip)("zsh takes the script, and completes", async () => {
  const path = await scriptOf("zsh");
  // compadd is replaced outside a completion, which zsh allows nowhere else: what it is given counts.
  const asking = `
    compadd() { local name=\${@[-1]}; print -rl -- "\${(@P)name}"; }
    compdef() { :; }
    source "$1"
    words=("\${@:2}") CURRENT=$(($# - 1))
    _tim`;
  const ask = (...words: string[]) =>
    execFileSync("zsh", ["-f", "-c", asking, "zsh", path, "tim", "call", ...words], {
      env,
      encoding: "utf8",
    }).trim();
  assert.is(ask("live.createRoom", "RoomInfo.TakeSeatMode=A"), "RoomInfo.TakeSeatMode=ApplyToTake");
  // As zsh itself writes what it has put in, and as people write it.
  assert.is(ask("openim/sendmsg", "MsgBody\\[0\\].MsgT"), "MsgBody[0].MsgType=");
  assert.is(ask("openim/sendmsg", "'MsgBody[0].MsgT"), "MsgBody[0].MsgType=");
});

(has("fish") ? test : test.skip)("fish completes with the script", async () => {
  const path = await scriptOf("fish");
  const asking = "source $argv[1]; complete --do-complete $argv[2]";
  const ask = (line: string) =>
    execFileSync("fish", ["--no-config", "-c", asking, path, line], { env, encoding: "utf8" });
  assert.match(
    ask("tim call live.createRoom RoomInfo.TakeSeatMode=A"),
    "RoomInfo.TakeSeatMode=ApplyToTake",
  );
  assert.match(ask("tim call openim/sendmsg 'MsgBody[0].MsgT"), "MsgBody[0].MsgType=");
});

test("names the shells that it knows", async () => {
  const { code, err } = await run(["completion", "bahs"]);
  assert.is(code, 2);
  assert.match(err, "did you mean bash?");
  assert.match(
    JSON.parse((await run(["completion", "fish", "--json"])).out).script,
    "complete -c tim",
  );
});

test.run();
