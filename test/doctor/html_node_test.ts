/** The report's page in a real browser: read, folded, copied from and printed, as a person would. */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type DoctorReport, renderHtml, renderJson } from "../../src/doctor/mod.ts";
import { createAuthority } from "../support/certificates.ts";
import { type Chromium, findChromium, launchChromium, type Page } from "../support/chromium.ts";
import { faintTexts, focused, stickingOut, tabTo } from "../support/page_audit.ts";
import { startBackend } from "../support/tls_backend.ts";
import { faults } from "./faults/all.ts";
import { examineServer, HOST, quietPlatform, type Roots } from "./faults/examine.ts";

const chromium = findChromium();
const test = suite("doctor: the page in Chromium");
/** One of each kind of verdict; the healthy one has every chart. */
const SHOWN = {
  error: "an expired certificate",
  warning: "a connection that announces its end after each answer",
  split: "DNS servers that go out in another country",
};
let browser: Chromium;
let folder: string;
const reports: Record<string, DoctorReport> = {};

test.before(async () => {
  if (chromium === undefined) return;
  browser = await launchChromium(chromium);
  folder = await mkdtemp(join(tmpdir(), "tim-doctor-page-"));
  const roots: Roots = { root: await createAuthority(), stranger: await createAuthority("Other") };
  for (const [key, name] of Object.entries(SHOWN)) {
    reports[key] = (await faults.find((fault) => fault.name === name)!.examine(roots)).report;
  }
  const identity = await roots.root.issue({ names: [HOST] });
  const regions = await Promise.all(["cn", "sgp"].map(async (id) => {
    const server = await startBackend(identity);
    const host = `${HOST}:${server.port}`;
    return { server, hosts: { id, label: id, host, backupHost: host } };
  }));
  const { report } = await examineServer(roots, await startBackend(identity), {
    regionHosts: regions.map(({ hosts }) => hosts),
    platform: quietPlatform({
      lookup: () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]),
    }),
    idleMs: 100,
  });
  for (const { server } of regions) await server.close();
  reports.healthy = report;
  // Names and values of the greatest length that they may have.
  const long = structuredClone(reports.error!);
  long.target.host = `${"a".repeat(60)}.${"b".repeat(60)}.test`;
  long.target.baseUrl = `https://${long.target.host}:65535`;
  (long.verdict.finding!.facts as { issuer: string }).issuer = "Unbreakable".repeat(20);
  reports.long = long;
});
test.after(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true });
});

async function open(
  key: string,
  options: { language?: "en" | "zh" | "ja" | "ko"; width?: number; dark?: boolean } = {},
): Promise<{ page: Page; clean(): void }> {
  const { language, ...window } = options;
  const path = join(folder, `${key}-${language ?? "en"}.html`);
  await writeFile(path, await renderHtml(reports[key]!, { language }));
  const { page, errors, foreign } = await browser.open(window);
  await page.goto(pathToFileURL(path).href);
  return {
    page,
    clean: () => {
      assert.equal(errors, []);
      assert.equal(foreign, []);
    },
  };
}

const unfold = (page: Page) =>
  page.evaluate(() => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
  });

if (chromium !== undefined) {
  for (const key of [...Object.keys(SHOWN), "healthy", "long"]) {
    for (const dark of [false, true]) {
      test(`${key}, ${dark ? "dark" : "light"}: every text stands out, and all of it fits`, async () => {
        const { page, clean } = await open(key, { dark });
        await unfold(page);
        assert.equal(await faintTexts(page), []);
        // 640 is a window of 1280 at 200 % zoom.
        for (const width of [1280, 640, 360]) {
          await page.setViewportSize({ width, height: 800 });
          assert.equal(await stickingOut(page), [], `${width} px`);
        }
        await page.emulateMedia({ media: "print", colorScheme: dark ? "dark" : "light" });
        assert.equal(await faintTexts(page), [], "printed");
        clean();
        await page.close();
      });
    }
  }

  for (const language of ["zh", "ja", "ko"] as const) {
    test(`fits a phone in ${language}`, async () => {
      const { page, clean } = await open("healthy", { language, width: 360 });
      await unfold(page);
      assert.equal(await stickingOut(page), []);
      assert.is(await page.evaluate(() => document.documentElement.lang), language);
      clean();
      await page.close();
    });
  }

  test("is worked by the keyboard alone", async () => {
    const { page, clean } = await open("warning");
    // The first stop is the command that shows the same.
    assert.equal(await tabTo(page, "Copy"), ["Copy"]);
    await page.keyboard.press("Enter");
    // Without leave to write to the clipboard, the command is marked instead.
    await page.waitForFunction(() =>
      document.activeElement!.textContent === "Copied" || getSelection()!.toString() !== ""
    );
    await tabTo(page, /^\d+ checks without an error or a warning$/);
    await page.keyboard.press("Enter");
    await tabTo(page, /^i note Runtime/);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement!.parentElement!.hasAttribute("open"));
    // On to the end of the page: every stop can be seen.
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    const names: string[] = [];
    for (let press = 0; press < 60; press++) {
      await page.keyboard.press("Tab");
      const stop = await focused(page);
      if (stop.tag === "body") break;
      assert.ok(stop.visible, stop.name);
      names.push(stop.name);
    }
    assert.is(names.at(-1), "JSON");
    clean();
    await page.close();
  });

  test("a folded report opens, and holds the same data as --json", async () => {
    const { page, clean } = await open("error");
    await tabTo(page, "JSON");
    await page.keyboard.press("Enter");
    // What scrolls can be reached, and has a name.
    await page.keyboard.press("Tab");
    const { tag, name } = await focused(page);
    assert.equal({ tag, name }, { tag: "pre", name: "JSON" });
    const shown = await page.evaluate(() => document.querySelector("pre")!.textContent!);
    assert.equal(JSON.parse(shown), JSON.parse(JSON.stringify(renderJson(reports.error!))));
    clean();
    await page.close();
  });

  test("opens every finding for the printer, and folds it again", async () => {
    const { page, clean } = await open("warning", { dark: true });
    const count = () => page.evaluate(() => document.querySelectorAll("details[open]").length);
    const before = await count();
    await page.evaluate(() => {
      addEventListener("beforeprint", () => {
        const folds = document.querySelectorAll("details:not([open])").length;
        document.documentElement.dataset.folded = String(folds);
      });
    });
    const pdf = await page.pdf({ format: "A4" });
    assert.is(new TextDecoder().decode(pdf.subarray(0, 5)), "%PDF-");
    assert.ok(pdf.length > 20_000, String(pdf.length));
    assert.is(await page.evaluate(() => document.documentElement.dataset.folded), "0");
    assert.is(await count(), before);
    clean();
    await page.close();
  });

  test("the marks of its charts are round numbers, and none stands twice", async () => {
    for (const key of ["healthy", "warning", "error"]) {
      const { page } = await open(key);
      const columns = await page.evaluate(() =>
        [...document.querySelectorAll("section")].flatMap((section) => {
          const drawn = [...section.querySelectorAll("svg[role=img] text[text-anchor]")];
          const axis = drawn.map((text) => text.textContent!).filter((text) => /^0$|s$/.test(text));
          const rows = [...section.querySelectorAll("tbody th")].map((cell) => cell.textContent!);
          return section.querySelector("#histogram") ? [axis, rows] : axis.length ? [axis] : [];
        })
      );
      for (const texts of columns) assert.is(new Set(texts).size, texts.length, texts.join(" | "));
      await page.close();
    }
  });
}

test.run();
