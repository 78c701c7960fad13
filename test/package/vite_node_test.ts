import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { verifyUserSig } from "../../mod.ts";
import { createEmulator, EMULATOR_APP } from "../../src/emulator/mod.ts";
import { serve } from "../../src/runtime/serve.ts";
import { findChromium, launchChromium } from "../support/chromium.ts";
import { packed } from "../support/packed.ts";
import { tool } from "../support/tool.mjs";

const { sdkAppId, secretKey } = EMULATOR_APP;

/** What the page does: everything in the browser, with Web Crypto, streams and `fetch` as they are there. */
const page = `
import { decodeUserSig, isApiError, TimClient, UserSigSigner, verifyUserSig } from "@tim/edge";

const app = ${JSON.stringify({ sdkAppId, secretKey })};
const userSig = await new UserSigSigner(app).sign({ identifier: "alice" });
const verdict = await verifyUserSig(userSig, { ...app, identifier: "alice" });
const tim = new TimClient({ ...app, baseUrl: location.origin });
await tim.call("im_open_login_svc/account_import", { UserID: "alice" });
const { ResultItem } = await tim.call("im_open_login_svc/account_check", {
  CheckItem: [{ UserID: "alice" }],
});
const missing = await tim.call("group_open_http_svc/destroy_group", { GroupId: "none" })
  .catch((error) => isApiError(error) && error.errorCode);
globalThis.result = {
  userSig,
  valid: verdict.valid,
  identifier: (await decodeUserSig(userSig)).claims?.identifier,
  status: ResultItem[0].AccountStatus,
  missing,
};
`;

const chromium = findChromium();

if (chromium !== undefined) {
  test("a Vite build of the core signs and calls in real Chromium", async () => {
    const root = join((await packed()).folder, "vite");
    mkdirSync(root);
    writeFileSync(join(root, "index.html"), '<script type="module" src="./main.js"></script>');
    writeFileSync(join(root, "main.js"), page);
    await tool("vite").build({ root, logLevel: "error", build: { target: "esnext" } });
    const [script] = readdirSync(join(root, "dist/assets"));
    const code = readFileSync(join(root, "dist/assets", script!));
    const bytes = gzipSync(code, { level: 9 }).length;
    assert.ok(bytes < 20_000, `${bytes} bytes gzipped: only the core`);

    const emulator = createEmulator();
    const server = await serve(async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith("/v4/")) return await emulator.fetch(request);
      if (pathname === "/") {
        return new Response(readFileSync(join(root, "dist/index.html")), {
          headers: { "content-type": "text/html" },
        });
      }
      const found = pathname === `/assets/${script}`;
      return new Response(found ? code : null, {
        status: found ? 200 : 204,
        headers: { "content-type": "text/javascript" },
      });
    }, { hostname: "127.0.0.1", port: 0 });
    const browser = await launchChromium(chromium);
    try {
      const { page, errors, foreign } = await browser.open();
      await page.goto(server.url);
      await page.waitForFunction(() => "result" in globalThis);
      const { userSig, ...rest } = await page.evaluate(() =>
        (globalThis as unknown as { result: Record<string, unknown> }).result
      );
      assert.equal(rest, { valid: true, identifier: "alice", status: "Imported", missing: 10010 });
      const verdict = await verifyUserSig(userSig as string, {
        sdkAppId,
        secretKey,
        identifier: "alice",
      });
      assert.ok(verdict.valid, "what the browser signs holds elsewhere");
      assert.equal(errors, []);
      assert.equal(foreign, []);
    } finally {
      await browser.close();
      await server.close();
    }
  });
}

test.run();
