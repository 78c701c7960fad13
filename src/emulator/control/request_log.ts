/**
 * The latest requests, kept as they came and written out without secrets when somebody looks.
 *
 * @module
 */

import { notes } from "../../api/generated/notes.ts";
import { nearestCommand } from "../../api/command_table.ts";
import { validateBody } from "../../api/validate/mod.ts";
import { redact } from "../../core/redact.ts";

/** One request, as it was. */
export interface LoggedRequest {
  /** Its running number. */
  n: number;
  /** When, by the emulator's clock, in milliseconds since 1970. */
  time: number;
  method: string;
  path: string;
  /** `service/command`, when the path has that form. */
  command?: string;
  sdkAppId?: number;
  identifier?: string;
  requestId?: string;
  /** The body. */
  text?: string;
  /** The answer's body; absent when none was given. */
  answer?: string;
  errorCode: number;
  errorInfo: string;
  /** How long it took, in milliseconds. */
  ms: number;
  /** The fault that it met, as the header writes it. */
  fault?: string;
}

/** What one looks for in the log; what is left out does not matter. */
export interface LogQuery {
  /** `service/command`, or a part of it. */
  command?: string;
  /** An account: the caller, or one that body or answer name. */
  account?: string;
  requestId?: string;
  sdkAppId?: number;
  /** Only requests with a higher number. */
  after?: number;
  /** At most so many, the newest. */
  limit: number;
}

const KEPT = 1000;
const MAX_TEXT = 8000;

/** The last thousand requests. */
export class RequestLog {
  #requests: LoggedRequest[] = [];
  #count = 0;

  add(request: Omit<LoggedRequest, "n">): LoggedRequest {
    const logged = { n: ++this.#count, ...request };
    this.#requests.push(logged);
    // Half at a time, since a shift for each request would move the whole list.
    if (this.#requests.length >= 2 * KEPT) this.#requests = this.#requests.slice(-KEPT);
    return logged;
  }

  clear(): void {
    this.#requests = [];
  }

  /** The newest requests that fit, the oldest of them first. */
  find(query: LogQuery): object[] {
    const found: LoggedRequest[] = [];
    const recent = this.#requests.slice(-KEPT);
    for (let at = recent.length - 1; at >= 0 && found.length < query.limit; at--) {
      if (fits(recent[at]!, query)) found.unshift(recent[at]!);
    }
    return found.map(shown);
  }
}

function fits(request: LoggedRequest, query: LogQuery): boolean {
  const { command, account, requestId, sdkAppId, after } = query;
  const quoted = account === undefined ? "" : JSON.stringify(account);
  return (after === undefined || request.n > after) &&
    (command === undefined || (request.command ?? request.path).includes(command)) &&
    (requestId === undefined || request.requestId === requestId) &&
    (sdkAppId === undefined || request.sdkAppId === sdkAppId) &&
    (account === undefined || request.identifier === account ||
      `${request.text}${request.answer}`.includes(quoted));
}

function shown(request: LoggedRequest): object {
  const { text, answer, command, ...facts } = request;
  return {
    ...facts,
    path: redact(facts.path),
    errorInfo: redact(facts.errorInfo),
    ...(facts.identifier && { identifier: redact(facts.identifier) }),
    ...(command && { command: redact(command) }),
    ...(text !== undefined && { body: json(text) }),
    ...(answer !== undefined && { answer: json(answer) }),
    hints: command ? hints(command, text).map(redact) : [],
  };
}

/** As JSON where it is short enough and is JSON; else as text, cut. */
function json(text: string): unknown {
  const safe = redact(text);
  if (safe.length > MAX_TEXT) return `${safe.slice(0, MAX_TEXT)}… (${safe.length} characters)`;
  try {
    return JSON.parse(safe);
  } catch {
    return safe;
  }
}

/** What was nearly right: names of fields and commands in other letters. */
export function hints(command: string, text: string | undefined): string[] {
  if (!notes[command]) {
    const meant = nearestCommand(command);
    return meant ? [`There is no command ${command}; ${meant} is near`] : [];
  }
  let body: unknown;
  try {
    body = JSON.parse(text ?? "");
  } catch {
    return [];
  }
  return validateBody(command, body)
    .filter(({ message }) => message.startsWith("is no field"))
    .map(({ path, expected }) => {
      const field = path.slice(path.lastIndexOf(".") + 1);
      return `You sent ${field} (${path}); the field is ${expected}, and names are case-sensitive`;
    });
}
