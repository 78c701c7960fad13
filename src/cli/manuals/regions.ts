/**
 * The manual of `tim regions`.
 *
 * @module
 */

import { manual } from "../manual.ts";

/** `tim regions`. */
export const regionsManual = manual({
  name: "regions",
  summary: "the REST hosts of the backend, by the region of an app",
  usage: ["[options]"],
  operands: false,
  options: {},
  examples: ["tim regions", "tim regions --json"],
  exitCodes: { 0: "listed", 2: "used wrongly" },
});
