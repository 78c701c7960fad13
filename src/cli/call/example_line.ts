/**
 * A body as a command line to paste.
 *
 * @module
 */

const MOST_WORDS = 8;
const PLAIN = /^[\w@%+=:,./#[\]-]+$/;

/** Writes the line: `Field=value` for each field, or `--data` where there are many or deep ones. */
export function exampleLine(
  command: string,
  body: Record<string, unknown>,
  ...options: string[]
): string {
  const words = [...assignments(body, "")];
  const plain = words.every((word): word is string => word !== undefined);
  const rest = plain && words.length <= MOST_WORDS
    ? words.map(quoted)
    : ["--data", quoted(JSON.stringify(body))];
  return ["tim call", ...options, command, ...rest].join(" ");
}

/** The words that set a value; `undefined` where no word can. */
function* assignments(value: unknown, path: string): Generator<string | undefined> {
  if (Array.isArray(value)) {
    if (value.length === 0) yield `${path}:=[]`;
    for (const [at, item] of value.entries()) yield* assignments(item, `${path}[${at}]`);
  } else if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0 && path !== "") yield `${path}:={}`;
    for (const [name, inner] of entries) {
      if (/[.[\]=:]/.test(name)) yield undefined;
      else yield* assignments(inner, path === "" ? name : `${path}.${name}`);
    }
  } else yield typeof value === "string" ? `${path}=${value}` : `${path}=${JSON.stringify(value)}`;
}

/** Quotes a word for a POSIX shell where that is needed. */
function quoted(word: string): string {
  return PLAIN.test(word) && !/[[\]#]/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
