/**
 * What the types of all commands cost a program that uses two of them: the compiler's time and memory, and
 * an editor's, by the language server of the same compiler. Prints them as JSON.
 */

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { tool } from "../../test/support/tool.mjs";

/** One program's figures; times in milliseconds, memory in megabytes. */
export interface TypeFigures {
  program: string;
  checkMs: number;
  megabytes: number;
  /** Until the editor has looked at it, until it offers commands, and what it holds then. */
  editor: { openMs: number; completeMs: number; megabytes: number };
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const ROUNDS = 5;
const call = (client: string) =>
  `export const list = (tim: ${client}) => tim.call("group_open_http_svc/get_appid_group_list", { Limit: 2 });\n` +
  `export const room = (tim: ${client}) => tim.call("live_engine_http_srv/get_room_info", { RoomId: "r" });\n`;

const programs: Record<string, string> = {
  "no import": "export const nothing = (tim: { call(name: string, body: object): void }) =>\n" +
    '  tim.call("group_open_http_svc/get_appid_group_list", {});\n',
  "BaseClient, untyped": `import type { BaseClient } from "${root}/mod.ts";\n${call("BaseClient")}`,
  "TimClient, two commands": `import type { TimClient } from "${root}/mod.ts";\n${
    call("TimClient")
  }`,
  "createTim, two named calls": `import { createTim } from "${root}/src/api/mod.ts";\n` +
    'const tim = createTim({ sdkAppId: 1, secretKey: "k" });\n' +
    "export const list = () => tim.group.getAppidGroupList({ Limit: 2 });\n" +
    'export const room = () => tim.live.getRoomInfo({ RoomId: "r" });\n' +
    'export const call = () => tim.call("live_engine_http_srv/get_room_info", { RoomId: "r" });\n',
};

const compiler = dirname(tool.resolve("typescript/package.json"));
const { default: getExePath } = await import(
  pathToFileURL(join(compiler, "lib/getExePath.js")).href
);
const exe: string = getExePath();
const figures: TypeFigures[] = [];
for (const [program, text] of Object.entries(programs)) {
  const folder = mkdtempSync("/tmp/tim-types-");
  try {
    const file = join(folder, "program.ts");
    writeFileSync(file, text);
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config(file)));
    const checks = Array.from({ length: ROUNDS }, () => check(folder));
    figures.push({
      program,
      checkMs: median(checks.map(({ ms }) => ms)),
      megabytes: median(checks.map(({ megabytes }) => megabytes)),
      editor: await edit(file, text),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
console.log("\n" + JSON.stringify(figures));
process.exit(0);

function config(file: string): object {
  return {
    compilerOptions: {
      strict: true,
      noEmit: true,
      allowImportingTsExtensions: true,
      module: "esnext",
      moduleResolution: "bundler",
      target: "esnext",
      lib: ["esnext", "dom", "dom.iterable", "dom.asynciterable"],
      types: [],
      skipLibCheck: true,
    },
    files: [file],
  };
}

/** One run of the compiler. */
function check(folder: string): { ms: number; megabytes: number } {
  const { status, stdout } = spawnSync(exe, ["--project", folder, "--extendedDiagnostics"], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stdout);
  const figure = (name: string) => Number(new RegExp(`${name}:\\s+([\\d.]+)`).exec(stdout)![1]);
  return {
    ms: Math.round(figure("Total time") * 1000),
    megabytes: Math.round(figure("Memory used") / 1000),
  };
}

/** What an editor does: opens the file, wants its faults, and completes the name of a command. */
async function edit(file: string, text: string): Promise<TypeFigures["editor"]> {
  const server = spawn(exe, ["--lsp", "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
  const waiting = new Map<number, (result: unknown) => void>();
  let received = Buffer.alloc(0);
  server.stdout.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const end = received.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(received.toString("latin1", 0, end))![1]);
      if (received.length < end + 4 + length) return;
      const message = JSON.parse(received.toString("utf8", end + 4, end + 4 + length));
      received = received.subarray(end + 4 + length);
      if (message.method === undefined) waiting.get(message.id)?.(message.result ?? message.error);
      else if (message.id !== undefined) write({ id: message.id, result: null });
    }
  });
  let ids = 0;
  const write = (message: object) => {
    const json = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`);
  };
  const ask = (method: string, params: object) =>
    new Promise((resolve) => {
      waiting.set(++ids, resolve);
      write({ id: ids, method, params });
    });
  const uri = pathToFileURL(file).href;
  const rootUri = pathToFileURL(dirname(file)).href;
  await ask("initialize", { processId: process.pid, rootUri, capabilities: {} });
  write({ method: "initialized", params: {} });
  const from = performance.now();
  write({
    method: "textDocument/didOpen",
    params: { textDocument: { uri, languageId: "typescript", version: 1, text } },
  });
  await ask("textDocument/diagnostic", { textDocument: { uri } });
  const openMs = performance.now() - from;
  const lines = text.split("\n");
  const line = lines.findIndex((one) => one.includes(".call("));
  const position = { line, character: lines[line]!.indexOf('("') + 2 };
  await ask("textDocument/completion", { textDocument: { uri }, position });
  const completeMs = performance.now() - from - openMs;
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(
    readFileSync(`/proc/${server.pid}/status`, "utf8"),
  )!;
  server.kill("SIGKILL");
  return {
    openMs: Math.round(openMs),
    completeMs: Math.round(completeMs),
    megabytes: Math.round(Number(kilobytes) / 1000),
  };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
