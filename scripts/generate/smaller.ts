/**
 * Bodies with something left out.
 *
 * @module
 */

/** Keys of objects and places in lists, from the outermost inwards. */
export type Path = (string | number)[];

/** A copy without the field or the entry at that place. */
export function without(value: unknown, [key, ...rest]: Path): unknown {
  if (Array.isArray(value)) {
    return rest.length === 0
      ? value.toSpliced(key as number, 1)
      : value.with(key as number, without(value[key as number], rest));
  }
  const copy = { ...value as Record<string, unknown> };
  if (rest.length === 0) delete copy[key!];
  else copy[key!] = without(copy[key!], rest);
  return copy;
}

/**
 * Leaves out one thing after the other, the last first, until the value is small enough. Whatever held
 * something goes on holding something, and an entry of a list stays whole unless it is the first.
 *
 * @param value What is too large, or not.
 * @param isSmall Whether it is small enough.
 * @param isGood Whether a value may be left as it is then.
 * @returns As much as may stay; larger than asked for where more cannot go.
 */
export function shrink(
  value: unknown,
  isSmall: (value: unknown) => boolean,
  isGood: (value: unknown) => boolean,
): unknown {
  let left = value;
  for (const path of [...places(value)].reverse()) {
    if (isSmall(left)) break;
    if (!isThere(left, path) || sizeAround(left, path) === 1) continue;
    const smaller = without(left, path);
    if (isGood(smaller)) left = smaller;
  }
  return left;
}

/** The places inside, in the order of the text; of a list's entries, only the first is looked into. */
function* places(value: unknown, path: Path = []): Generator<Path> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const within = [...path, Array.isArray(value) ? Number(key) : key];
    yield within;
    if (!Array.isArray(value) || key === "0") yield* places(inner, within);
  }
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((outer, key) => (outer as Record<string, unknown>)?.[key], value);
}

function isThere(value: unknown, path: Path): boolean {
  return at(value, path) !== undefined;
}

/** How much the object or list holds in which that place is. */
function sizeAround(value: unknown, path: Path): number {
  return Object.keys(at(value, path.slice(0, -1)) as object).length;
}
