/**
 * The examples in the docstrings of the types: values out of the documents, made short, and a line that uses
 * them.
 *
 * @module
 */

import {
  type Catalogue,
  type Content,
  type Entry,
  refName,
  resolve,
  type Schema,
} from "./catalogue.ts";
import { flatten } from "./flatten.ts";
import { literal, propertyName, WIDTH } from "./literal.ts";
import { typeNames } from "./names.ts";
import { shrink } from "./smaller.ts";
import { isNamed } from "./types.ts";
import { validatorOf } from "./validator.ts";

/** The lines of an example, by the name of the type that it shows. */
export type Example = (type: string) => string[];

/** Most lines of a value: an editor shows it beside the word under the cursor. */
const MOST_LINES = 6;
/** A body shows more, since some of its fields need others; a test sends what is left of each. */
const MOST_LINES_OF_BODY = 7;
/** What says least, since every answer, every callback or every element has it. */
const EVERYWHERE =
  /\.(ActionStatus|ErrorInfo|ErrorCode|RequestId|ErrorDisplay|CallbackCommand|MsgType)$/;
/** A text that can stand in a comment, and is no longer than it should be there. */
const SHOWN = /^\S(.{0,38}\S)?$/;

/** Makes the examples. */
export class Examples {
  readonly #catalogue: Catalogue;
  /** The first value that an example of the documents has for a named schema. */
  readonly #values = new Map<string, unknown>();

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
    for (const [name, { schema }] of catalogue.schemas) {
      for (const value of namedExamples(schema)) this.#collect({ $ref: `#/${name}` }, value);
    }
    for (const { request, response } of [...catalogue.commands, ...catalogue.webhooks]) {
      for (const content of [request, response]) {
        for (const value of valuesOf(content)) this.#collect(content.schema, value);
      }
    }
  }

  /** As much of a command's own example as its docstring shows. */
  shortBody(entry: Entry): unknown {
    const start = typed("body", typeNames(entry)[0]);
    const [whole] = valuesOf(entry.request);
    return this.#short(entry.request.schema, whole, start, MOST_LINES_OF_BODY);
  }

  /** A command's body, and that it fits. */
  body(entry: Entry): Example {
    const check = `console.log(validateBody("${entry.id}", body)); // []`;
    return (type) =>
      check.length > WIDTH ? this.#namedBody(type, type, entry) : [
        ...importsOfBody(type),
        ...statement(typed("body", type), this.shortBody(entry)),
        check,
      ];
  }

  /** The same for a type that has the bodies of many commands. */
  bodyOf(entry: Entry): Example {
    return (type) => this.#namedBody(type, `${type}[typeof command]["request"]`, entry);
  }

  /** A named call, without a backend. */
  call(entry: Entry): Example {
    const { area, name, id } = entry;
    return (type) => {
      const imports = type.toLowerCase() < "namedcalls"
        ? `type ${type}, namedCalls`
        : `namedCalls, type ${type}`;
      const start = `  ${area}.${name}(`;
      return [
        `import { ${imports} } from "@tim/edge/api";`,
        "",
        `const run = (${area}: ${type}) =>`,
        ...`${start}${literal(this.shortBody(entry), start.length, "  ", 2)});`.split("\n"),
        "// In a test, whatever has `call` stands for the client.",
        `const { ${area} } = namedCalls({ call: (command) => Promise.resolve(command) });`,
        `console.log(await run(${area})); // ${id}`,
      ];
    };
  }

  /** What a command answers, what a callback brings or what is answered to it. */
  message(variable: string, content: Content): Example {
    return (type) => this.#use(variable, type, content.schema, valuesOf(content)[0]);
  }

  /** A value inside of others. */
  part(name: string): Example {
    const { document, schema } = this.#catalogue.schemas.get(name)!;
    const variable = /[A-Z][a-z0-9]*$/.exec(name)?.[0].toLowerCase() ?? "value";
    const value = this.#values.get(name) ?? schema.enum?.[0];
    if (value === undefined) {
      throw new Error(`${document}.yaml: no example shows ${name}; give that schema examples`);
    }
    return (type) => this.#use(variable, type, schema, value);
  }

  #namedBody(imported: string, type: string, entry: Entry): string[] {
    return [
      ...importsOfBody(imported),
      `const command = "${entry.id}";`,
      ...statement(typed("body", type), this.shortBody(entry)),
      "console.log(validateBody(command, body)); // []",
    ];
  }

  #use(variable: string, type: string, schema: Schema, whole: unknown): string[] {
    const start = typed(variable, type);
    const value = this.#short(schema, whole, start, MOST_LINES);
    const { path, text } = this.#reading(schema, value);
    return [
      `import type { ${type} } from "@tim/edge/api";`,
      "",
      ...statement(start, value),
      `console.log(${variable}${path}); // ${text}`,
    ];
  }

  /** As much of a value as has so many lines, without what says nothing of a success. */
  #short(schema: Schema, whole: unknown, start: string, mostLines: number): unknown {
    const validator = validatorOf(this.#catalogue, schema);
    const isGood = (value: unknown) => validator.validate(value).valid;
    const isShort = (value: unknown) => statement(start, value).length <= mostLines;
    const { ErrorInfo: _, RequestId: __, ErrorDisplay: ___, ...bare } = Object(whole);
    const value = bare.ErrorCode === 0 && isGood(bare) ? bare : whole;
    return shrink(value, isShort, isGood);
  }

  /** The shortest way to something that says what the value is, a text if there is one, and that. */
  #reading(schema: Schema, value: unknown): Reading {
    const readings = [...this.#readings(schema, value)];
    const own = readings.filter(({ path }) => !EVERYWHERE.test(path));
    const [found] = own.length > 0
      ? own.sort((one, other) => one.rank - other.rank)
      : readings.reverse();
    return found ?? { path: "", text: JSON.stringify(value), rank: 0 };
  }

  /** Every way to a value that can stand in a comment, as far as the types know the way. */
  *#readings(schema: Schema, value: unknown, path = "", depth = 0): Generator<Reading> {
    if (typeof value !== "object" || value === null) {
      if (SHOWN.test(String(value))) {
        yield { path, text: String(value), rank: depth + (typeof value === "string" ? 0 : 10) };
      }
      return;
    }
    const { items, properties = {}, required = [], discriminator } = this.#whole(schema);
    if (Array.isArray(value)) {
      if (!items || value.length === 0) return;
      const link = typeof value[0] === "object" ? "?" : "";
      yield* this.#readings(items, value[0], `${path}[0]${link}`, depth + 1);
      return;
    }
    for (const [key, field] of Object.entries(value)) {
      const known = properties[key] ?? (discriminator?.propertyName === key && {});
      if (!known) continue;
      const name = propertyName(key);
      const dotted = path.endsWith("?") ? `${path}.` : path;
      const step = name === key ? `${path}.${key}` : `${dotted}[${name}]`;
      const mayMiss = typeof field === "object" && !required.includes(key);
      const link = !mayMiss ? "" : Array.isArray(field) ? "?." : "?";
      yield* this.#readings(known, field, step + link, depth + 1);
    }
  }

  /** Remembers the values of the named schemas that a value has inside. */
  #collect(schema: Schema, value: unknown): void {
    if (schema.$ref) {
      const name = refName(schema.$ref);
      const target = this.#catalogue.schemas.get(name)!.schema;
      if (isNamed(target) && !this.#values.has(name)) this.#values.set(name, value);
      return this.#collect(target, value);
    }
    const [first, ...rest] = schema.allOf ?? [];
    if (first?.$ref && rest.length === 0 && !schema.properties) return this.#collect(first, value);
    const { oneOf, anyOf, items, properties, ...more } = this.#whole(schema);
    const fits = (one: Schema) => validatorOf(this.#catalogue, one).validate(value).valid;
    const option = (oneOf ?? anyOf)?.find((one) => one.$ref && fits(one));
    if (option) return this.#collect(option, value);
    if (Array.isArray(value)) {
      for (const item of items ? value : []) this.#collect(items!, item);
    } else if (typeof value === "object" && value !== null) {
      const others = [
        ...Object.values(more.patternProperties ?? {}),
        ...(typeof more.additionalProperties === "object" ? [more.additionalProperties] : []),
      ];
      for (const [key, field] of Object.entries(value)) {
        const inner = properties?.[key] ?? others[0];
        if (inner) this.#collect(inner, field);
      }
    }
  }

  /** A schema without references and parts; of an answer, the envelope is among its fields. */
  #whole(schema: Schema): Schema {
    const { schema: flat, envelope } = flatten(
      this.#catalogue,
      isEnvelope(schema) ? schema : resolve(this.#catalogue, schema),
    );
    if (!envelope) return flat;
    const { properties, required } = this.#catalogue.schemas.get("Envelope")!.schema;
    return {
      ...flat,
      properties: { ...properties, ...flat.properties },
      required: [...required!, ...flat.required ?? []],
    };
  }
}

/** A way to a value and its text. */
interface Reading {
  path: string;
  text: string;
  /** The best is the lowest. */
  rank: number;
}

function isEnvelope({ $ref }: Schema): boolean {
  return $ref !== undefined && refName($ref) === "Envelope";
}

function importsOfBody(type: string): string[] {
  return [
    `import type { ${type} } from "@tim/edge/api";`,
    'import { validateBody } from "@tim/edge/validate";',
    "",
  ];
}

/** The values of the examples, in their order. */
function valuesOf({ example, examples }: Content): unknown[] {
  return example === undefined
    ? Object.values(examples ?? {}).map(({ value }) => value)
    : [example];
}

/** The examples of a schema itself. */
export function namedExamples({ examples }: Schema): unknown[] {
  return Array.isArray(examples) ? examples : [];
}

function typed(variable: string, type: string): string {
  return `const ${variable}: ${type} = `;
}

function statement(start: string, value: unknown): string[] {
  return `${start}${literal(value, start.length)};`.split("\n");
}
