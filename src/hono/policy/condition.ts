/**
 * Conditions, compiled: each tells in words why it does not hold.
 *
 * @module
 */

import { ConfigError } from "../../core/errors.ts";
import { checkKeys, checkObject } from "../check_keys.ts";
import type { Catalogue } from "./catalogue.ts";
import { type FieldPath, fieldPath, MISSING, readField } from "./fields.ts";
import { checkKnown } from "./patterns.ts";
import type { Condition } from "./rule.ts";
import { type Asked, ruleValue, type Value } from "./values.ts";

/**
 * Calls the command that looks an object up, and gives its answer; `undefined` when the backend says that
 * there is none.
 */
export type LookUp = (
  command: string,
  body: Record<string, unknown>,
) => Promise<unknown | undefined>;

/** A condition that was checked at start. */
export interface CompiledCondition {
  /** What it demands, in words. */
  text: string;
  /** The fields of the request that it goes by. */
  ofRequest: readonly FieldPath[];
  /** Whether it takes a call to find out. */
  looksUp: boolean;
  /** Whether it holds. */
  holds(asked: Asked, lookUp: LookUp): boolean | Promise<boolean>;
}

/** What a condition can demand of a value: the keys of which it has exactly one. */
type TestName = Exclude<keyof Condition, "field" | "optional" | "lookup">;

/** A demand that was checked at start: whether a value meets it, and what it is in words. */
interface ValueTest {
  test: (value: unknown, asked: Asked) => boolean;
  words: string;
}

/** The demands; each refuses at start what could not be meant. */
const TESTS: {
  [Name in TestName]: (
    where: string,
    wanted: Exclude<Condition[Name], undefined>,
    paths: FieldPath[],
  ) => ValueTest;
} = {
  equals(where, equals, paths) {
    const wanted = scalar(where, equals, paths);
    return { test: (value, asked) => value === wanted(asked), words: `is ${shown(equals)}` };
  },
  oneOf(where, oneOf, paths) {
    if (!Array.isArray(oneOf) || oneOf.length === 0) {
      throw new ConfigError(`${where} must be a list of values`);
    }
    const wanted = oneOf.map((value, index) => scalar(`${where}[${index}]`, value, paths));
    return {
      test: (value, asked) => wanted.some((one) => value === one(asked)),
      words: `is one of ${oneOf.map(shown).join(", ")}`,
    };
  },
  startsWith(where, start) {
    if (typeof start !== "string" || start === "" || start.startsWith("$")) {
      throw new ConfigError(
        `${where} must be a plain text: "$caller" would let "al" pass for "alice"`,
      );
    }
    return {
      test: (value) => typeof value === "string" && value.startsWith(start),
      words: `begins with "${start}"`,
    };
  },
  absent(where, absent) {
    if (absent !== true) throw new ConfigError(`${where} must be true`);
    return { test: () => false, words: "is not given" };
  },
};

const NAMES = Object.keys(TESTS) as TestName[];
const KEYS = ["field", ...NAMES, "optional", "lookup"];

/**
 * Compiles a condition.
 *
 * @throws {ConfigError} When it is not well-formed, or looks up by a command that there is not.
 */
export function compileCondition(
  where: string,
  condition: Condition,
  catalogue: Catalogue,
): CompiledCondition {
  checkKeys(where, condition, KEYS);
  const path = fieldPath(`${where}.field`, condition.field);
  const given = NAMES.filter((name) => condition[name] !== undefined);
  const [name] = given;
  if (name === undefined || given.length > 1) {
    throw new ConfigError(
      `${where} has ${given.join(" and ") || "no test"}, wanted one of ${NAMES.join(", ")}`,
    );
  }
  const ofRequest: FieldPath[] = [];
  const { test, words } = TESTS[name](`${where}.${name}`, condition[name] as never, ofRequest);
  const optional = condition.optional ?? false;
  if (typeof optional !== "boolean") {
    throw new ConfigError(`${where}.optional must be true or false`);
  }
  const passes = (source: unknown, asked: Asked) =>
    readField(source, path).every((value) =>
      value === MISSING ? optional || condition.absent === true : test(value, asked)
    );
  const text = `${path.text} ${words}${optional ? ", if given" : ""}`;
  if (condition.lookup === undefined) {
    return {
      text,
      ofRequest: [path, ...ofRequest],
      looksUp: false,
      holds: (asked) => passes(asked.body, asked),
    };
  }
  const { command, body } = compileLookup(
    `${where}.lookup`,
    condition.lookup,
    catalogue,
    ofRequest,
  );
  return {
    text: `${text}, in the answer of ${command}`,
    ofRequest,
    looksUp: true,
    holds: async (asked, lookUp) => {
      const wanted = body(asked);
      if (wanted === MISSING) return false;
      const answer = await lookUp(command, wanted as Record<string, unknown>);
      return answer !== undefined && passes(answer, asked);
    },
  };
}

/** Objects are never equal to anything, so that a condition on one could only refuse. */
function scalar(where: string, value: unknown, paths: FieldPath[]): Value {
  if (typeof value === "object" && value !== null) {
    throw new ConfigError(`${where} must be a text, a number, true, false or null`);
  }
  return ruleValue(where, value, paths);
}

function shown(value: unknown): string {
  return value === "$caller" ? "the caller" : JSON.stringify(value);
}

function compileLookup(
  where: string,
  lookup: NonNullable<Condition["lookup"]>,
  catalogue: Catalogue,
  paths: FieldPath[],
): { command: string; body: Value } {
  checkKeys(where, lookup, ["command", "body"]);
  const { command } = lookup;
  if (!/^[A-Za-z0-9_]+\/[A-Za-z0-9_]+$/.test(command)) {
    throw new ConfigError(`${where}.command must be "service/command"`);
  }
  checkKnown(`${where}.command`, command, catalogue);
  checkObject(`${where}.body`, lookup.body);
  if (catalogue.get(command)?.idempotent === false) {
    throw new ConfigError(
      `${where}.command is ${command}, which changes things; give one that reads`,
    );
  }
  return { command, body: ruleValue(`${where}.body`, lookup.body, paths) };
}
