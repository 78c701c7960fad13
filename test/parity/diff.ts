/** Where two answers differ, and how. */

/** One difference. */
export interface Difference {
  /** As in `MsgList[0].From_Account`; empty for the whole. */
  path: string;
  /** Absent when the answer has a field more. */
  expected?: unknown;
  /** Absent when the answer lacks the field. */
  actual?: unknown;
}

/** Lists the differences, in the order of the expected answer, then what there is besides. */
export function differences(expected: unknown, actual: unknown, path = ""): Difference[] {
  if (
    !isObject(expected) || !isObject(actual) || Array.isArray(expected) !== Array.isArray(actual)
  ) {
    return Object.is(expected, actual) ? [] : [{ path, expected, actual }];
  }
  const found: Difference[] = [];
  for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const here = Array.isArray(expected) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
    if (!Object.hasOwn(actual, key)) found.push({ path: here, expected: expected[key] });
    else if (!Object.hasOwn(expected, key)) found.push({ path: here, actual: actual[key] });
    else found.push(...differences(expected[key], actual[key], here));
  }
  return found;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** A difference on one line, for a person. */
export function differenceText({ path, expected, actual }: Difference): string {
  const name = path || "the answer";
  const json = (value: unknown) => {
    const text = JSON.stringify(value);
    return text.length > 200 ? `${text.slice(0, 200)}…` : text;
  };
  if (actual === undefined) return `${name} is missing, we answer ${json(expected)}`;
  if (expected === undefined) return `${name} is ${json(actual)}, which we do not answer`;
  return `${name} is ${json(actual)}, we answer ${json(expected)}`;
}
