/**
 * The latest requests, kept as they came and written out without secrets when somebody looks.
 *
 * @module
 */

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
  tookMs: number;
  /** The fault that it met, as the header writes it. */
  fault?: string;
  /** The doctor sent it, to see whether an answer comes; what it says does not matter. */
  probe?: true;
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
/** The most characters that all texts together may have, and one of them; longer ones are cut. */
const MOST_CHARACTERS = 2 ** 25;
const LONGEST_KEPT = 2 ** 16;
const MAX_TEXT = 8000;

/** The last thousand requests. */
export class RequestLog {
  #requests: LoggedRequest[] = [];
  #count = 0;
  #total = 0;
  #refused = 0;
  #characters = 0;

  add(request: Omit<LoggedRequest, "n">): void {
    const { text, answer } = request;
    const logged = { n: ++this.#count, ...request, text: kept(text), answer: kept(answer) };
    this.#requests.push(logged);
    this.#total++;
    if (request.errorCode !== 0 && !request.probe) this.#refused++;
    this.#characters += size(logged);
    // Half at a time, since a shift for each request would move the whole list.
    if (this.#requests.length >= 2 * KEPT) this.#keep(KEPT);
    while (this.#characters > MOST_CHARACTERS) this.#keep(this.#requests.length >> 1);
  }

  clear(): void {
    this.#keep(0);
    this.#total = 0;
    this.#refused = 0;
  }

  /** The newest number, and how many requests came and were refused since the start or the last clearing. */
  get counts(): { newest: number; total: number; refused: number } {
    return { newest: this.#count, total: this.#total, refused: this.#refused };
  }

  #keep(count: number): void {
    this.#requests = count === 0 ? [] : this.#requests.slice(-count);
    this.#characters = this.#requests.reduce((sum, request) => sum + size(request), 0);
  }

  /** The newest requests that fit, the oldest of them first. */
  async find(query: LogQuery): Promise<object[]> {
    const found: LoggedRequest[] = [];
    const recent = this.#requests.slice(-KEPT);
    for (let at = recent.length - 1; at >= 0 && found.length < query.limit; at--) {
      if (fits(recent[at]!, query)) found.unshift(recent[at]!);
    }
    // Loaded when somebody looks: it needs a validator, and an emulator is to start fast.
    const { hints } = await import("./hints.ts");
    return found.map((request) => shown(request, hints));
  }
}

function size({ text = "", answer = "" }: LoggedRequest): number {
  return text.length + answer.length;
}

/** Copied where it is cut: a part of a text keeps the whole of it in memory. */
function kept(text: string | undefined): string | undefined {
  if (text === undefined || text.length <= LONGEST_KEPT) return text;
  return `${
    JSON.parse(JSON.stringify(text.slice(0, MAX_TEXT - 100)))
  }… (${text.length} characters)`;
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

function shown(
  request: LoggedRequest,
  hints: (command: string, text: string | undefined) => string[],
): object {
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
