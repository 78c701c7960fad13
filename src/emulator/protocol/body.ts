/**
 * The body as JSON, and the accounts in it, before any command looks at it.
 *
 * @module
 */

import { quote, refuse } from "../refusal.ts";

/** A request's body. */
export type Body = Record<string, unknown>;

/** Names of fields that hold an account, or a list of accounts. */
const ACCOUNT_FIELD = /(_Account|UserID|^Accounts|^Identifier)$/;

/** No page gives a number; the largest body that the schemas allow is far below. */
const MOST_BYTES = 4 * 2 ** 20;

/** Reads the body's text; nothing when it broke off, and what is no JSON when it is too long or no UTF-8. */
export async function readText(request: Request): Promise<string | undefined> {
  if (Number(request.headers.get("content-length")) > MOST_BYTES) return TOO_LONG;
  const bytes = await request.arrayBuffer().catch(() => undefined);
  if (!bytes) return undefined;
  if (bytes.byteLength > MOST_BYTES) return TOO_LONG;
  try {
    return utf8.decode(bytes);
  } catch {
    return NOT_UTF8;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });
/** Stands for a text that cannot be read; JSON's parser stumbles over it. */
const NOT_UTF8 = "\u{fffd}";

/** Stands for a text that nobody wants to read. */
const TOO_LONG = "\u{fffd}\u{fffd}";

/** Reads the body: one JSON object in UTF-8. */
export function parseBody(text: string | undefined): Body {
  if (text === undefined) refuse(60003, "The body broke off");
  if (text === TOO_LONG) refuse(60003, `The body has more than ${MOST_BYTES} bytes`);
  if (text === "") refuse(60003, "The body is empty; send a JSON object, {} at least");
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    // Only the place: some runtimes quote the body, and there may be a UserSig in it.
    const place = /position \d+/.exec((error as Error).message)?.[0];
    refuse(60003, `The body is not JSON in UTF-8${place ? ` (at ${place})` : ""}`);
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    refuse(60003, `The body is ${quote(body)}, wanted a JSON object`);
  }
  return body as Body;
}

/** Refuses accounts that are not strings, at any depth. */
export function checkAccountTypes(body: Body): void {
  // A list instead of recursion, since the nesting may be deeper than the stack.
  const open: [path: string, value: object][] = [["", body]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, object] = next;
    for (const [key, value] of Object.entries(object)) {
      const here = Array.isArray(object) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
      if (!Array.isArray(object) && ACCOUNT_FIELD.test(key)) checkAccounts(here, value);
      if (typeof value === "object" && value !== null) open.push([here, value]);
    }
  }
}

function checkAccounts(path: string, value: unknown): void {
  const list = Array.isArray(value) ? value : [value];
  const at = list.findIndex((account) => typeof account !== "string");
  if (at < 0) return;
  const where = Array.isArray(value) ? `${path}[${at}]` : path;
  refuse(60015, `${where} is ${quote(list[at])}, but an account is a string; put digits in quotes`);
}
