import { test } from "uvu";
import * as assert from "uvu/assert";
import { readFileSync } from "node:fs";
import { programs, run } from "../support/programs.ts";

interface Documented {
  nodes: Record<string, { symbols: { name: string; declarations: Declaration[] }[] }>;
}

interface Declaration {
  kind: string;
  jsDoc?: { tags?: { kind: string }[] };
}

test("every public symbol has an example", async () => {
  const { exports } = JSON.parse(readFileSync("deno.json", "utf8"));
  const files = Object.values<string>(exports);
  const printed = await run([programs().deno, "doc", "--json", ...files]);
  // What else it says stands around the JSON.
  const { nodes }: Documented = JSON.parse(
    printed.slice(printed.indexOf("{"), printed.lastIndexOf("}") + 1),
  );
  // What one entry passes on of another is told there.
  const symbols = Object.values(nodes).flatMap(({ symbols }) => symbols)
    .filter(({ declarations }) => declarations.some(({ kind }) => kind !== "reference"));
  assert.ok(symbols.length > 1000, `only ${symbols.length} symbols`);
  const without = symbols.filter(({ declarations }) =>
    !declarations.some(({ jsDoc }) => jsDoc?.tags?.some(({ kind }) => kind === "example"))
  );
  assert.equal(without.map(({ name }) => name), []);
});

test.run();
