/**
 * What a route answers, before it becomes a `Response`.
 *
 * @module
 */

/** An answer. Headers that no route names are not sent: what the backend answered with never gets here. */
export interface Reply {
  status: number;
  body: string | null;
  /** Besides those that every answer has. @default JSON as the content type */
  headers?: Record<string, string>;
  /** Why the gateway said no, when it did. */
  reason?: string;
}

/** An answer in JSON. */
export function jsonReply(value: unknown, headers?: Record<string, string>): Reply {
  return { status: 200, body: JSON.stringify(value), headers };
}
