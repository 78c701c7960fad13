/**
 * Values as they stand in a program, laid out as the formatter would.
 *
 * @module
 */

/** A docstring of this width keeps to the width of the sources. */
export const WIDTH = 96;

/**
 * Writes a value.
 *
 * @param value What JSON can say.
 * @param before How many characters stand before it in its line.
 * @param indent What its own lines begin with.
 * @param after How many characters follow in its last line.
 */
export function literal(value: unknown, before = 0, indent = "", after = 1): string {
  const text = inline(value);
  if (typeof value !== "object" || value === null || before + text.length + after <= WIDTH) {
    return text;
  }
  const within = `${indent}  `;
  const line = (start: string, item: unknown) =>
    `${within}${start}${literal(item, within.length + start.length, within)},\n`;
  if (!Array.isArray(value)) {
    const fields = Object.entries(value).map(([key, field]) =>
      line(`${propertyName(key)}: `, field)
    );
    return `{\n${fields.join("")}${indent}}`;
  }
  if (value.length === 1 && typeof value[0] === "object") {
    return `[${literal(value[0], before + 1, indent, after + 1)}]`;
  }
  return `[\n${value.map((item) => line("", item)).join("")}${indent}]`;
}

/** A field's name, in quotes where it must be. */
export function propertyName(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key);
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value !== "object" || value === null) return scalar(value);
  const fields = Object.entries(value).map(([key, field]) =>
    `${propertyName(key)}: ${inline(field)}`
  );
  return fields.length > 0 ? `{ ${fields.join(", ")} }` : "{}";
}

/** A text in those quotes that need fewer escapes. */
function scalar(value: unknown): string {
  const text = JSON.stringify(value);
  if (typeof value !== "string" || !value.includes('"') || value.includes("'")) return text;
  return `'${text.slice(1, -1).replaceAll('\\"', '"')}'`;
}
