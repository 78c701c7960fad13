/** The console and the reference in real Chromium. */

import { suite } from "uvu";
import * as assert from "uvu/assert";
import { commands } from "../../src/api/mod.ts";
import { EMULATOR_APP } from "../../src/emulator/mod.ts";
import { type Chromium, findChromium, launchChromium, type Page } from "../support/chromium.ts";
import { emulatorClient, token } from "../support/gateway.ts";
import { type ServedPages, servePages } from "../support/gateway_pages.ts";
import { faintTexts, focused, stickingOut, tabTo } from "../support/page_audit.ts";

const chromium = findChromium();
const test = suite("gateway's pages");
let browser: Chromium;
let served: ServedPages;
let bearer: string;

test.before(async () => {
  if (chromium === undefined) return;
  browser = await launchChromium(chromium);
  served = await servePages();
  bearer = await token({ roles: ["operator"] });
});
test.after(async () => {
  await browser?.close();
  await served?.close();
});

/** Waits until an element is there and holds some words. */
const shows = (page: Page, selector: string, words = "", timeout = 15_000) =>
  page.waitForFunction(
    ([where, text]) =>
      [...document.querySelectorAll(where!)].some((found) =>
        (found as HTMLElement).checkVisibility() && found.textContent!.includes(text!)
      ),
    [selector, words],
    { timeout },
  );

/** Pastes credentials and presses Enter. */
async function paste(page: Page, credentials: string): Promise<void> {
  await tabTo(page, "Token or API key");
  await page.keyboard.type(credentials);
  await page.keyboard.press("Enter");
}

/** Opens a page with credentials in its session. */
async function opened(path: string, look = {}) {
  const watched = await browser.open(look);
  const { page } = watched;
  await page.goto(served.url + path);
  await page.evaluate((kept) => sessionStorage.setItem("tim-edge-credentials", kept), bearer);
  await page.reload();
  await shows(page, "#who", "Signed in as alice");
  return watched;
}

const press = async (page: Page, name: string | RegExp) => {
  await tabTo(page, name);
  assert.ok((await focused(page)).visible, `the focus of ${name} can be seen`);
  await page.keyboard.press("Enter");
};

/** With everything unfolded. */
async function looksRight(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll("details:not(.op)")) {
      (fold as HTMLDetailsElement).open = true;
    }
  });
  assert.equal([await stickingOut(page), await faintTexts(page)], [[], []]);
}

/** Everything that the page is made of now, what was typed included. */
const everything = (page: Page) =>
  page.evaluate(() =>
    document.documentElement.outerHTML + location.href +
    [...document.querySelectorAll("input, textarea")].map((field) =>
      (field as HTMLInputElement).value
    ).join("\n")
  );

if (chromium !== undefined) {
  test("the console is used by keyboard alone: doctor, UserSig, a command", async () => {
    const { page, errors, foreign } = await browser.open();
    await page.goto(`${served.url}/`);
    await shows(page, "#health", "takes requests");
    // The whole line that `tim start` prints.
    await paste(page, `AUTH="Authorization: Bearer ${bearer}"`);
    await shows(page, "#who", "Signed in as alice");
    await press(page, "Run the doctor");
    await shows(page, "#report .verdict", "Looked at http://127.0.0.1", 60_000);
    await press(page, "Issue a UserSig");
    await shows(page, "#issued .verdict", "SDKAppID 88888888");
    const hidden = await everything(page);
    assert.not.match(hidden, /eJ[\w*-]{60}/, "no UserSig is in the page before it is asked for");
    assert.equal((await focused(page)).name, "Show UserSig");
    await page.keyboard.press("Enter");
    await shows(page, "#issued code", "eJ");
    await page.keyboard.press("Enter");
    assert.not.match(await everything(page), /eJ[\w*-]{60}/, "and no more when it is hidden again");
    await tabTo(page, "Command");
    await page.keyboard.type("im_open_login_svc/account_import");
    await shows(page, "#try", "Import one account");
    await press(page, "Would it be allowed?");
    await shows(page, "#try .verdict", "rule 1 allows it");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await shows(page, "#try .verdict pre", '"ErrorCode": 0');
    assert.equal([errors, foreign], [[], []]);
    const url = new URL(page.url());
    assert.is(url.search + url.hash, "", "nothing of it is in the address");
    const whole = await everything(page);
    assert.not.ok(whole.includes(bearer) || whole.includes(EMULATOR_APP.secretKey));
    await page.close();
  });

  test("fields of a command are put into its body, and codes are explained", async () => {
    const { page, errors } = await opened("/");
    await tabTo(page, "Command");
    await page.keyboard.type("group_open_http_svc/get_group_info");
    await shows(page, "#try", "Fields");
    await press(page, "Fields");
    await press(page, "Add ResponseFilter");
    const body = await page.evaluate(() => document.querySelector("textarea")!.value);
    assert.ok("ResponseFilter" in JSON.parse(body), body);
    await page.evaluate(() => {
      const text = document.querySelector("textarea")!;
      text.value = '{"GroupIdList":';
    });
    await page.keyboard.press("Shift+Tab");
    await page.evaluate(() => document.querySelector<HTMLElement>("#try textarea")!.focus());
    await press(page, "Send");
    await shows(page, "#try .verdict", "The body is not JSON");
    await page.evaluate(() => document.querySelector("textarea")!.value = '{"GroupIdList":7}');
    await page.keyboard.press("Enter");
    await shows(page, "#try .verdict", "ErrorCode 10004");
    await shows(page, "#try .verdict", "What to do");
    assert.equal(errors, []);
    await page.close();
  });

  test("integers of 64 bits are shown with all their digits", async () => {
    const value = "-9223372036854775807";
    const answer = `{"ActionStatus":"OK","ErrorCode":0,"GroupCounter":[{"Value":${value}}]}`;
    const fetch = () => Promise.resolve(new Response(answer));
    const own = await servePages({ client: emulatorClient(undefined, { fetch }) });
    const { page, errors } = await browser.open();
    await page.goto(own.url);
    await paste(page, bearer);
    await shows(page, "#who", "Signed in as alice");
    await tabTo(page, "Command");
    await page.keyboard.type("group_open_http_svc/get_group_counter");
    await shows(page, "#try", "Fields");
    await press(page, "Send");
    await shows(page, "#try .verdict pre", `"Value": ${value}`);
    assert.equal(errors, []);
    await page.close();
    await own.close();
  });

  test("wrong credentials are refused in words, and forgotten", async () => {
    const { page, errors } = await browser.open();
    await page.goto(served.url + "/");
    await paste(page, "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.x");
    await shows(page, "#session-problem", "The token is not accepted");
    assert.is(await page.evaluate(() => sessionStorage.length), 0);
    assert.is((await focused(page)).name, "Token or API key");
    assert.ok(errors.every((error) => error.includes("401")), "the browser's own line about it");
    await page.close();
  });

  test("Enter that is pressed twice signs in, and nothing else", async () => {
    for (const ms of [0, 400]) {
      const own = await servePages({}, "/", async (path) => {
        if (path === "/whoami") await new Promise((resolve) => setTimeout(resolve, ms));
      });
      const { page, errors } = await browser.open();
      await page.goto(own.url);
      await paste(page, bearer);
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 150)));
      await page.keyboard.press("Enter");
      await shows(page, "#who", "Signed in as alice");
      await page.keyboard.press("Enter");
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
      await shows(page, "#who", "Signed in as alice");
      assert.is(
        await page.evaluate(() => document.getElementById("session-problem")!.hidden),
        true,
      );
      await page.keyboard.press("Tab");
      assert.is((await focused(page)).name, "Sign out");
      assert.equal(errors, []);
      await page.close();
      await own.close();
    }
  });

  test("an address whose fragment names nothing opens the reference all the same", async () => {
    const { page, errors } = await opened("/docs#%E0%A4%A");
    await shows(page, "#count", `${commands.length} / ${commands.length}`);
    assert.equal(errors, []);
    await page.close();
  });

  test("signing out forgets the credentials", async () => {
    const { page } = await opened("/");
    assert.is(await page.evaluate(() => sessionStorage.length + localStorage.length), 1);
    await press(page, "Sign out");
    await shows(page, "#sign-in", "Token");
    assert.is(await page.evaluate(() => sessionStorage.length), 0);
    await page.close();
  });

  test("the reference is used by keyboard alone: found, read, tried", async () => {
    const { page, errors, foreign } = await opened("/docs");
    await shows(page, "#count", `${commands.length} / ${commands.length}`);
    await tabTo(page, "Command, name or words");
    await page.keyboard.type("CREATE a live room");
    await page.waitForFunction(() => parseInt(document.getElementById("count")!.textContent!) < 10);
    await press(page, /^live\.createRoom/);
    await shows(page, ".op[open]", "What the backend does");
    await shows(page, ".op[open] td", "ActionStatus");
    const example = JSON.stringify({ RoomInfo: { RoomId: "r1", RoomType: "Live" } });
    await tabTo(page, /^Body/);
    await page.keyboard.press("Control+A");
    await page.keyboard.type(example);
    await press(page, "Send");
    await shows(page, ".op[open] .verdict pre", '"ErrorCode": 0');
    assert.is(new URL(page.url()).hash, "#live.createRoom");
    assert.equal([errors, foreign], [[], []]);
    await page.reload();
    await shows(page, "#who", "Signed in as alice");
    await shows(page, ".op[open] b", "live.createRoom");
    await page.close();
  });

  for (const dark of [false, true]) {
    test(`both pages are readable at 360 px and at 1280 px, ${dark ? "dark" : "light"}`, async () => {
      for (const width of [360, 1280]) {
        const { page, errors } = await opened("/", { dark, width });
        await shows(page, "#run-doctor");
        await page.evaluate(() => {
          document.getElementById("run-doctor")!.click();
          document.getElementById("mint")!.click();
        });
        await page.evaluate(() => document.getElementById("command")!.focus());
        await page.keyboard.type("openim/sendmsg");
        await press(page, "Send");
        await shows(page, "#try .verdict", "ErrorCode");
        await shows(page, "#report .verdict");
        await shows(page, "#issued .verdict");
        await looksRight(page);
        await page.goto(`${served.url}/docs#message.sendMsg`);
        await shows(page, ".op[open] form");
        await looksRight(page);
        assert.equal(errors, []);
        await page.close();
      }
    });
  }

  test("whoever goes on while the catalogue loads keeps the focus, and gets it when it comes", async () => {
    const catalogue = Promise.withResolvers<void>();
    const own = await servePages(
      {},
      "/",
      (path) => path === "/openapi.json" ? catalogue.promise : undefined,
    );
    const { page, errors } = await browser.open();
    await page.goto(own.url);
    await paste(page, bearer);
    await shows(page, "#who", "Signed in as alice");
    await tabTo(page, "Command");
    await page.keyboard.type("im_open_login_svc/account_import");
    catalogue.resolve();
    await page.waitForFunction(() => document.querySelectorAll("#commands option").length > 200);
    assert.is((await focused(page)).name, "Command");
    await shows(page, "#try", "Import one account");
    assert.equal(errors, []);
    await page.close();
    await own.close();
  });

  test("what comes after signing out is shown to nobody", async () => {
    const late = Promise.withResolvers<void>();
    let asked = 0;
    const own = await servePages({}, "/", async (path) => {
      if (!["/openapi.json", "/doctor"].includes(path)) return;
      asked++;
      await late.promise;
    });
    const { page, errors } = await browser.open();
    await page.goto(own.url);
    await paste(page, bearer);
    await shows(page, "#who", "Signed in as alice");
    await press(page, "Run the doctor");
    for (let looks = 0; asked < 3 && looks < 500; looks++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await tabTo(page, "Sign out");
    await page.keyboard.press("Enter");
    await shows(page, "#report", "Sign in first.");
    late.resolve();
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
    await shows(page, "#report", "Sign in first.");
    assert.is(
      await page.evaluate(() => document.querySelectorAll(".verdict.result, option[label]").length),
      0,
    );
    assert.equal(errors, []);
    await page.close();
    await own.close();
  });

  test("what is no token is refused as one, where there are no API keys", async () => {
    const { page } = await browser.open();
    await page.goto(`${served.url}/`);
    await paste(page, "nonsense");
    await shows(page, "#session-problem", "The token is not accepted");
    await page.close();
  });

  test("whoever is known by a cookie is signed in already, and cannot sign out here", async () => {
    const own = await servePages({
      authenticate: (request) =>
        /seen=yes/.test(request.headers.get("cookie") ?? "") ? { identifier: "mira" } : undefined,
    });
    const { page } = await browser.open();
    await page.goto(own.url);
    await shows(page, "#sign-in", "Token");
    assert.is(await page.evaluate(() => document.getElementById("session-problem")!.hidden), true);
    await page.evaluate(() => void (document.cookie = "seen=yes"));
    await page.reload();
    await shows(page, "#who", "Signed in as mira");
    assert.is(await page.evaluate(() => document.getElementById("sign-out")!.hidden), true);
    await page.close();
    await own.close();
  });

  test("the pages lead to each other below the path where the gateway is mounted", async () => {
    const own = await servePages({}, "/tim");
    const { page, errors } = await browser.open();
    await page.goto(`${own.url}/tim/docs`);
    await shows(page, "#health", "takes requests");
    for (const [link, path] of [["Gateway console", "/tim"], ["API reference", "/tim/docs"]]) {
      await press(page, link!);
      await page.waitForFunction((wanted) => location.pathname === wanted, path);
      await shows(page, "#health", "takes requests");
    }
    assert.equal(errors, []);
    await page.close();
    await own.close();
  });

  test("a page without a session and one whose gateway is gone say what to do", async () => {
    const own = await servePages();
    const { page } = await browser.open();
    await page.goto(`${own.url}/docs`);
    await shows(page, "#locked", "Sign in first.");
    await page.goto(`${own.url}/`);
    await shows(page, "#health", "takes requests");
    assert.equal(await faintTexts(page), []);
    await own.close();
    await press(page, "Look again");
    await shows(page, "#health", "does not answer");
    await page.close();
  });
}

test.run();
