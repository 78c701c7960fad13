/**
 * Claims of a token by name.
 *
 * @module
 */

/** A claim by its name or, since login servers nest them, by a path with dots; `undefined` when there is none. */
export function claimAt(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split(".").reduce<unknown>(
    (at, part) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, part)
        ? (at as Record<string, unknown>)[part]
        : undefined,
    claims,
  );
}
