/** The emulator's page in real Chromium, as somebody with a keyboard alone uses it. */

import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createEmulator, EMULATOR_ADMIN, EMULATOR_APP } from "../../src/emulator/mod.ts";
import type { Listening } from "../../src/runtime/serve.ts";
import { serveEmulator } from "../../src/runtime/serve_emulator.ts";
import { type Caller, callerOf } from "../parity/caller.ts";
import {
  type Chromium,
  findChromium,
  launchChromium,
  type Page,
  type WatchedPage,
} from "../support/chromium.ts";
import { faintTexts, focused, stickingOut, tabTo } from "../support/page_audit.ts";

const chromium = findChromium();
const test = suite("the emulator's page");
let browser: Chromium;
let server: Listening;
let call: Caller;
const NAME = "im_open_login_svc/account_import";

const control = async (method: string, path: string, body?: object) =>
  await (await fetch(`${server.url}/_emulator/${path}`, { method, body: JSON.stringify(body) }))
    .json();

/** An emulator of the test's own, and its page with a request in it. */
async function opened(
  options: Parameters<Chromium["open"]>[0] = {},
  hash = "",
): Promise<WatchedPage> {
  const watched = await browser.open(options);
  await call(NAME, { UserID: "mira" });
  await call("openim/sendmsg", { From_Account: "mira", To_Account: "nobody", cloudCustomData: "" });
  await watched.page.goto(`${server.url}/_emulator/${hash}`);
  await rowsWith(watched.page, "openim/sendmsg");
  return watched;
}

/** Waits until a request's row is shown. */
const rowsWith = (page: Page, text: string) =>
  page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll<HTMLElement>("#requests tr:not([hidden])")]
        .some((row) => row.textContent!.includes(wanted)),
    text,
  );

const textOf = (page: Page, id: string) =>
  page.evaluate((name) => document.getElementById(name)!.textContent!, id);

const told = (page: Page, id: string, text: string) =>
  page.waitForFunction(
    ([name, wanted]) => document.getElementById(name!)!.textContent!.includes(wanted!),
    [id, text],
  );

if (chromium !== undefined) {
  test.before(async () => {
    browser = await launchChromium(chromium);
  });
  test.before.each(async () => {
    const emulator = createEmulator();
    server = await serveEmulator((request) => emulator.fetch(request), {
      hostname: "127.0.0.1",
      port: 0,
    });
    call = callerOf({ ...EMULATOR_APP, identifier: EMULATOR_ADMIN, baseUrl: server.url });
  });
  test.after.each(async () => await server.close());
  test.after(async () => await browser.close());

  for (const dark of [false, true]) {
    test(`every text stands out from its ground, ${dark ? "dark" : "light"}, with all folds open`, async () => {
      await control("POST", "faults", { kind: "delay", value: 1 });
      await control("POST", "snapshots/monday");
      const { page, errors, foreign } = await opened({ dark });
      await told(page, "faults", "delay=1");
      assert.equal(await faintTexts(page), []);
      await page.evaluate(() => {
        for (const fold of document.querySelectorAll("details")) fold.open = true;
        for (const fold of document.querySelectorAll<HTMLElement>(".fold")) fold.click();
      });
      assert.equal(await faintTexts(page), []);
      // The audit sees no placeholders; they have the colour of the soft texts, which it does see.
      const [placeholder, soft] = await page.evaluate(() => [
        getComputedStyle(document.querySelector("[placeholder]")!, "::placeholder").color,
        getComputedStyle(document.querySelector("label")!).color,
      ]);
      assert.is(placeholder, soft);
      assert.equal([errors, foreign], [[], []]);
      await page.close();
    });
  }

  test("nothing scrolls sideways at 360 px, nor at 200 %, open or folded", async () => {
    const { page } = await opened({ width: 360, height: 700 });
    for (const width of [360, 640]) {
      await page.setViewportSize({ width, height: 700 });
      assert.equal(await stickingOut(page), []);
    }
    await page.evaluate(() => document.querySelector<HTMLElement>(".fold")!.click());
    await page.setViewportSize({ width: 360, height: 700 });
    assert.equal(await stickingOut(page), []);
    const wide = await page.evaluate(() => document.querySelector("#requests pre")!.clientWidth);
    assert.ok(wide > 280, `what was sent is ${wide} px wide`);
    await page.emulateMedia({ media: "print" });
    const printed = await page.evaluate(() =>
      [...document.querySelectorAll("button")].filter((button) => button.checkVisibility())
        .map((button) => button.textContent)
    );
    assert.equal(printed, ["openim/sendmsg", NAME]);
    await page.close();
  });

  test("the keyboard alone opens a request, and its focus can be seen at every stop", async () => {
    const { page } = await opened();
    await tabTo(page, "openim/sendmsg");
    assert.is((await focused(page)).visible, true);
    await page.keyboard.press("Enter");
    await told(page, "requests", '"To_Account": "nobody"');
    await told(page, "requests", "RequestId Id-");
    await page.keyboard.press("Space");
    assert.is(/To_Account": "nobody"/.test(await textOf(page, "requests")), false);
    for (let press = 0; press < 30; press++) {
      await page.keyboard.press("Tab");
      const { tag, name, visible } = await focused(page);
      if (tag !== "body") assert.ok(visible, `${tag} ${name}`);
    }
    await page.close();
  });

  test("requests arrive by themselves, but wait while one is being read", async () => {
    const { page } = await opened();
    await call("openim/querystate", { To_Account: ["mira"] });
    await rowsWith(page, "openim/querystate");
    await tabTo(page, "openim/sendmsg");
    await page.keyboard.press("Enter");
    const place = () =>
      page.evaluate(() => document.activeElement!.getBoundingClientRect().top + scrollY);
    const before = await place();
    for (let count = 0; count < 5; count++) {
      await call("profile/portrait_get", { To_Account: ["mira"], TagList: [] });
    }
    await told(page, "fresh", "5");
    await told(page, "verdict", "Requests: 8");
    assert.is(await place(), before);
    assert.is(/portrait_get/.test(await textOf(page, "requests")), false);
    // The way back: what waited is shown when asked for, and the keyboard is at the newest.
    await tabTo(page, "↑ New requests: 5");
    await page.keyboard.press("Enter");
    await rowsWith(page, "profile/portrait_get");
    assert.is((await focused(page)).name, "profile/portrait_get");
    await page.close();
  });

  test("the list is paused and goes on", async () => {
    const { page } = await opened();
    await tabTo(page, "Pause");
    await page.keyboard.press("Space");
    assert.is((await focused(page)).name, "Go on");
    await call("openim/querystate", { To_Account: ["mira"] });
    await told(page, "worlds", "Accounts: 2");
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.is(/querystate/.test(await textOf(page, "requests")), false);
    await page.keyboard.press("Space");
    await rowsWith(page, "openim/querystate");
    await page.close();
  });

  test("a filter is in the address, and an address with one shows the same", async () => {
    const { page } = await opened();
    await tabTo(page, "Command, account or RequestId");
    await page.keyboard.type("account_import");
    const shown = () =>
      page.evaluate(() => document.querySelectorAll("#requests tr:not([hidden])").length);
    assert.is(await shown(), 1);
    assert.match(page.url(), /#filter=account_import$/);
    await page.close();
    const { page: other } = await browser.open();
    await other.goto(page.url());
    await rowsWith(other, "account_import");
    assert.is(await other.evaluate(() => document.querySelectorAll("#requests tr").length), 2);
    assert.is(
      await other.evaluate(() => document.querySelectorAll("#requests tr:not([hidden])").length),
      1,
    );
    // The RequestId of a request leads to it alone.
    await tabTo(other, NAME);
    await other.keyboard.press("Enter");
    await tabTo(other, /^Id-/);
    await other.keyboard.press("Enter");
    await other.waitForFunction(() => location.hash.startsWith("#filter=Id-"));
    await rowsWith(other, NAME);
    await other.close();
  });

  test("faults are added and removed by keyboard, and the keyboard keeps its place", async () => {
    const { page } = await opened();
    await tabTo(page, /^Kind/);
    await page.keyboard.type("error");
    await tabTo(page, /^Value/);
    await page.keyboard.type("10002");
    await tabTo(page, "Add fault");
    await page.keyboard.press("Enter");
    await told(page, "faults", "error=10002");
    assert.is((await call(NAME, { UserID: "omar" })).ErrorCode, 10002);
    await told(page, "faults", "struck 1");
    await tabTo(page, "Remove");
    await page.keyboard.press("Enter");
    await told(page, "faults", "No faults");
    assert.is((await focused(page)).name, "Faults");
    assert.is((await call(NAME, { UserID: "omar" })).ErrorCode, 0);
    await page.close();
  });

  test("a fault that cannot be is told, and the page goes on", async () => {
    const { page } = await opened();
    await tabTo(page, /^Kind/);
    await page.keyboard.type("error");
    await tabTo(page, "Add fault");
    await page.keyboard.press("Enter");
    await told(page, "problem", "✗ Failed");
    await page.close();
  });

  test("a snapshot is taken and gone back to, the clock is moved, by keyboard", async () => {
    const { page } = await opened();
    // Playwright dismisses what asks; here the answer is yes.
    await page.evaluate(() => {
      globalThis.confirm = () => true;
    });
    await tabTo(page, "Take a snapshot");
    await page.keyboard.press("Enter");
    await told(page, "snapshots", "Back to");
    await call(NAME, { UserID: "omar" });
    await told(page, "worlds", "Accounts: 3");
    await tabTo(page, /^Back to \d\d:/);
    await page.keyboard.press("Enter");
    await told(page, "worlds", "Accounts: 2");
    await tabTo(page, "Freeze");
    await page.keyboard.press("Enter");
    await told(page, "now", "frozen");
    assert.is((await focused(page)).name, "Let go");
    assert.is((await control("GET", "clock")).frozen, true);
    await page.close();
  });

  test("an emulator that has ended is told, and nothing is blank", async () => {
    const { page } = await opened();
    await server.close();
    await told(page, "verdict", "No answer from the emulator");
    assert.equal(await faintTexts(page), []);
    const again = createEmulator();
    server = await serveEmulator((request) => again.fetch(request), {
      hostname: "127.0.0.1",
      port: Number(new URL(server.url).port),
    });
    await told(page, "verdict", "✓ Running");
    // The new one counts its requests from one.
    await call("openim/querystate", { To_Account: ["mira"] });
    await rowsWith(page, "openim/querystate");
    await told(page, "verdict", "Requests: 1 ");
    assert.is(/account_import/.test(await textOf(page, "requests")), false);
    await page.close();
  });

  test("a filter in an address that was written by hand stops nothing", async () => {
    const { page, errors } = await browser.open();
    await page.goto(`${server.url}/_emulator/#filter=100%`);
    await told(page, "verdict", "✓ Running");
    assert.is(await page.evaluate(() => document.querySelector("input")!.value), "100%");
    assert.equal(errors, []);
    await page.close();
  });

  test("more requests than are shown are counted", async () => {
    for (let round = 0; round < 6; round++) {
      await Promise.all(Array.from({ length: 50 }, () => call("openim/querystate", {})));
    }
    const { page } = await opened();
    await told(page, "verdict", "Requests: 302 · ✗ 301");
    await page.close();
  });

  test("coverage is a page for people: every command, readable, narrow too, by keyboard", async () => {
    const { page, errors, foreign } = await browser.open({ width: 360, height: 700, dark: true });
    await page.goto(`${server.url}/_emulator/`);
    await tabTo(page, "Coverage");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.title.startsWith("Coverage"));
    const table = await control("GET", "coverage");
    assert.is(
      await page.evaluate(() => document.querySelectorAll("tbody tr").length),
      table.commands.length,
    );
    await page.evaluate(() =>
      document.querySelectorAll("details").forEach((fold) => fold.open = true)
    );
    assert.equal(await faintTexts(page), []);
    assert.equal(await stickingOut(page), []);
    assert.equal([errors, foreign], [[], []]);
    const shown = await page.evaluate(() => document.body.textContent!);
    for (const { knownDifferences, why } of table.commands) {
      for (const text of [...knownDifferences, why ?? ""]) assert.ok(shown.includes(text), text);
    }
    await page.close();
  });

  test("the doctor's probes are told apart from calls that went wrong", async () => {
    const { page } = await opened();
    const probe = { method: "POST", body: "{}" };
    await fetch(`${server.url}/v4/${NAME}?contenttype=json`, {
      ...probe,
      headers: { "user-agent": "tim-edge-doctor" },
    });
    await rowsWith(page, "The doctor looked whether an answer comes");
    assert.match(await textOf(page, "verdict"), "✗ 1");
    await fetch(`${server.url}/v4/${NAME}?contenttype=json`, probe);
    await told(page, "verdict", "✗ 2");
    await page.close();
  });

  test("without requests the page says how to send one, and no key stands in it", async () => {
    const { page } = await browser.open();
    await page.goto(`${server.url}/_emulator/`);
    await told(page, "sample", `TIM_BASE_URL=${server.url} `);
    await told(page, "worlds", "Accounts: 1");
    assert.is((await page.content()).includes(EMULATOR_APP.secretKey), false);
    await page.close();
  });
}

test.run();
