/**
 * One call on the wire: the documented URL, the body, and the envelope of the answer.
 *
 * @module
 */

import { errorRow } from "./error_kinds.ts";
import {
  ApiError,
  isTimError,
  TimError,
  type TimErrorCode,
  type TimErrorInit,
  type TimErrorKind,
} from "./errors.ts";
import { surelyNotSent } from "./network_faults.ts";
import { oneUseBody } from "./one_use_body.ts";

/**
 * The part that every answer of the backend shares.
 *
 * @example A line for the log out of any answer
 * ```ts
 * import { type Envelope, TimClient } from "@tim/edge";
 *
 * const line = ({ ErrorCode, RequestId = "no id" }: Envelope) => `${ErrorCode} ${RequestId}`;
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const groups = await tim.call("group_open_http_svc/get_appid_group_list");
 * const rooms = await tim.call("live_engine_http_srv/get_room_list", { Next: "", Count: 20 });
 * console.log(line(groups).startsWith("0 "), line(rooms).startsWith("0 ")); // true true
 * ```
 */
export interface Envelope {
  /** `OK` or `FAIL`. */
  ActionStatus: "OK" | "FAIL";
  /** Text of a failure; empty or absent on success. */
  ErrorInfo?: string;
  /** 0 is success. */
  ErrorCode: number;
  /** Unique id of the request; Room and Live always send it, Chat not always. */
  RequestId?: string;
  /** Text for users; on some answers about friends and conversations. */
  ErrorDisplay?: string;
}

/**
 * A `fetch`, the platform's or another.
 *
 * @example A backend that stands in a test
 * ```ts
 * import { type Fetch, TimClient } from "@tim/edge";
 *
 * const called: string[] = [];
 * const standIn: Fetch = (url) => {
 *   called.push(new URL(url).pathname);
 *   return Promise.resolve(Response.json({ ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0 }));
 * };
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 *   fetch: standIn,
 * });
 * await tim.call("im_open_login_svc/kick", { UserID: "alice" });
 * console.log(called); // ["/v4/im_open_login_svc/kick"]
 * ```
 */
export type Fetch = (input: string, init: RequestInit) => Promise<Response>;

/** What one attempt sends. */
export interface Attempt {
  /** `service/command`. */
  command: string;
  /** The JSON text to send. */
  body: string;
  /** Whether the request may arrive twice. */
  idempotent: boolean;
  /** More request headers. */
  headers?: Record<string, string>;
}

/** Who must act on an error code, and how; `explainErrorCode` of `@tim/edge/errors` knows each of them. */
const ADVICE: Partial<Record<TimErrorKind, string>> = {
  auth: "Check that SDKAppID, secret key, identifier and region belong together",
  permission: "Call as an administrator; check the app's plan and settings",
  "rate-limit": "Wait, then call less often",
  quota: "Make room, or get a larger plan",
  "not-found": "Check the IDs; it may be gone",
  conflict: "Read the state again before repeating",
  validation: "Correct the request; ErrorInfo may name the field",
  server: "Try again if the command is safe to repeat; report the RequestId if it stays",
  unknown: "Look the code up on the command's page",
};

/** The query of a client's URLs up to the UserSig: the same for every call. */
export function queryOf(sdkAppId: number, identifier: string): string {
  return `?sdkappid=${sdkAppId}&identifier=${encodeURIComponent(identifier)}&usersig=`;
}

/** Writes the URL in the documented form. The letters of a UserSig need no escapes. */
export function requestUrl(
  baseUrl: string,
  command: string,
  query: string,
  userSig: string,
  random: number,
): string {
  return `${baseUrl}/v4/${command}${query}${userSig}&random=${random}&contenttype=json`;
}

/** What one attempt was answered. */
export interface Answered {
  /** The JSON. */
  answer: Envelope;
  /** Its text. */
  text: string;
}

/**
 * Sends one attempt and reads its answer; ends with the signal, as far as `fetch` heeds it.
 *
 * @returns The answer when it says success.
 * @throws {TimError} In every other case.
 */
export async function send(
  fetch: Fetch,
  url: string,
  { command, body, idempotent, headers }: Attempt,
  signal: AbortSignal,
): Promise<Answered> {
  let response: Response | undefined;
  let text: string;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: idempotent ? body : oneUseBody(body),
      // A redirect is never the backend's, and would carry the UserSig elsewhere.
      redirect: "manual",
      signal,
    });
    if (response.status !== 200 || signal.aborted) {
      await response.body?.cancel().catch(() => {});
      throw badStatus(command, response.status);
    }
    text = await response.text();
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (isTimError(error)) throw error;
    const message = "the connection broke off within the answer";
    throw response
      ? fault(command, "TIM_TRUNCATED", message, { cause: error })
      : noConnection(command, error);
  }
  return { answer: readEnvelope(command, text), text };
}

/** openconfigsvr leaves ActionStatus out, and a batch that reached only some accounts says SomeError. */
const STATUSES: unknown[] = ["OK", undefined, "SomeError", "FAIL"];

/** Reads the JSON of an answer and throws what it says, unless it says success. */
export function readEnvelope(command: string, text: string): Envelope {
  let answer: Record<string, unknown>;
  try {
    answer = JSON.parse(text);
  } catch {
    throw noJson(command, text);
  }
  const { ErrorCode, ActionStatus, RequestId } = answer ?? {};
  if (!Number.isInteger(ErrorCode) || !STATUSES.includes(ActionStatus)) {
    const message = "the answer lacks ActionStatus and ErrorCode";
    throw fault(command, "TIM_BAD_ENVELOPE", message, IN_ITS_PLACE);
  }
  if (ErrorCode === 0 && ActionStatus !== "FAIL") return answer as unknown as Envelope;
  const row = errorRow(ErrorCode as number);
  throw new ApiError(answer, {
    ...row,
    advice: ADVICE[row.kind],
    command,
    status: 200,
    requestId: typeof RequestId === "string" ? RequestId : undefined,
  });
}

const IN_ITS_PLACE = {
  kind: "protocol",
  advice: "A proxy, a portal or the network answers in the backend's place; run the doctor",
} as const;

function noConnection(command: string, cause: unknown): TimError {
  const notSent = surelyNotSent(cause);
  const message = notSent
    ? "no connection to the backend"
    : "the connection closed before an answer came";
  return fault(command, "TIM_CONNECTION", message, {
    retryable: notSent,
    outcomeUnknown: !notSent,
    advice: "Run the doctor: the cause may be name, route, port or certificate",
    cause,
  });
}

function badStatus(command: string, status: number): TimError {
  const message = `HTTP status ${status}; the backend itself always answers 200`;
  const { advice, kind } = IN_ITS_PLACE;
  return fault(command, "TIM_HTTP_STATUS", message, {
    kind: status >= 300 && status < 500 ? kind : "network",
    status,
    advice,
  });
}

function noJson(command: string, text: string): TimError {
  const [first] = text.trimStart();
  if (first === "{") {
    const message = `the answer's JSON ends early, after ${text.length} characters`;
    return fault(command, "TIM_TRUNCATED", message);
  }
  const message = first === "<" ? "the answer is an HTML or XML page" : "the answer is not JSON";
  return fault(command, "TIM_NOT_JSON", message, IN_ITS_PLACE);
}

/** A failure of the network after which nobody knows whether the backend acted, unless `init` says otherwise. */
function fault(
  command: string,
  code: TimErrorCode,
  message: string,
  init?: Partial<TimErrorInit>,
): TimError {
  return new TimError(`${command} failed: ${message}`, {
    code,
    kind: "network",
    outcomeUnknown: true,
    ...init,
    command,
  });
}
