import { packages } from "../../scripts/runtimes.ts";

/** Imports a package that only tests need: Deno knows those by their full name, the others by the short one. */
// deno-lint-ignore no-explicit-any -- the packages have types of their own, which nobody fetches for this
export async function testPackage(name: string): Promise<any> {
  const full = packages.find((known) => known.startsWith(`npm:${name}@`));
  if (full === undefined) {
    throw new Error(`${name} is not among the packages of scripts/runtimes.ts`);
  }
  return await import("Deno" in globalThis ? full : name);
}
