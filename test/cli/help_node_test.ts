import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { kill } from "node:process";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { regions } from "../../mod.ts";
import { readCommand } from "../../src/cli/doctor/options.ts";
import { helpText } from "../../src/cli/help_text.ts";
import { subcommands } from "../../src/cli/subcommands.ts";
import { VERSION } from "../../src/cli/version.ts";
import { createAuthority } from "../support/certificates.ts";
import { run } from "../support/run_main.ts";
import { serveEmulator } from "../support/served_emulator.ts";
import { tim } from "../support/tim_process.ts";
import config from "../../deno.json" with { type: "json" };

const test = suite("tim's help");
const { env, close } = await serveEmulator();
const folder = await mkdtemp(join(tmpdir(), "tim-help-"));
const certificate = join(folder, "root.pem");
await writeFile(certificate, (await createAuthority()).pem);
test.before(async () => {
  await run(["call", "group.createGroup", "Name=g", "Type=Public"], env);
});
test.after(async () => {
  await close();
  await rm(folder, { recursive: true });
});

/** A line of shell as words: pipes, variables before the command, quotes; nothing is run. */
function wordsOf(line: string): string[][] {
  const [command] = line.split(/ +# /);
  return command!.split(" | ").map((part) =>
    [...part.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2]!)
  );
}

/** Does what a shell would with the words before `tim`: sets variables, prints. */
function runLine(line: string): Promise<{ code: number; out: string; err: string }> {
  return wordsOf(line).reduce(async (before, words) => {
    const stdin = (await before).out;
    if (words[0] === "echo") return { code: 0, out: words[1]! + "\n", err: "" };
    if (words[0] === "printf") {
      return { code: 0, out: words[1]!.replaceAll("\\n", "\n"), err: "" };
    }
    const at = words.indexOf("tim");
    const end = words.indexOf(">");
    const variables = Object.fromEntries(words.slice(0, at).map((word) => word.split("=")));
    const args = words.slice(at + 1, end === -1 ? undefined : end);
    return await run(args, { ...env, ...variables }, stdin);
  }, Promise.resolve({ code: 0, out: "", err: "" }));
}

for (const [name, { manual }] of Object.entries(subcommands)) {
  test(`${name} --help fits 80 columns and tells usage, options, examples and exit codes`, async () => {
    const { code, out, err } = await run([name, "--help"]);
    assert.is(code, 0);
    assert.is(err, "");
    assert.is(out, await helpText(manual));
    for (const line of out.split("\n")) assert.ok(line.length <= 80, `${line.length}: ${line}`);
    for (const part of [`tim ${name}: `, "Usage: ", "Options:", "Examples:", "Exit codes: 0 "]) {
      assert.match(out, part);
    }
    const data = JSON.parse((await run([name, "--help", "--json"])).out);
    assert.is(data.name, name);
    assert.equal(data.examples, manual.examples);
    assert.is((await run(["help", name])).out, out);
  });

  for (const line of manual.examples) {
    if (name === "start" || name === "emulator") continue;
    test(`the example works: ${line}`, async () => {
      if (name === "doctor" && !line.startsWith("TIM_BASE_URL")) {
        // It would look at hosts of the world: its arguments alone are read.
        const [words] = wordsOf(line.replace(/ > .*/, "").replace("company-root.pem", certificate));
        assert.ok(await readCommand(words!.slice(2), {}));
        return;
      }
      const { code, out, err } = await runLine(
        line.replace("http://127.0.0.1:8788", env.TIM_BASE_URL),
      );
      assert.is(code, 0, err);
      assert.is.not(out, "");
      if (line.includes("--json")) JSON.parse(out);
    });
  }

  test(`${name} suggests the nearest option`, async () => {
    const operands = name === "usersig" ? ["sign"] : [];
    const { code, err } = await run([name, ...operands, "--jsno"], env);
    assert.is(code, 2);
    assert.match(err, "there is no option '--jsno'; did you mean --json?");
    assert.match(err, `Try: tim ${name} --help`);
  });

  test(`${name} reports a wrong option as one JSON document with --json`, async () => {
    const operands = name === "usersig" ? ["sign"] : [];
    const { code, out, err } = await run([name, ...operands, "--nonsense", "--json"], env);
    assert.is(code, 2);
    assert.is(err, "");
    const { error } = JSON.parse(out);
    assert.is(error.kind, "usage");
    assert.is(error.exitCode, 2);
    assert.match(error.message, "--nonsense");
  });
}

for (const name of ["start", "emulator"]) {
  for (const line of subcommands[name]!.manual.examples) {
    test(`the example starts: ${line}`, async () => {
      const [words] = wordsOf(line);
      const at = words!.indexOf("tim");
      const variables = Object.fromEntries(words!.slice(0, at).map((word) => word.split("=")));
      // The usual ports may be taken on this machine.
      const ports = name === "start" ? ["--port", "0", "--emulator-port", "0"] : ["--port", "0"];
      const real = "TIM_REGION" in variables &&
        { TIM_SDK_APP_ID: "1400000000", TIM_SECRET_KEY: "k" };
      const process = tim([...words!.slice(at + 1), ...ports], { ...variables, ...real });
      try {
        await process.printed(/Ctrl-C ends it/);
      } finally {
        // Round Deno's own `kill`, which reports the signal even of a process that survived it.
        kill(process.child.pid!, "SIGINT");
      }
      assert.is(await process.ended, 0);
    });
  }

  test(`${name} --json tells where it listens as one document, and ends with 0`, async () => {
    const ports = name === "start" ? ["--port", "0", "--emulator-port", "0"] : ["--port", "0"];
    const process = tim([name, "--json", ...ports]);
    try {
      await process.printed(/\n\}\n$/);
      const data = JSON.parse(process.out());
      assert.match(data.gateway ?? data.url, /^http:\/\/127\.0\.0\.1:\d+$/);
      const answer = await fetch(data.gateway ? `${data.gateway}/healthz` : data.url);
      assert.is(answer.status, 200);
      await answer.body?.cancel();
    } finally {
      kill(process.child.pid!, "SIGTERM");
    }
    assert.is(await process.ended, 0);
    const [line] = process.err().trimEnd().split("\n");
    assert.type(JSON.parse(line!), "object");
  });
}

test("the lines of the command line's page work, one after the other", async () => {
  const page = readFileSync("src/cli/README.md", "utf8");
  const lines = [...page.matchAll(/```sh\n([^]*?)```/g)].flatMap((match) =>
    match[1]!.trimEnd().split("\n")
  );
  assert.ok(lines.length >= 8);
  for (const line of lines) {
    const { code, out, err } = await runLine(line);
    assert.is(code, 0, `${line}: ${err}`);
    assert.is.not(out, "", line);
  }
  for (const name of Object.keys(subcommands)) {
    const row = `| \`tim ${name}\` `;
    if (name !== "help") assert.ok(page.includes(row), `src/cli/README.md has no row ${row}`);
  }
  const codes = JSON.parse((await run(["help", "exit-codes", "--json"])).out);
  for (const code of Object.keys(codes)) assert.match(page, new RegExp(`\\| .*\\b${code}\\b`));
});

test("tim --help lists every subcommand in 80 columns, --version the version", async () => {
  const { code, out } = await run(["--help"]);
  assert.is(code, 0);
  for (const name of Object.keys(subcommands)) assert.match(out, `\n  ${name} `);
  for (const line of out.split("\n")) assert.ok(line.length <= 80, line);
  assert.is((await run(["help"])).out, out);
  assert.is(VERSION, config.version);
  assert.is((await run(["--version"])).out, `tim ${VERSION}\n`);
  const { name, version, runtime } = JSON.parse((await run(["--version", "--json"])).out);
  assert.equal([name, version], [config.name, VERSION]);
  assert.match(runtime, /^(deno|bun|node) \d/);
});

test("--json may stand before the subcommand, and alone it is used wrongly", async () => {
  assert.is(JSON.parse((await run(["--json", "regions"])).out).length, regions.length);
  assert.is(
    JSON.parse((await run(["--json", "--help"])).out).subcommands.length,
    Object.keys(subcommands).length,
  );
  const { code, out } = await run(["--json"]);
  assert.is(code, 2);
  assert.is(JSON.parse(out).error.message, "name a subcommand");
});

test("tim --help loads manuals and little else", () => {
  const seen = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    const code = readFileSync(path, "utf8");
    for (const [, name] of code.matchAll(/^(?:import|export) (?!type)[^;]*?from "(\.[^"]+)"/gm)) {
      visit(join(dirname(path), name!));
    }
  };
  visit("src/cli/bin.ts");
  assert.ok(seen.size > 20, `${seen.size}`);
  for (const path of seen) {
    assert.match(path, /^src\/(cli|core)\/|^src\/api\/nearest\.ts$/, "its start would be slow");
  }
  const bytes = [...seen].reduce((sum, path) => sum + readFileSync(path).length, 0);
  assert.ok(bytes < 80_000, `${bytes} bytes`);
});

test("tim help exit-codes tells every code that a subcommand names", async () => {
  const { code, out } = await run(["help", "exit-codes"]);
  assert.is(code, 0);
  const codes = JSON.parse((await run(["help", "exit-codes", "--json"])).out);
  for (const { manual } of Object.values(subcommands)) {
    for (const each of Object.keys(manual.exitCodes)) assert.ok(each in codes, each);
  }
  for (const line of out.split("\n")) assert.ok(line.length <= 80, line);
});

test("a misspelt subcommand and topic get the nearest one", async () => {
  const { code, err } = await run(["strat"]);
  assert.is(code, 2);
  assert.match(err, 'tim: there is no subcommand "strat"; did you mean start?\nTry: tim --help\n');
  assert.match((await run(["help", "exit-code"])).err, "did you mean exit-codes?");
  const { error } = JSON.parse((await run(["strat", "--json"])).out);
  assert.match(error.message, "did you mean start?");
});

test.run();
