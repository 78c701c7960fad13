/**
 * Runs every example in the READMEs and the docstrings, one after the other, against an emulator: where an
 * example says `region: "sgp"`, it gets the emulator's address in its place, and no other host answers.
 *
 * An example fails when it throws; when a line like `console.log(x); // 3` prints something else than its
 * comment says; and when what it serves (`Deno.serve`, or `fetch` of its default export) fails to answer a
 * request. Fences with `ignore` are left out.
 */

import { createTim } from "../src/api/mod.ts";
import { createEmulator, EMULATOR_APP } from "../src/emulator/mod.ts";

/** The app of the examples. */
const app = {
  sdkAppId: 1400000000,
  secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
};

/** What stands for the emulator; an example without it calls nothing. */
const BACKEND = 'region: "sgp"';

interface Example {
  /** `file:line`. */
  where: string;
  code: string;
}

const examples = [...filesIn("."), ...filesIn("src"), ...filesIn("examples")].flatMap(readExamples);
const folder = await Deno.makeTempDir();
let emulator = createEmulator();
const server = Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen: () => {} },
  (request) => emulator.fetch(request),
);
const baseUrl = `http://127.0.0.1:${server.addr.port}`;
const lines: string[] = [];
const served: ((request: Request) => Response | Promise<Response>)[] = [];
prepare();

let failed = 0;
for (const [index, example] of examples.entries()) {
  lines.length = served.length = 0;
  try {
    await runExample(example, `${folder}/${index}.ts`);
  } catch (error) {
    failed++;
    Deno.stderr.writeSync(new TextEncoder().encode(
      `${example.where}: ${(error as Error)?.stack ?? error}\n${lines.join("\n")}\n\n`,
    ));
  }
}
await Deno.remove(folder, { recursive: true });
Deno.stdout.writeSync(new TextEncoder().encode(`${examples.length} examples, ${failed} failed\n`));
Deno.exit(failed > 0 || examples.length < 40 ? 1 : 0);

function filesIn(path: string): string[] {
  return [...Deno.readDirSync(path)].flatMap(({ name, isDirectory }) => {
    if (isDirectory) return path === "." ? [] : filesIn(`${path}/${name}`);
    return /\.(md|ts)$/.test(name) ? [`${path}/${name}`] : [];
  });
}

function readExamples(file: string): Example[] {
  let text = Deno.readTextFileSync(file);
  // In a source, only what stands in docstrings counts; the lines keep their numbers.
  if (file.endsWith(".ts")) text = text.replace(/^[ \t]*(?:\* ?(.*)|.*)$/gm, "$1");
  return [...text.matchAll(/^```tsx? *(.*)\n([^]*?)^```/gm)]
    .filter(([, attributes]) => !attributes!.includes("ignore"))
    .map(({ 2: code, index }) => ({
      where: `${file}:${text.slice(0, index).split("\n").length}`,
      code: code!,
    }));
}

/** What every example finds: the environment, and a platform that knows no other host than this machine. */
function prepare(): void {
  // The doctor's examples would look at this machine's own proxy.
  for (const name of ["https_proxy", "HTTPS_PROXY"]) Deno.env.delete(name);
  Deno.env.set("TIM_SDK_APP_ID", String(app.sdkAppId));
  Deno.env.set("TIM_SECRET_KEY", app.secretKey);
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => {
    const { hostname } = new URL(input instanceof Request ? input.url : input);
    if (hostname === "127.0.0.1") return fetch(input, init);
    throw new Error(`An example may not reach ${hostname}: say region: "sgp" for the backend`);
  };
  for (const level of ["log", "warn", "error", "info"] as const) {
    console[level] = (...values: unknown[]) => lines.push(values.map(show).join(" "));
  }
  const serve = (...given: unknown[]) => {
    served.push(given.find((one) => typeof one === "function") as typeof served[number]);
  };
  Object.defineProperty(Deno, "serve", { value: serve });
  Object.assign(globalThis, {
    prints(wanted: string, ...values: unknown[]) {
      const printed = values.map(show).join(" ");
      const asJson = values.map((value) => JSON.stringify(value)).join(" ");
      if (printed !== wanted && asJson !== wanted) {
        throw new Error(`prints ${printed}, and its comment says ${wanted}`);
      }
    },
  });
}

function show(value: unknown): string {
  return typeof value === "string" ? value : Deno.inspect(value, { breakLength: Infinity });
}

/** The backend as every example finds it: four users, a group and a live room. */
async function seed(): Promise<void> {
  emulator = createEmulator({ apps: [{ ...app, admins: ["administrator"] }, EMULATOR_APP] });
  const tim = createTim({ ...app, baseUrl });
  await tim.account.multiaccountImport({ Accounts: ["alice", "bob", "mira", "omar"] });
  await tim.group.createGroup({
    GroupId: "book-club",
    Name: "Book club",
    Type: "Public",
    Owner_Account: "alice",
  });
  await tim.live.createRoom({
    RoomInfo: { RoomId: "coffee_hour", RoomType: "Live", Owner_Account: "mira" },
  });
}

async function runExample({ code }: Example, path: string): Promise<void> {
  if (code.includes(BACKEND)) await seed();
  await Deno.writeTextFile(
    path,
    code.replaceAll(BACKEND, `baseUrl: "${baseUrl}"`)
      .replace(
        /^( *)console\.log\((.*)\); \/\/ (.+)$/gm,
        (_, indent, values, wanted) => `${indent}prints(${JSON.stringify(wanted)}, ${values});`,
      ),
  );
  const { default: exported } = await import(`file://${path}`);
  if (exported?.fetch) {
    served.push((request) => exported.fetch(request, Deno.env.toObject(), { waitUntil() {} }));
  }
  for (const handler of served) {
    const response = await handler(new Request("http://localhost/"));
    await response.body?.cancel();
    if (response.status >= 500) throw new Error(`it answers ${response.status}`);
  }
}
