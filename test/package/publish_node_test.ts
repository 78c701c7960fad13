/** The release workflow's own commands, and a registry on loopback that they publish to. */

import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { packed } from "../support/packed.ts";
import { programs, run } from "../support/programs.ts";

interface Step {
  name?: string;
  run?: string;
}

const { jobs } = parse(readFileSync(".github/workflows/release.yml", "utf8")) as {
  jobs: Record<string, { steps: Step[] }>;
};

const commandOf = (job: string, word: string) =>
  jobs[job]!.steps.map((step) => step.run ?? "").find((command) => command.includes(word))!;

/** What npm sends to publish, as far as it matters. */
interface Published {
  name: string;
  "dist-tags": { latest: string };
  access: string;
  versions: Record<string, { dist: { integrity: string; tarball: string } }>;
  _attachments: Record<string, { data: string }>;
}

/** Takes what is published, and gives it to whoever installs. */
async function startRegistry() {
  const published: Published[] = [];
  const tokens: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === "PUT") {
      tokens.push(request.headers.authorization);
      published.push(JSON.parse(await textOf(request)));
      return response.writeHead(201).end("{}");
    }
    const [document] = published;
    if (document === undefined) return response.writeHead(404).end("{}");
    if (!request.url!.endsWith(".tgz")) return response.end(JSON.stringify(document));
    const [{ data }] = Object.values(document._attachments) as [{ data: string }];
    response.end(Buffer.from(data, "base64"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { published, tokens, host: `127.0.0.1:${port}`, close: () => server.close() };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}

test("the release publishes the package to a registry, and npm installs it from there", async () => {
  const { tarball } = await packed();
  const { version } = JSON.parse(readFileSync("deno.json", "utf8"));
  const registry = await startRegistry();
  const folder = mkdtempSync(join(tmpdir(), "tim-edge-publish-"));
  try {
    const userconfig = join(folder, "npmrc");
    writeFileSync(
      userconfig,
      `@tim:registry=http://${registry.host}/\n//${registry.host}/:_authToken=secret\n`,
    );
    const env = { NPM_CONFIG_USERCONFIG: userconfig };
    // Only GitHub can say where a package comes from.
    const command = `${commandOf("npm", "npm publish")} --provenance=false`;
    await run(["bash", "-ec", command], { cwd: dirname(dirname(tarball)), env });
    assert.equal(registry.tokens, ["Bearer secret"]);
    const [document] = registry.published as [Published];
    assert.equal(
      [document.name, document["dist-tags"].latest, document.access],
      ["@tim/edge", version, "public"],
    );
    const digest = createHash("sha512").update(readFileSync(tarball)).digest("base64");
    assert.is(document.versions[version]!.dist.integrity, `sha512-${digest}`);

    writeFileSync(join(folder, "package.json"), '{ "private": true }');
    const flags = ["--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
    await run(["npm", "install", ...flags, "@tim/edge"], { cwd: folder, env });
    const code = 'console.log(Object.keys(await import("@tim/edge")).includes("TimClient"))';
    const node = [programs().node, "--input-type=module", "--eval", code];
    assert.is((await run(node, { cwd: folder })).trim(), "true");
  } finally {
    registry.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a tag that is not the version, or is not in the changelog, publishes nothing", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tim-edge-version-"));
  writeFileSync(join(folder, "deno.json"), '{ "version": "1.2.3" }');
  const says = async (tag: string, changelog: string) => {
    writeFileSync(join(folder, "CHANGELOG.md"), changelog);
    const command = `${commandOf("version", "GITHUB_REF_NAME")}\necho published`;
    const env = { GITHUB_REF_NAME: tag };
    return await run(["bash", "-ec", command], { cwd: folder, env, fails: true });
  };
  assert.is(await says("v1.2.3", "## 1.2.3"), "published\n");
  assert.is(await says("v1.2.4", "## 1.2.3"), "");
  assert.is(await says("v1.2.3", "## Unreleased"), "");
  rmSync(folder, { recursive: true });
});

test.run();
