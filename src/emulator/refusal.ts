/**
 * How any part of the emulator says no.
 *
 * @module
 */

import { redact } from "../core/redact.ts";

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

/** Shows a value in an `ErrorInfo`: texts cut short, objects and lists by their kind alone. */
export function quote(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  // Before the cut: the rest of a UserSig would not be recognised as one.
  const text = redact(JSON.stringify(value));
  return text.length > 60 ? `${text.slice(0, 56)} ..."` : text;
}
