/**
 * Takes the pictures of the README: `deno task pictures` makes `.github/pictures/*.png` with the system's
 * Chromium, from what the programs really show.
 */

import { pathToFileURL } from "node:url";
import { TimClient } from "../mod.ts";
import { EMULATOR_APP } from "../src/emulator/mod.ts";
import { type Chromium, findChromium, launchChromium } from "../test/support/chromium.ts";
import { tabTo } from "../test/support/page_audit.ts";
import { installRuntimes } from "./runtimes.ts";

const FOLDER = ".github/pictures";
const SIZE = { width: 960, height: 720 };

await installRuntimes();
const browser = await launchChromium(findChromium()!);
await Deno.mkdir(FOLDER, { recursive: true });
await doctorPicture(browser);
await startPictures(browser);
await browser.close();

/** The doctor's report of one illness of its laboratory. */
async function doctorPicture(browser: Chromium): Promise<void> {
  const file = await Deno.makeTempFile({ suffix: ".html" });
  const args = ["run", "-A", "test/doctor/lab.ts", "first bytes after 3.5 s", "--html", file];
  await new Deno.Command(Deno.execPath(), { args, stdout: "null", stderr: "null" }).output();
  const { page } = await browser.open(SIZE);
  await page.goto(pathToFileURL(file).href);
  await page.screenshot({ path: `${FOLDER}/doctor.png` });
  await Deno.remove(file);
}

/** The emulator's page after a few calls, one of them opened; and the console, where one is tried. */
async function startPictures(browser: Chromium): Promise<void> {
  const start = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "src/cli/bin.ts", "start", "--json", "--port", "0", "--emulator-port", "0"],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const { backend, console: address, token } = await firstDocument(start.stdout);
  const tim = new TimClient({ ...EMULATOR_APP, baseUrl: backend, retry: false });
  const call = (command: string, body: object) => tim.call(command, body).catch(() => {});
  await call("live_engine_http_srv/create_room", {
    RoomInfo: { RoomId: "coffee", RoomType: "Live", Owner_Account: "alice" },
  });
  await call("live_engine_http_srv/get_room_info", { RoomId: "tea" });
  await call("openim/sendmsg", {
    To_Account: "bob",
    MsgRandom: 7,
    cloudCustomData: "misspelt",
    MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "Hello" } }],
  });
  const emulator = await browser.open(SIZE);
  await emulator.page.goto(`${backend}/_emulator/`);
  await emulator.page.waitForFunction(() => document.querySelectorAll("#requests tr").length > 5);
  await tabTo(emulator.page, /sendmsg/);
  await emulator.page.keyboard.press("Enter");
  await emulator.page.screenshot({ path: `${FOLDER}/emulator.png` });
  const { page } = await browser.open(SIZE);
  await page.goto(address);
  await tabTo(page, "Token or API key");
  await page.keyboard.type(token);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#commands option"));
  await tabTo(page, "Run the doctor");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#report .verdict"));
  await tabTo(page, "Issue a UserSig");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#issued .verdict"));
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: `${FOLDER}/console.png` });
  start.kill("SIGTERM");
  await start.status;
}

/** The first JSON document that a program prints. */
async function firstDocument(
  stdout: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<{ backend: string; console: string; token: string }> {
  let text = "";
  for await (const chunk of stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.endsWith("}\n")) return JSON.parse(text);
  }
  throw new Error(`tim start ended: ${text}`);
}
