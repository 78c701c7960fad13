/**
 * How any part of the emulator says no.
 *
 * @module
 */

/** An answer with an error code; thrown by checks and services, turned into an envelope in one place. */
export class Refusal extends Error {
  /** The `ErrorCode` to answer. */
  readonly code: number;

  /** Makes one; `info` becomes the `ErrorInfo`. */
  constructor(code: number, info: string) {
    super(info);
    this.name = "Refusal";
    this.code = code;
  }
}

/** Throws a {@linkcode Refusal}. */
export function refuse(code: number, info: string): never {
  throw new Refusal(code, info);
}

/** Shows a value in an `ErrorInfo`, cut short. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 56)} ...` : text;
}
