/** Runs the blocks of `src/emulator/README.md` as a reader would, each with the program that it is for. */

import { spawn, spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { programs } from "../support/programs.ts";
import { tim, type TimProcess } from "../support/tim_process.ts";

const ROOT = resolve(".");
/** The Deno that runs the tests; it need not be on the path. */
const DENO = programs().deno;
let folder: string;
const blocks = new Map<string, string>();

test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), "recipes-"));
  const page = await readFile("src/emulator/README.md", "utf8");
  for (const [, name, text] of page.matchAll(/<!-- run: (\S+) -->\n+```[^\n]*\n([^]*?)```/g)) {
    blocks.set(name!, text!);
    await writeFile(join(folder, name!), text!);
  }
  await installPackage();
});
test.after(async () => await rm(folder, { recursive: true }));

/** Puts the package where programs look for it: its own sources, and `tim`. */
async function installPackage(): Promise<void> {
  const home = join(folder, "node_modules/@tim/edge");
  await mkdir(join(folder, "node_modules/.bin"), { recursive: true });
  await mkdir(home, { recursive: true });
  const config = JSON.parse(await readFile("deno.json", "utf8"));
  await writeFile(
    join(home, "package.json"),
    JSON.stringify({ name: "@tim/edge", type: "module", exports: config.exports }),
  );
  for (const part of ["mod.ts", "src"]) await symlink(join(ROOT, part), join(home, part));
  const imports = Object.entries<string>(config.exports).map(([name, path]) => [
    `@tim/edge${name.slice(1)}`,
    pathToFileURL(path).href,
  ]);
  await writeFile(
    join(folder, "deno.json"),
    JSON.stringify({ imports: { ...config.imports, ...Object.fromEntries(imports) } }),
  );
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  const program = join(folder, "node_modules/.bin/tim");
  const node = JSON.stringify(process.execPath);
  await writeFile(
    program,
    `#!/bin/sh\nexec ${node} ${JSON.stringify(`${ROOT}/src/cli/bin.ts`)} "$@"\n`,
  );
  await chmod(program, 0o755);
}

/** Runs a program in the folder, to its end. */
function run(program: string, args: string[], env: Record<string, string> = {}) {
  return new Promise<{ code: number | null; out: string }>((done, reject) => {
    const child = spawn(program, args, {
      cwd: folder,
      // This project's own settings must not reach the programs.
      env: {
        PATH: [join(process.execPath, ".."), process.env.PATH].join(delimiter),
        HOME: process.env.HOME,
        NO_COLOR: "1",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 60_000,
    });
    let out = "";
    child.stdout.on("data", (text) => out += text);
    child.stderr.on("data", (text) => out += text);
    child.on("error", reject);
    child.on("close", (code) => done({ code, out }));
  });
}

const passed = ({ code, out }: { code: number | null; out: string }, pattern: RegExp) => {
  assert.is(code, 0, out);
  assert.match(out, pattern);
};

/** A program of one of the packages in `test/tools`. */
async function toolProgram(name: string, path: string): Promise<string> {
  const store = "test/tools/node_modules/.deno";
  const found = (await readdir(store)).find((entry) =>
    entry.startsWith(`${name.replace("/", "+")}@`) ||
    (name === "bun" && /^@oven\+bun-(?!.*musl)/.test(entry))
  );
  assert.ok(found, `${name} is not in ${store}`);
  const owner = found.slice(0, found.indexOf("@", 1)).replace("+", "/");
  return resolve(store, found, "node_modules", owner, path);
}

function missing(program: string, ...args: string[]): boolean {
  if (spawnSync(program, args).status === 0) return false;
  console.error(`SKIPPED: the recipe of ${program}, which this machine does not have`);
  return true;
}

test("recipe: node --test", async () => {
  const file = join(folder, "node.test.ts");
  passed(await run(process.execPath, ["--test", file]), /pass 1/);
});

test("recipe: deno test", async () => {
  if (missing(DENO, "--version")) return;
  passed(await run(DENO, ["test", "--allow-all", "--no-check", "deno_test.ts"]), /1 passed/);
});

test("recipe: bun test, and vitest with the other import", async () => {
  const bun = await toolProgram("bun", "bin/bun");
  passed(await run(bun, ["test", "./bun.test.ts"]), /1 pass\n/);
  const text = blocks.get("bun.test.ts")!.replace('"bun:test"', '"vitest"');
  await writeFile(join(folder, "vitest.test.ts"), text);
  const vitest = await toolProgram("vitest", "vitest.mjs");
  await symlink(join(vitest, ".."), join(folder, "node_modules/vitest"));
  passed(
    await run(process.execPath, [vitest, "run", "vitest.test.ts"]),
    /Tests {2}1 passed/,
  );
});

test("recipe: set-up and tear-down of jest and others", async () => {
  const script = `
    import setup from "./setup.mjs";
    import teardown from "./teardown.mjs";
    await setup();
    const answer = await (await fetch(process.env.TIM_BASE_URL)).text();
    teardown();
    console.log(answer);`;
  passed(await run(process.execPath, ["--input-type=module", "--eval", script]), /Emulator of/);
});

test("recipe: playwright's webServer", async () => {
  const { default: { webServer } } = await import(
    pathToFileURL(join(folder, "playwright.config.js")).href
  );
  const port = 20_000 + process.pid % 10_000;
  const at = (text: string) => text.replace("8788", String(port));
  assert.is(at(webServer.url), `http://127.0.0.1:${port}`);
  const child = spawn(at(webServer.command), {
    cwd: folder,
    shell: true,
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  });
  try {
    await new Promise((ready) => child.stdout.once("data", ready));
    assert.is((await fetch(at(webServer.url))).status, 200);
  } finally {
    process.kill(-child.pid!);
  }
});

test("recipe: Python by a base address, and by a CA of its own", async () => {
  if (missing("python3", "--version")) return;
  const plain = tim(["emulator", "--port", "0", "--quiet"]);
  const TIM_BASE_URL = (await plain.printed(/(http:\/\/[\d.:]+)\/v4/))[1]!;
  passed(await run("python3", ["call.py", "mira"], { TIM_BASE_URL }), /^OK/);
  await ended(plain);
  const { emulator, url } = await secure();
  const wrong = await run("python3", ["call.py", "mira"], { TIM_BASE_URL: url });
  assert.match(wrong.out, /CERTIFICATE_VERIFY_FAILED/);
  const trust = { TIM_BASE_URL: url, SSL_CERT_FILE: "ca.pem" };
  passed(await run("python3", ["call.py", "mira"], trust), /^OK/);
  await ended(emulator);
});

const GO = `package main
import ("fmt"; "io"; "net/http"; "os")
func main() {
  answer, err := http.Get(os.Args[1])
  if err != nil { fmt.Println(err); os.Exit(1) }
  text, _ := io.ReadAll(answer.Body)
  fmt.Println(string(text))
}`;
const JAVA = `import java.net.URI;
import java.net.http.*;
public class Get {
  public static void main(String[] args) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(args[0])).build();
    System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}`;
const NODE = "await fetch(process.argv[1]).then((answer) => answer.text()).then(console.log)";

test("recipe: every way to trust the emulator's CA that the page names", async () => {
  const { emulator, url } = await secure();
  await writeFile(join(folder, "get.go"), GO);
  await writeFile(join(folder, "Get.java"), JAVA);
  await writeFile(join(folder, "get.mjs"), NODE.replace("argv[1]", "argv[2]"));
  const page = await readFile("src/emulator/README.md", "utf8");
  const trusts = async (program: string, args: string[], env: Record<string, string> = {}) => {
    for (const [name, value] of Object.entries(env)) assert.ok(page.includes(`${name}=${value}`));
    const [bare, trusting] = await Promise.all([run(program, args), run(program, args, env)]);
    assert.is.not(bare.code, 0, `${program} trusts anybody`);
    passed(trusting, /Emulator of/);
  };
  await trusts(process.execPath, ["get.mjs", url], { NODE_EXTRA_CA_CERTS: "ca.pem" });
  await trusts(await toolProgram("bun", "bin/bun"), ["get.mjs", url], {
    NODE_EXTRA_CA_CERTS: "ca.pem",
  });
  if (!missing(DENO, "--version")) {
    await trusts(DENO, ["run", "-A", "get.mjs", url], { DENO_CERT: "ca.pem" });
  }
  if (!missing("curl", "--version")) {
    await trusts("curl", ["--silent", "--fail", url], { CURL_CA_BUNDLE: "ca.pem" });
  }
  if (!missing("go", "version")) {
    passed(await run("go", ["build", "-o", "get", "get.go"], { GOFLAGS: "-mod=mod" }), /^/);
    await trusts(join(folder, "get"), [url], { SSL_CERT_FILE: "ca.pem" });
  }
  if (!missing("java", "--version") && !missing("keytool", "-help")) {
    const row = page.split("\n").find((line) => line.startsWith("| Java"))!;
    const [keytool, java] = [...row.matchAll(/`([^`]+)`/g)].map(([, text]) => text!.split(" "));
    passed(await run(keytool![0]!, keytool!.slice(1)), /^/);
    passed(await run(java![0]!, [...java!.slice(1), "Get.java", url]), /Emulator of/);
  }
  await ended(emulator);
});

/** An emulator with a certificate for localhost, whose CA lies in the folder. */
async function secure(): Promise<{ emulator: TimProcess; url: string }> {
  const ca = join(folder, "ca.pem");
  const emulator = tim([
    "emulator",
    "--port",
    "0",
    "--quiet",
    "--tls",
    "localhost",
    "--tls-ca",
    ca,
  ]);
  const [, port] = await emulator.printed(/https:\/\/[\d.]+:(\d+)\/v4/);
  return { emulator, url: `https://localhost:${port}` };
}

async function ended(emulator: TimProcess): Promise<void> {
  emulator.child.kill();
  await emulator.ended;
}

test.run();
