import { test } from "uvu";
import * as assert from "uvu/assert";
import { RateLimiter } from "../../mod.ts";
import { documentedRate } from "../../src/api/mod.ts";

test("documentedRate knows each command's calls a second", () => {
  assert.is(documentedRate("group_open_http_svc/get_appid_group_list"), 1);
  assert.is(documentedRate("im_open_login_svc/account_check"), 100);
  assert.is(documentedRate("group_open_http_svc/create_group"), 200);
  assert.is(documentedRate("some_svc/some_command"), undefined);
});

test("RateLimiter with documentedRate spaces a slow command out and lets an unknown one pass", async () => {
  let waited = 0;
  const patience = {
    remainingMs: () => 5000,
    pause: (ms: number) => Promise.resolve(void (waited += ms)),
  };
  const limiter = new RateLimiter({ rateOf: documentedRate, now: () => 0 });
  for (let i = 0; i < 2; i++) {
    await limiter.take("group_open_http_svc/get_appid_group_list", patience);
  }
  assert.is(waited, 1000);
  for (let i = 0; i < 1000; i++) await limiter.take("some_svc/some_command", patience);
  assert.is(waited, 1000);
});

test.run();
