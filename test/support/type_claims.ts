/** Claims about types, for files that only the compiler tests. */

/** Whether two types are the same, `any` and optional fields told apart. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2)
  ? true
  : false;

/** Whether a type is `any`, which would let everything pass. */
export type IsAny<T> = 0 extends 1 & T ? true : false;

/** Fails to compile unless its type is exactly `true`. */
export function holds<_Claim extends true>(): void {}
