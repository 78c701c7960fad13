/**
 * Validators for the catalogue's schemas.
 *
 * @module
 */

import { Validator } from "@cfworker/json-schema";
import type { Catalogue, Schema } from "./catalogue.ts";
import { reachable, toJsonSchema } from "./json_schema.ts";

const validators = new WeakMap<Schema, Validator>();

/** The validator of a schema; made once. */
export function validatorOf(catalogue: Catalogue, schema: Schema): Validator {
  let validator = validators.get(schema);
  if (!validator) {
    const plain = toJsonSchema(catalogue, schema);
    const $defs = Object.fromEntries(
      [...reachable(catalogue, [plain])].map((name) => [
        name,
        toJsonSchema(catalogue, catalogue.schemas.get(name)!.schema),
      ]),
    );
    const whole = { ...plain, $defs } as ConstructorParameters<typeof Validator>[0];
    validators.set(schema, validator = new Validator(whole, "2020-12"));
  }
  return validator;
}
