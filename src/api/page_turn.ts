/**
 * What one answer of a paged command holds, and the body that asks for the page after it.
 *
 * @module
 */

import { TimError } from "../core/errors.ts";
import type { Paging } from "./command_row.ts";

type Fields = Record<string, unknown>;

/** The value at a path of an answer, `Response.RoomList`; nothing where the way ends early. */
export function valueAt(answer: unknown, path: string): unknown {
  let at = answer;
  for (const key of path.split(".")) at = (at as Fields | null | undefined)?.[key];
  return at ?? undefined;
}

/** The items of a page; a list that is left out is empty. */
export function itemsOf(row: Paging, answer: unknown, command: string): unknown[] {
  return row.items.flatMap((path) => {
    const list = valueAt(answer, path) ?? [];
    if (Array.isArray(list)) return list;
    throw protocolError(command, `${path} is no list`);
  });
}

/**
 * The body that asks for the next page.
 *
 * @param row How the command is paged.
 * @param body What asked for this page.
 * @param answer The page.
 * @param items What `itemsOf` found in it.
 * @param command Its name, for errors.
 * @returns Nothing when this page is the last.
 * @throws {TimError} When the answer says that there is more, but not where.
 */
export function nextBody(
  row: Paging,
  body: Fields,
  answer: unknown,
  items: unknown[],
  command: string,
): Fields | undefined {
  if (items.length === 0) return undefined;
  const { offset, step, total } = row;
  // Where a command pages by offset or by mark, the body says by which: whether it holds the mark.
  const { carry = {}, end } = offset && !holdsMark(row, body)
    ? { ...row, carry: {}, end: undefined }
    : row;
  if (end && isEnd(end, carry, valueAt(answer, end.field))) return undefined;

  const carried = Object.entries(carry)
    .map(([field, path]) => [field, valueAt(answer, path)] as const)
    .filter(([, value]) => value !== undefined);
  for (const [field, value] of carried) {
    if (typeof value === "number" && !Number.isSafeInteger(value)) {
      throw protocolError(command, `${field} is ${value}, a number that JSON.parse has rounded`);
    }
  }
  if (carried.length > 0) return { ...body, ...Object.fromEntries(carried) };
  if (Object.keys(carry).length > 0) {
    const paths = Object.values(carry).join(", ");
    throw protocolError(command, `there is more, but no ${paths} to ask for it with`);
  }
  if (step) {
    const { field, from, add } = step;
    const last = valueAt(items.at(-1), from);
    if (typeof last !== "number") throw protocolError(command, `${from} of an item is no number`);
    // Sequence numbers begin at 1; a body that asks for 0 asks for the newest again.
    return last + add < 1 ? undefined : { ...body, [field]: last + add };
  }
  const read = Number(body[offset!] ?? 0) + items.length;
  const all = total === undefined ? undefined : valueAt(answer, total);
  return typeof all === "number" && read >= all ? undefined : { ...body, [offset!]: read };
}

/** Where a body asks the backend to begin, as text: two equal ones ask for the same page. */
export function positionOf({ carry = {}, offset, step }: Paging, body: Fields): string {
  const fields = [...Object.keys(carry), offset, step?.field];
  return JSON.stringify(fields.map((field) => field === undefined ? null : body[field]));
}

/** An answer that does not do what the command documents. */
export function protocolError(command: string, what: string): TimError {
  return new TimError(`Cannot page ${command}: ${what}`, {
    code: "TIM_BAD_ENVELOPE",
    kind: "protocol",
    command,
  });
}

function holdsMark({ carry = {} }: Paging, body: Fields): boolean {
  return Object.keys(carry).some((field) => body[field] !== undefined);
}

function isEnd(
  { field, is, not }: NonNullable<Paging["end"]>,
  carry: Record<string, string>,
  value: unknown,
): boolean {
  // Backends leave out what is empty: no mark means no next page, a missing flag says nothing.
  if (value === undefined) return Object.values(carry).includes(field);
  const among = (list: (string | number)[]) => list.some((one) => String(one) === String(value));
  return is ? among(is) : !among(not!);
}
