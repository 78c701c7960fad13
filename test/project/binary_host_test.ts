import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { spawnSync } from "node:child_process";
import { test as every } from "uvu";
import * as assert from "uvu/assert";

// `deno compile` is Deno's own.
const test = "deno" in process.versions ? every : every.skip;

/**
 * `denort` can be fetched from one host only, which tests must not ask: this Deno stands in for it. So the
 * file cannot be run here, but what was packed into it can be looked at.
 */
test("deno task build:binary packs all that tim loads, and no tool of the tests", () => {
  const folder = mkdtempSync(join(tmpdir(), "tim-binary-"));
  try {
    const output = join(folder, "tim");
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["run", "-A", "scripts/build_binary.ts", `--output=${output}`],
      {
        env: { ...process.env, DENORT_BIN: process.execPath, NO_COLOR: "1" },
        encoding: "utf8",
        timeout: 120_000,
      },
    );
    assert.is(status, 0, stderr);
    const added = statSync(output).size - statSync(process.execPath).size;
    assert.ok(added > 2_000_000 && added < 16_000_000, `${added} bytes`);
    const packed = readFileSync(output).subarray(-added).toString("latin1");
    // Loaded on demand: the graph must have them all the same.
    for (
      const name of [
        "sqlite_journals.ts",
        "certificates.ts",
        "description_text.ts",
        "candidates.ts",
        "create_emulator.ts",
        "render_html.ts",
      ]
    ) assert.ok(packed.includes(name), name);
    const packages = stdout + stderr;
    for (const name of ["hono", "jose", "x509"]) assert.match(packages, name);
    for (const name of ["fast-check", "tls-sig-api-v2", "uvu"]) assert.not.match(packages, name);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

every.run();
