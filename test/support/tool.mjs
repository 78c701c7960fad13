import { createRequire } from "node:module";

/** Loads a package of `test/tools`, which only tests and benches need; its types stay behind. */
export const tool = createRequire(new URL("../tools/deno.json", import.meta.url));
