/** The audits of pages find what they are for; otherwise the tests of the pages would prove nothing. */

import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Chromium, findChromium, launchChromium } from "../support/chromium.ts";
import { faintTexts, stickingOut, tabTo } from "../support/page_audit.ts";

const chromium = findChromium();
const test = suite("page audits");
let browser: Chromium;

test.before(async () => {
  if (chromium !== undefined) browser = await launchChromium(chromium);
});
test.after(async () => await browser?.close());

if (chromium !== undefined) {
  test("faint texts are found, on a ground that is a blend too", async () => {
    const { page } = await browser.open();
    await page.setContent(`<style>body { background: #fff }</style>
      <p style="color: #777">almost</p><p style="color: #767676">enough</p>
      <h1 style="color: #888">large</h1><p style="color: #aaa; display: none">hidden</p>
      <div style="background: #000"><div style="background: #fff8"><i style="color: #000">mixed</i>
      <b style="color: #555">mixed, faint</b></div></div>`);
    assert.equal(await faintTexts(page), ["4.48:1 <p> almost", "2.10:1 <b> mixed, faint"]);
  });

  test("what scrolls sideways is named", async () => {
    const { page } = await browser.open({ width: 360 });
    await page.setContent(`<p>fits</p><pre class="wide" style="width: 500px">too wide</pre>`);
    assert.equal(await stickingOut(page), ['<pre class="wide">']);
  });

  test("Tab reaches a button by its name, and says over what it went", async () => {
    const { page } = await browser.open();
    await page.setContent(`<label>Name <input></label><button>Send</button>`);
    assert.equal(await tabTo(page, "Send"), ["Name", "Send"]);
  });

  test("errors of a page and its requests to strangers are seen", async () => {
    const { page, errors, foreign } = await browser.open();
    await page.setContent(`<script>throw new Error("broken")</script>
      <img src="https://192.0.2.1/pixel.png">`);
    await page.waitForFunction(() => document.readyState !== "loading");
    assert.equal(errors.filter((text) => text.includes("broken")).length, 1);
    assert.equal(foreign, ["https://192.0.2.1/pixel.png"]);
  });
}

test.run();
