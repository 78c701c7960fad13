import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "uvu";
import { entries, withPackageImports } from "../support/package_imports.ts";
import { npmInstall, packed } from "../support/packed.ts";
import { programs, run } from "../support/programs.ts";
import { tool } from "../support/tool.mjs";

/** Files that only the compiler tests; `deno check` does so on the sources. */
const claims = [
  "test/support/type_claims.ts",
  "test/api/types.ts",
  "test/api/page_types.ts",
  "test/api/webhooks/types.ts",
  "test/core/types.ts",
  "test/hono/types.ts",
];

/** All that the package exports; the program exports nothing. */
const entriesModule = [...entries.values()].filter((entry) => entry !== "@tim/edge/cli")
  .map((entry, index) => `export * as e${index} from "${entry}";`).join("\n");

const options = {
  noEmit: true,
  strict: true,
  noUncheckedIndexedAccess: true,
  allowImportingTsExtensions: true,
  // The package's own declarations are judged as well.
  skipLibCheck: false,
  target: "esnext",
  lib: ["esnext", "dom", "dom.iterable", "dom.asynciterable"],
  types: ["node"],
};

for (const moduleResolution of ["nodenext", "bundler"]) {
  test(`TypeScript (${moduleResolution}) takes the package's types, the claims about them and the examples`, async () => {
    const { folder } = await packed();
    for (const file of claims) {
      const path = join(folder, "claims", file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, withPackageImports(readFileSync(file, "utf8")));
    }
    writeFileSync(
      join(folder, "claims/entries.ts"),
      entriesModule,
    );
    const config = join(folder, `tsconfig.${moduleResolution}.json`);
    const module = moduleResolution === "nodenext" ? "nodenext" : "esnext";
    writeFileSync(
      config,
      JSON.stringify({
        compilerOptions: { ...options, module, moduleResolution },
        include: ["claims", "examples"],
        // What `deno` is, only Deno's own compiler knows.
        exclude: ["examples/deno", "node_modules"],
      }),
    );
    const tsc = join(dirname(tool.resolve("typescript/package.json")), "bin/tsc");
    await run([programs().node, tsc, "--project", config], { cwd: folder });
  });
}

test("TypeScript takes the package's types where the types of Node are alone, without those of a browser", async () => {
  const { tarball, folder: project } = await packed();
  // Those of Node 24, unlike later ones, declare no global type `CryptoKey`.
  const folder = join(project, "node_alone");
  mkdirSync(join(folder, "claims"), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  await npmInstall(folder, [tarball, "@types/node@24.19.2"]);
  writeFileSync(join(folder, "claims/entries.ts"), entriesModule);
  writeFileSync(
    join(folder, "claims/node_alone.ts"),
    `import { importSecretKey, TimClient, UserSigSigner } from "@tim/edge";
import { createGateway } from "@tim/edge/hono";
const app = { sdkAppId: 1400000000 };
// @ts-expect-error: a key is no number
new TimClient({ ...app, secretKey: 5 });
// @ts-expect-error: nor has a signer such a one
new UserSigSigner({ ...app, secretKey: 5 });
const secretKey = await importSecretKey("key");
// @ts-expect-error: no such field
secretKey.nothing;
const client = new TimClient({ ...app, secretKey });
// From an environment, where each may be missing.
const missing = undefined as string | undefined;
new TimClient({ ...app, secretKey, region: missing, baseUrl: missing, onRetry: undefined });
const signal = undefined as AbortSignal | undefined;
await client.call("room_config/get_callback", {}, { signal, timeoutMs: undefined });
await new UserSigSigner({ ...app, secretKey }).sign({ identifier: "alice", expireSeconds: undefined });
const rules = { issuer: "login", audience: "chat", algorithms: ["ES256"] };
// @ts-expect-error: no such key
createGateway({ client, jwt: { ...rules, key: 5 } });
createGateway({ client, jwt: { ...rules, key: { kty: "EC", kid: "1", crv: "P-256", x: "", y: "" } } });
`,
  );
  const config = join(folder, "tsconfig.json");
  writeFileSync(
    config,
    JSON.stringify({
      compilerOptions: {
        ...options,
        exactOptionalPropertyTypes: true,
        lib: ["esnext"],
        module: "nodenext",
      },
      files: ["claims/entries.ts", "claims/node_alone.ts"],
    }),
  );
  const tsc = join(dirname(tool.resolve("typescript/package.json")), "bin/tsc");
  await run([programs().node, tsc, "--project", config], { cwd: folder });
});

test.run();
