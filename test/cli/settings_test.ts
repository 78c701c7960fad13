import { test } from "uvu";
import * as assert from "uvu/assert";
import { readSettings } from "../../src/cli/settings.ts";

const app = { TIM_SDK_APP_ID: "1400000000", TIM_SECRET_KEY: "k" };

test("readSettings takes a region's second host along, so that a call can fail over", () => {
  const { baseUrl, backupBaseUrl } = readSettings({ ...app, TIM_REGION: "singapore" })!;
  assert.is(baseUrl, "https://adminapisgp.im.qcloud.com");
  assert.is(backupBaseUrl, "https://adminapisgp.my-imcloud.com");
});

test("readSettings knows no second host for an address of one's own", () => {
  const { baseUrl, backupBaseUrl } = readSettings({ ...app, TIM_BASE_URL: "https://proxy.test" })!;
  assert.is(baseUrl, "https://proxy.test");
  assert.is(backupBaseUrl, undefined);
});

test.run();
