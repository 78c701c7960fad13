/**
 * The generated files, as texts before formatting.
 *
 * @module
 */

import type { Catalogue } from "./catalogue.ts";
import { areaFiles } from "./emit_areas.ts";
import { errorCodesFile } from "./emit_error_codes.ts";
import { idempotentFile } from "./emit_idempotent.ts";
import { openapiFile } from "./emit_openapi.ts";
import { pagingFiles } from "./emit_paging.ts";
import { schemaFiles } from "./emit_schemas.ts";
import { tableFiles } from "./emit_tables.ts";
import { typeFiles } from "./emit_types.ts";
import { head } from "./names.ts";

/** Every generated file: its path under `src/`, and its text. */
export function generateFiles(catalogue: Catalogue): Map<string, string> {
  const generated = [...catalogueFiles(catalogue)].map(([path, text]) =>
    [`api/generated/${path}`, text] as const
  );
  return new Map([
    ...generated,
    ["core/error_codes.ts", errorCodesFile()],
    ["core/idempotent_commands.ts", idempotentFile(catalogue)],
  ]);
}

function catalogueFiles(catalogue: Catalogue): Map<string, string> {
  const files = new Map<string, string>();
  typeFiles(catalogue, files);
  areaFiles(catalogue, files);
  tableFiles(catalogue, files);
  pagingFiles(catalogue, files);
  const typed = [...files.keys()].filter((path) => /^(types|areas)\//.test(path)).sort();
  files.set(
    "all_types.ts",
    head("Every generated type, for those who name them.") +
      typed.map((path) => `export type * from "./${path}";\n`).join(""),
  );
  schemaFiles(catalogue, files);
  files.set("openapi.ts", openapiFile(catalogue));
  return files;
}
