/**
 * All attempts of one call: signing, sending, judging, trying again.
 *
 * @module
 */

import type { TimClientOptions } from "./client_options.ts";
import { Deadline } from "./deadline.ts";
import { isApiError, isTimError, type TimError } from "./errors.ts";
import type { Hosts } from "./hosts.ts";
import {
  type Answered,
  type Attempt,
  type Envelope,
  type Fetch,
  requestUrl,
  send,
} from "./request.ts";
import { type RetryBudget, retryDelay, type RetryOptions } from "./retry.ts";

/** The codes by which the backend says that a UserSig ran out or does not fit ("Error Codes"). */
const SIGNATURE_CODES = [60004, 60005, 70001, 70003, 70005, 70009, 70052];

/**
 * One failed attempt that will be followed by another.
 *
 * @example How often the network fails
 * ```ts
 * import { type RetryEvent, TimClient } from "@tim/edge";
 *
 * const failures: Record<string, number> = {};
 * const count = ({ error }: RetryEvent) => {
 *   failures[error.kind] = (failures[error.kind] ?? 0) + 1;
 * };
 * let sent = 0;
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 *   onRetry: count,
 *   // The first attempt gets no connection.
 *   fetch: (url, init) =>
 *     ++sent === 1 ? Promise.reject(new TypeError("refused")) : fetch(url, init),
 * });
 * await tim.call("group_open_http_svc/get_appid_group_list");
 * console.log(failures); // { network: 1 }
 * ```
 */
export interface RetryEvent {
  /** `service/command`. */
  command: string;
  /** Which attempt failed, from 1. */
  attempt: number;
  /** How long the client waits before the next one, in milliseconds. */
  delayMs: number;
  /** How it failed. */
  error: TimError;
}

/** Where a call's UserSig comes from. */
export interface SigSource {
  /** The UserSig to use now, as it goes into a URL; at once when it is there. */
  get(): string | Promise<string>;
  /** Drops one that the backend refused; `false` when no other can be had. */
  renew(refused: string): boolean;
}

/** What the calls of a client share: its options, and what it made of them. */
export interface CallContext extends
  Pick<
    TimClientOptions,
    "attemptTimeoutMs" | "limiter" | "onRetry" | "debug" | "explain" | "validate"
  > {
  fetch: Fetch;
  hosts: Hosts;
  sig: SigSource;
  /** The query up to the UserSig. */
  query: string;
  random: () => number;
  retry: Required<RetryOptions>;
  budget: RetryBudget;
}

/**
 * How a call went.
 *
 * @example What a log keeps of a call
 * ```ts
 * import { type CallOutcome, TimClient } from "@tim/edge";
 *
 * const logged = ({ answer, attempts, baseUrl }: CallOutcome) => ({
 *   attempts,
 *   host: new URL(baseUrl).host,
 *   requestId: answer.RequestId,
 * });
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const outcome = await tim.callInDetail("group_open_http_svc/get_appid_group_list");
 * console.log(logged(outcome).attempts); // 1
 * ```
 */
export interface CallOutcome {
  /** The backend's answer. */
  answer: Envelope;
  /**
   * The answer as it came: JavaScript rounds integers over 2^53 - 1, and counters of groups have 64 bits ("Get Group
   * Counters"). Absent when the client has middleware, which may want to change the answer.
   */
  text?: string;
  /**
   * How many attempts it took. Within one of them the platform may send by itself, once more, what is safe to repeat:
   * Deno when a reused connection dies, Node after a status 421.
   */
  attempts: number;
  /** The base URL that answered. */
  baseUrl: string;
}

/**
 * Makes a call, again if that is safe and worth it, and closes its deadline.
 *
 * @param context What all calls of the client share.
 * @param call What is sent: the same body for every attempt, `MsgRandom` included.
 * @param deadline The end of the whole call.
 * @throws {TimError} When it failed for good; `attempts` says how often it was tried.
 */
export async function attemptCall(
  context: CallContext,
  call: Attempt,
  deadline: Deadline,
): Promise<CallOutcome> {
  const { command } = call;
  const { hosts, sig, budget, limiter, debug } = context;
  let signedAnew = false;
  /** Whether the backend may have acted on any attempt so far. */
  let unknown = false;
  let before: TimError | undefined;
  try {
    for (let attempt = 1;; attempt++) {
      const baseUrl = hosts.current();
      const leftMs = debug && deadline.remainingMs();
      const note = (outcome: string, requestId = "") =>
        debug?.(
          `${command} attempt ${attempt} at ${baseUrl}: ${outcome} ${requestId}, ` +
            `${(leftMs! - deadline.remainingMs()).toFixed()} ms`,
        );
      let userSig = "";
      try {
        // A `fetch` of the caller's own may not heed the signal.
        deadline.signal.throwIfAborted();
        if (limiter) await deadline.race(limiter.take(command, deadline));
        const found = sig.get();
        userSig = typeof found === "string" ? found : await deadline.race(found);
        const url = requestUrl(baseUrl, command, context.query, userSig, context.random());
        const answered = await sendOnce(context, url, call, deadline);
        budget.refill();
        note("OK", answered.answer.RequestId);
        return { ...answered, attempts: attempt, baseUrl };
      } catch (error) {
        if (!isTimError(error)) throw error;
        note(error.message, error.requestId);
        // What is held back for its rate is no attempt: the one before it was the last.
        if (error.code === "TIM_RATE_LIMIT") {
          throw told(before ?? error, attempt - 1, unknown, context.explain);
        }
        unknown ||= error.outcomeUnknown;
        limiter?.heed(command, error);
        // A stale signature is replaced once: a second refusal has another cause.
        const signAnew: boolean = !signedAnew && refusedSignature(error) && sig.renew(userSig);
        const delayMs: number | undefined = signAnew
          ? 0
          : pauseBeforeNext(context, call, deadline, { error, attempt }, baseUrl);
        if (delayMs === undefined) throw told(error, attempt, unknown, context.explain);
        before = error;
        signedAnew ||= signAnew;
        deadline.sent = unknown;
        context.onRetry?.({ command, attempt, delayMs, error });
        await deadline.pause(delayMs);
      }
    }
  } finally {
    deadline.close();
  }
}

/** The error that the caller gets: of all attempts, and with an explanation if there is one. */
function told(
  error: TimError,
  attempts: number,
  outcomeUnknown: boolean,
  explain: CallContext["explain"],
): TimError {
  const texts = isApiError(error) ? explain?.(error.errorCode) : undefined;
  return Object.assign(
    error,
    { attempts, outcomeUnknown },
    texts && { advice: `${texts.meaning} ${texts.remedy}` },
  );
}

function refusedSignature(error: TimError): boolean {
  return isApiError(error) && SIGNATURE_CODES.includes(error.errorCode);
}

/** The pause before the next attempt in milliseconds; `undefined` when there is none. */
function pauseBeforeNext(
  { hosts, retry, budget }: CallContext,
  { idempotent }: Attempt,
  deadline: Deadline,
  failed: Pick<RetryEvent, "error" | "attempt">,
  baseUrl: string,
): number | undefined {
  const { error } = failed;
  const delayMs = deadline.signal.aborted ? undefined : retryDelay(
    { ...failed, idempotent, remainingMs: deadline.remainingMs() },
    retry,
    Math.random,
  );
  const again = delayMs !== undefined && budget.take();
  // A host that does not answer is left for the calls to come, even if this one is not made again.
  const unreachable = error.kind === "timeout"
    ? error.outcomeUnknown
    : error.kind === "network" && (again || !error.outcomeUnknown);
  const moved = unreachable && hosts.leave(baseUrl);
  return again ? moved ? 0 : delayMs : undefined;
}

function sendOnce(
  { fetch, attemptTimeoutMs }: CallContext,
  url: string,
  call: Attempt,
  deadline: Deadline,
): Promise<Answered> {
  deadline.sent = true;
  if (attemptTimeoutMs === undefined || attemptTimeoutMs >= deadline.remainingMs()) {
    return deadline.race(send(fetch, url, call, deadline.signal));
  }
  const own = new Deadline(call.command, attemptTimeoutMs, deadline.signal);
  own.sent = true;
  // The call's end is told before the attempt's, which follows from it.
  return deadline.race(own.race(send(fetch, url, call, own.signal))).finally(() => own.close());
}
