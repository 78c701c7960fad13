/**
 * JSON Schema of the report that `renderJson` and `tim doctor --json` write.
 *
 * @module
 */

import { causes } from "../causes.ts";
import { en } from "../texts/en.ts";

const text = { type: "string" };
const milliseconds = { type: "number", minimum: 0 };
const seconds = { type: "number", minimum: 0 };

/**
 * A JSON Schema (2020-12). What a finding's `facts` hold depends on its `id`; times there are milliseconds.
 *
 * @example For a validator
 * ```ts
 * import { reportSchema } from "@tim/edge/doctor";
 *
 * console.log(reportSchema.title); // Report of tim doctor
 * ```
 */
export const reportSchema: Record<string, unknown> = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Report of tim doctor",
  type: "object",
  required: [
    "version",
    "target",
    "runtime",
    "startedAt",
    "tookMs",
    "verdict",
    "phases",
    "findings",
  ],
  additionalProperties: false,
  properties: {
    version: { const: 1 },
    target: {
      type: "object",
      required: ["baseUrl", "host", "port", "secure", "prefix"],
      additionalProperties: false,
      properties: {
        baseUrl: text,
        host: text,
        port: { type: "integer", minimum: 1, maximum: 65535 },
        secure: { type: "boolean" },
        prefix: text,
        region: text,
      },
    },
    runtime: {
      type: "object",
      required: ["name", "version"],
      additionalProperties: false,
      properties: { name: text, version: text, place: text },
    },
    startedAt: { type: "string", format: "date-time" },
    tookMs: milliseconds,
    verdict: {
      type: "object",
      required: ["healthy", "status", "cause", "sentence", "exitCode"],
      additionalProperties: false,
      properties: {
        healthy: { type: "boolean" },
        status: { enum: ["ok", "warning", "error", "unknown"] },
        cause: {
          enum: ["healthy", ...new Set(causes.map(({ cause }) => cause)), "unexplained"],
        },
        sentence: { type: "string", minLength: 1 },
        remedy: text,
        exitCode: { enum: [0, 1, 3, 4] },
      },
    },
    phases: {
      type: "object",
      additionalProperties: false,
      properties: {
        time_namelookup: seconds,
        time_connect: seconds,
        time_appconnect: seconds,
        time_starttransfer: seconds,
      },
    },
    findings: {
      type: "array",
      items: {
        type: "object",
        required: ["check", "id", "status", "saw", "facts"],
        additionalProperties: false,
        properties: {
          check: { enum: Object.keys(en.checks) },
          id: { enum: Object.keys(en.findings) },
          status: { enum: ["ok", "info", "warning", "error", "skipped", "unknown"] },
          saw: text,
          means: text,
          remedy: text,
          accepted: text,
          command: text,
          facts: { type: "object" },
        },
      },
    },
  },
};
