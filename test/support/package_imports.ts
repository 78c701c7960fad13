/**
 * The suite's own imports as a user of the package would write them.
 */

import { readFileSync } from "node:fs";
import { relative } from "node:path";

const { name, exports } = JSON.parse(readFileSync("deno.json", "utf8")) as {
  name: string;
  exports: Record<string, string>;
};

/** Every entry's specifier by its file: `src/hono/mod.ts` is `@tim/edge/hono`. */
export const entries: Map<string, string> = new Map(
  Object.entries(exports).map(([entry, file]) => [
    file.replace("./", ""),
    entry === "." ? name : `${name}/${entry.slice(2)}`,
  ]),
);

/** Rewrites what a file imports from the sources; throws when that is no entry of the package. */
export function withPackageImports(code: string): string {
  return code.replace(/"(?:\.\.\/)+(mod\.ts|src\/[^"]+)"/g, (_, file: string) => {
    const entry = entries.get(file);
    if (entry === undefined) throw new Error(`${file} is no entry of the package`);
    return `"${entry}"`;
  });
}

/** For esbuild: entries stay imports of the package. */
export const packageImports = {
  name: "package-imports",
  setup(build: {
    onResolve(
      where: { filter: RegExp },
      resolve: (
        asked: { path: string; resolveDir: string },
      ) => { path: string; external: true } | undefined,
    ): void;
  }): void {
    build.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
      const file = relative(".", new URL(path, `file://${resolveDir}/`).pathname);
      const entry = entries.get(file);
      return entry === undefined ? undefined : { path: entry, external: true };
    });
  },
};
