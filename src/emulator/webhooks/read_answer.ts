/**
 * What the app's own server answered to a callback, as far as it can be understood.
 *
 * Source: "Webhook Overview" of the Chat documentation.
 *
 * @module
 */

/** The fields of answers that decide anything. */
const FITS: Record<string, (value: unknown) => boolean> = {
  ErrorCode: Number.isSafeInteger,
  ErrorInfo: isText,
  MsgBody: Array.isArray,
  CloudCustomData: isText,
  RefusedMembers_Account: (value) => Array.isArray(value) && value.every(isText),
};

/**
 * Reads an answer: a field of another type is as good as none, a code in quotes is a code, and an answer
 * without a code lets the event pass.
 *
 * @throws {Error} When it is no JSON object, which counts as no answer.
 */
export function readAnswer(answer: unknown): Record<string, unknown> {
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) {
    throw new Error("the answer is no JSON object");
  }
  const fields = Object.entries({ ErrorCode: 0, ...answer }).map(([name, value]) =>
    [name, name === "ErrorCode" && isText(value) ? Number(value) : value] as const
  );
  const fit = Object.fromEntries(fields.filter(([name, value]) => FITS[name]?.(value) ?? true));
  return { ErrorCode: 0, ...fit };
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
