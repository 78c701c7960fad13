/**
 * The part of JSON Schema that the bodies of the commands need.
 *
 * @module
 */

/** A JSON Schema, with the keywords that the generated schemas use. */
export interface JsonSchema {
  /** `#/$defs/` and the name of another schema. */
  $ref?: string;
  /** Type or types of the value. */
  type?: string | string[];
  /** Fields of an object. */
  properties?: Record<string, JsonSchema>;
  /** Fields of an object whose names match. */
  patternProperties?: Record<string, JsonSchema>;
  /** The other fields; `false` forbids them. */
  additionalProperties?: boolean | JsonSchema;
  /** Fields that must be there. */
  required?: string[];
  /** Each item of a list. */
  items?: JsonSchema;
  /** All values that are allowed. */
  enum?: (string | number)[];
  /** The only value that is allowed. */
  const?: string | number;
  /** Exactly one must hold. */
  oneOf?: JsonSchema[];
  /** At least one must hold. */
  anyOf?: JsonSchema[];
  /** Every one must hold. */
  allOf?: JsonSchema[];
  /** When this holds, `then` must hold. */
  if?: JsonSchema;
  /** See `if`. */
  then?: JsonSchema;
  /** Smallest number. */
  minimum?: number;
  /** Greatest number. */
  maximum?: number;
  /** Fewest items. */
  minItems?: number;
  /** Most items. */
  maxItems?: number;
  /** Fewest characters. */
  minLength?: number;
  /** Most characters. */
  maxLength?: number;
  /** Most fields. */
  maxProperties?: number;
  /** Regular expression that a text must match. */
  pattern?: string;
  /** Most bytes: of a text in UTF-8, of anything else as JSON. */
  "x-max-bytes"?: number;
  /** The backend's code for a fault here; the emulator answers it. */
  "x-fault-code"?: number;
  /** The backend's code for a broken limit here; 0 when the command judges each item by itself. */
  "x-limit-code"?: number;
  /** What older pages and libraries call this field; the emulator takes that too. */
  "x-older-name"?: string;
}
