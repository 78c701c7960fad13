import { test } from "uvu";
import * as assert from "uvu/assert";
import { tool } from "../support/tool.mjs";

const { build, stop } = tool("esbuild");

/** A copy of the package with classes of its own, as an app gets it from two of its dependencies. */
async function copy(): Promise<typeof import("../../mod.ts")> {
  const { outputFiles } = await build({
    stdin: { contents: 'export * from "./mod.ts"', resolveDir: ".", loader: "ts" },
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    target: "esnext",
  });
  return await import(
    `data:text/javascript,${encodeURIComponent(outputFiles[0].text)}#${Math.random()}`
  );
}

test.after(() => stop());

test("isTimError and isApiError know the errors of another copy of the package", async () => {
  const [one, other] = await Promise.all([copy(), copy()]);
  const tim = new one.TimClient({
    sdkAppId: 1,
    secretKey: "k",
    fetch: () => Promise.resolve(Response.json({ ActionStatus: "FAIL", ErrorCode: 10010 })),
  });
  let error: unknown;
  await tim.call("some_svc/some_command").catch((thrown) => error = thrown);
  assert.ok(error instanceof one.ApiError);
  assert.not(error instanceof other.ApiError, "two copies, two classes");
  assert.ok(other.isTimError(error, "not-found"));
  assert.ok(other.isApiError(error, 10010));
  assert.not(other.isTimError(error, "auth"));
  assert.not(other.isTimError(new Error("any")));
});

test.run();
