/**
 * The check of a body before it is sent; what it is checked against comes from outside.
 *
 * @module
 */

import { TimError } from "./errors.ts";

/**
 * What is wrong with one place of a body.
 *
 * @example Beside the fields of a form
 * ```ts
 * import { type BodyFault, validateBody } from "@tim/edge/validate";
 *
 * const notes = (faults: BodyFault[]) =>
 *   Object.fromEntries(faults.map(({ path, expected }) => [path, `Wanted: ${expected}`]));
 * const faults = validateBody("im_open_login_svc/account_import", { UserID: "vera", Nick: 7 });
 * console.log(notes(faults)); // { Nick: "Wanted: a string" }
 * ```
 */
export interface BodyFault {
  /** The place, `MsgBody[0].MsgContent.Text`; empty for the body itself. */
  path: string;
  /** The fault in a sentence without the place: `is a number, wanted a string`. */
  message: string;
  /** What was expected: `a string`, `at most 32 bytes of UTF-8`. */
  expected: string;
}

/**
 * Looks a body over and lists its faults; none when it fits or the command is unknown.
 *
 * @example A rule of one's own before the documented ones
 * ```ts
 * import { type BodyValidator, TimClient } from "@tim/edge";
 * import { validateBody } from "@tim/edge/validate";
 *
 * const ours: BodyValidator = (command, body) =>
 *   "GroupId" in body && !`${body.GroupId}`.startsWith("shop-")
 *     ? [{ path: "GroupId", message: "does not begin with shop-", expected: "shop-…" }]
 *     : validateBody(command, body);
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 *   validate: ours,
 * });
 * const call = tim.call("group_open_http_svc/destroy_group", { GroupId: "book-club" });
 * console.log(await call.catch(({ faults }) => faults[0].message)); // does not begin with shop-
 * ```
 */
export type BodyValidator = (command: string, body: object) => readonly BodyFault[];

/**
 * A body that does not fit its command: nothing was sent.
 *
 * @example What is wrong with a body, place by place
 * ```ts
 * import { TimClient, ValidationError } from "@tim/edge";
 * import { validateBody } from "@tim/edge/validate";
 *
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   validate: validateBody,
 * });
 * try {
 *   await tim.call<string>("im_open_login_svc/account_import", { UserID: 7 });
 * } catch (error) {
 *   if (!(error instanceof ValidationError)) throw error;
 *   console.log(error.faults.map(({ path }) => path).join()); // UserID
 * }
 * ```
 */
export class ValidationError extends TimError {
  /** Every fault that was found. */
  declare readonly faults: readonly BodyFault[];

  /**
   * Makes an error out of the faults.
   *
   * @param command The command that was about to be called.
   * @param faults What is wrong; the message quotes the first few.
   */
  constructor(command: string, faults: readonly BodyFault[]) {
    const quoted = faults.slice(0, 3).map(({ path, message }) => `${path || "it"} ${message}`);
    if (faults.length > 3) quoted.push(`${faults.length - 3} more`);
    super(`Body of ${command} does not fit: ${quoted.join("; ")}`, {
      code: "TIM_VALIDATION",
      kind: "validation",
      command,
    });
    this.name = "ValidationError";
    this.faults = faults;
  }
}

/** Refuses a body with faults. */
export function checkBody(validate: BodyValidator, command: string, body: object): void {
  const faults = validate(command, body);
  if (faults.length > 0) throw new ValidationError(command, faults);
}
