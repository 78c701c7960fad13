import { test } from "uvu";
import * as assert from "uvu/assert";
import type { DoctorResult, GatewayDoctor } from "../../src/hono/mod.ts";
import { gateway, problemOf, token } from "../support/gateway.ts";
import { throwsConfig } from "../support/rejects.ts";

/** A report that says what it was asked for. */
const report = (name: string): DoctorResult => ({
  json: (language) => ({ name, language }),
  html: (language) => Promise.resolve(`<!doctype html><html lang="${language}">${name}`),
});

/** A gateway with a doctor, asked by an operator. */
function watched(doctor: GatewayDoctor) {
  const app = gateway({ doctor });
  return async (method: "GET" | "POST", headers = {}, roles = ["operator"]) => {
    const authorization = `Bearer ${await token({ roles })}`;
    return await app.request("/doctor", { method, headers: { authorization, ...headers } });
  };
}

test("/doctor examines for operators and remembers the last report", async () => {
  let count = 0;
  const examine = () => Promise.resolve(report(`report ${++count}`));
  const ask = watched({ examine, everySeconds: 0 });
  assert.is((await ask("GET")).status, 204, "nothing was examined yet");
  assert.equal(await (await ask("POST")).json(), { name: "report 1", language: "en" });
  await ask("POST");
  assert.equal(await (await ask("GET", { "accept-language": "ko-KR" })).json(), {
    name: "report 2",
    language: "ko",
  });
  for (const method of ["GET", "POST"] as const) {
    const refused = await problemOf(await ask(method, {}, ["user"]));
    assert.equal([refused.status, refused.type], [403, "urn:tim-edge:role-missing"]);
  }
  assert.is(count, 2);
});

test("/doctor is a page for who prefers one; it cannot be framed and has no origin", async () => {
  const ask = watched({ examine: () => Promise.resolve(report("x")) });
  const page = await ask("POST", { accept: "text/html", "accept-language": "zh" });
  assert.is(page.headers.get("content-type"), "text/html; charset=utf-8");
  assert.match(page.headers.get("content-security-policy")!, "frame-ancestors 'none'; sandbox");
  assert.match(await page.text(), '<html lang="zh">x');
});

test("/doctor makes one examination at a time, and not too many", async () => {
  let finish = () => {};
  let begun = () => {};
  const started = new Promise<void>((resolve) => begun = resolve);
  const slow = () => {
    begun();
    return new Promise<DoctorResult>((resolve) => finish = () => resolve(report("slow")));
  };
  const ask = watched({ examine: slow, everySeconds: 60 });
  const first = ask("POST");
  await started;
  assert.is((await ask("GET")).status, 204);
  const second = await ask("POST");
  assert.is((await problemOf(second)).status, 409);
  assert.ok(Number(second.headers.get("retry-after")) > 0);
  finish();
  assert.is((await first).status, 200);
  const third = await ask("POST");
  assert.is((await problemOf(third)).status, 429);
  assert.ok(Number(third.headers.get("retry-after")) > 50);
});

test("/doctor examines again after the clock was set back", async () => {
  const ask = watched({ examine: () => Promise.resolve(report("x")), everySeconds: 60 });
  const { now } = Date;
  try {
    Date.now = () => now() + 3_600_000;
    assert.is((await ask("POST")).status, 200);
  } finally {
    Date.now = now;
  }
  assert.is((await ask("POST")).status, 200);
});

test("/doctor ends an examination that takes too long, and survives one that throws", async () => {
  const untilEnded = (signal: AbortSignal) =>
    new Promise<DoctorResult>((resolve) =>
      signal.addEventListener("abort", () => resolve(report("cut short")))
    );
  const ask = watched({ examine: untilEnded, everySeconds: 0, timeoutMs: 1000 });
  assert.is((await (await ask("POST")).json()).name, "cut short");
  let broken = true;
  const sometimes = () => broken ? Promise.reject(new Error("no")) : Promise.resolve(report("ok"));
  const again = watched({ examine: sometimes, everySeconds: 0 });
  assert.is((await problemOf(await again("POST"))).status, 500);
  broken = false;
  assert.is((await again("POST")).status, 200);
});

test("/doctor is off unless switched on, and its options are checked", async () => {
  const authorization = `Bearer ${await token()}`;
  assert.is((await gateway().request("/doctor", { headers: { authorization } })).status, 404);
  const make = (doctor: object) => () => gateway({ doctor: doctor as GatewayDoctor });
  throwsConfig(make({}), /doctor\.examine must be a function/);
  throwsConfig(make({ examine() {}, every: 1 }), /"every", which means nothing/);
  throwsConfig(make({ examine() {}, timeoutMs: 0 }), /doctor\.timeoutMs is 0/);
});

test.run();
