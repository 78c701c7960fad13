/**
 * Checks a body against its command before it is sent: types, required fields, ranges, lengths in bytes.
 *
 * An entry of its own, since it brings every command's schema: about 19 kB gzipped that a program carries
 * only when it asks for them.
 *
 * @module
 */

import { type Schema, Validator } from "@cfworker/json-schema";
import type { BodyFault } from "../../core/validation.ts";
import { bodies, definitions } from "../generated/schemas/mod.ts";
import { explain } from "./explain.ts";
import type { JsonSchema } from "./json_schema.ts";
import { ownFaults } from "./own_rules.ts";

export type { BodyFault };

const validators = new Map<string, Validator>();

/**
 * Lists what is wrong with a body.
 *
 * Fields that no page describes are no fault, unless one is a described field in other letters: names are
 * case-sensitive, and the backend overlooks what it does not know.
 *
 * @example In development, check every call
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { validateBody } from "@tim/edge/validate";
 *
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   validate: validateBody,
 * });
 * console.log(tim.sdkAppId); // 1400000000
 *
 * const [fault] = validateBody("im_open_login_svc/account_import", { UserID: 7 });
 * console.log(fault?.path, fault?.message); // UserID is 7, wanted a string
 * ```
 *
 * @param command `service/command`.
 * @param body The body, as it would be sent.
 * @returns Each fault with its place and what was expected; none when the body fits, and none for a command
 * that the catalogue does not hold.
 */
export function validateBody(command: string, body: unknown): BodyFault[] {
  const schema = bodies[command];
  if (schema === undefined) return [];
  let validator = validators.get(command);
  if (validator === undefined) {
    const whole = { ...schema, $defs: neededBy(schema) };
    validators.set(command, validator = new Validator(whole as Schema, "2020-12", false));
  }
  // What JSON leaves out or writes otherwise is judged as it will arrive.
  const sent = body === undefined ? {} : JSON.parse(JSON.stringify(body) ?? "null");
  return [...schemaFaults(validator, schema, sent), ...ownFaults(schema, definitions, sent)];
}

function schemaFaults(validator: Validator, schema: JsonSchema, sent: unknown): BodyFault[] {
  try {
    return explain(schema, definitions, sent, validator.validate(sent).errors);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    // The validator cannot write the place of such a field.
    const expected = "names that UTF-8 can write";
    return [{
      path: "",
      message: `has half of a surrogate pair in a name, wanted ${expected}`,
      expected,
    }];
  }
}

/** The definitions that a schema refers to, and those in turn. */
function neededBy(schema: JsonSchema): Record<string, JsonSchema> {
  const needed: Record<string, JsonSchema> = {};
  const visit = (node: unknown) => {
    if (typeof node !== "object" || node === null) return;
    const { $ref } = node as JsonSchema;
    if (typeof $ref === "string") {
      const name = $ref.slice("#/$defs/".length);
      if (needed[name]) return;
      visit(needed[name] = definitions[name]!);
    }
    Object.values(node).forEach(visit);
  };
  visit(schema);
  return needed;
}
