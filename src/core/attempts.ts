/**
 * All attempts of one call: signing, sending, judging, trying again.
 *
 * @module
 */

import { Deadline } from "./deadline.ts";
import { isApiError, isTimError, type TimError } from "./errors.ts";
import type { Hosts } from "./hosts.ts";
import type { Limiter } from "./rate_limit.ts";
import { type Envelope, type Fetch, send } from "./request.ts";
import { type RetryBudget, retryDelay, type RetryOptions } from "./retry.ts";

/** The codes by which the backend says that a UserSig ran out or does not fit ("Error Codes"). */
const SIGNATURE_CODES = [60004, 60005, 70001, 70003, 70005, 70009, 70052];

/** One failed attempt that will be followed by another. */
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
  /** The UserSig to use now; at once when it is there. */
  get(): string | Promise<string>;
  /** Drops one that the backend refused; `false` when no other can be had. */
  renew(refused: string): boolean;
}

/** What the attempts of every call of a client share. */
export interface CallContext {
  fetch: Fetch;
  hosts: Hosts;
  sig: SigSource;
  sdkAppId: number;
  identifier: string;
  random: () => number;
  retry: Required<RetryOptions>;
  budget: RetryBudget;
  attemptTimeoutMs: number;
  limiter: Limiter | undefined;
  onRetry: ((event: RetryEvent) => void) | undefined;
  debug: ((line: string) => void) | undefined;
  explain: ((code: number) => { meaning: string; remedy: string } | undefined) | undefined;
}

/** One call, ready to be sent. */
export interface PreparedCall {
  command: string;
  /** The JSON text: the same for every attempt, `MsgRandom` included. */
  body: string;
  idempotent: boolean;
  headers: Record<string, string>;
}

/** How a call went. */
export interface CallOutcome {
  /** The backend's answer. */
  answer: Envelope;
  /** How many attempts it took. */
  attempts: number;
  /** The base URL that answered. */
  baseUrl: string;
}

/**
 * Makes a call, again if that is safe and worth it.
 *
 * @throws {TimError} When it failed for good; `attempts` says how often it was tried.
 */
export async function attemptCall(
  context: CallContext,
  call: PreparedCall,
  deadline: Deadline,
): Promise<CallOutcome> {
  let signedAnew = false;
  for (let attempt = 1;; attempt++) {
    const baseUrl = context.hosts.current();
    const started = performance.now();
    const note = (outcome: string) =>
      context.debug?.(
        `${call.command} attempt ${attempt} at ${baseUrl}: ${outcome}, ` +
          `${(performance.now() - started).toFixed()} ms`,
      );
    let userSig = "";
    try {
      await context.limiter?.take(call.command, deadline);
      const sig = context.sig.get();
      userSig = typeof sig === "string" ? sig : await deadline.race(sig);
      const answer = await sendOnce(context, call, deadline, baseUrl, userSig);
      context.budget.refill();
      note(`OK ${answer.RequestId ?? ""}`);
      return { answer, attempts: attempt, baseUrl };
    } catch (error) {
      if (!isTimError(error)) throw error;
      note(`${error.message} ${error.requestId ?? ""}`);
      context.limiter?.heed(call.command, error);
      // A stale signature is replaced once: a second refusal has another cause.
      const signAnew: boolean = !signedAnew && refusedSignature(error) &&
        context.sig.renew(userSig);
      const delayMs: number | undefined = signAnew
        ? 0
        : pauseBeforeNext(context, call, deadline, { error, attempt, baseUrl });
      if (delayMs === undefined) throw told(error, attempt, context.explain);
      signedAnew ||= signAnew;
      if (!error.outcomeUnknown) deadline.sent = false;
      context.onRetry?.({ command: call.command, attempt, delayMs, error });
      await deadline.pause(delayMs);
    }
  }
}

/** The error that the caller gets: with the number of attempts, and with an explanation if there is one. */
function told(error: TimError, attempts: number, explain: CallContext["explain"]): TimError {
  const texts = isApiError(error) ? explain?.(error.errorCode) : undefined;
  return Object.assign(
    error,
    { attempts },
    texts && { advice: `${texts.meaning} ${texts.remedy}` },
  );
}

function refusedSignature(error: TimError): boolean {
  return SIGNATURE_CODES.some((code) => isApiError(error, code));
}

/** The pause before the next attempt in milliseconds; `undefined` when there is none. */
function pauseBeforeNext(
  { hosts, retry, budget }: CallContext,
  { idempotent }: PreparedCall,
  deadline: Deadline,
  { error, attempt, baseUrl }: { error: TimError; attempt: number; baseUrl: string },
): number | undefined {
  if (deadline.signal.aborted || error.code === "TIM_RATE_LIMIT") return undefined;
  const failed = { idempotent, error, attempt, remainingMs: deadline.remainingMs() };
  const delayMs = retryDelay(failed, retry, Math.random);
  if (delayMs === undefined || !budget.take()) return undefined;
  const unreachable = error.kind === "network" || error.kind === "timeout";
  return unreachable && hosts.leave(baseUrl) ? 0 : delayMs;
}

async function sendOnce(
  { fetch, sdkAppId, identifier, random, attemptTimeoutMs }: CallContext,
  call: PreparedCall,
  deadline: Deadline,
  baseUrl: string,
  userSig: string,
): Promise<Envelope> {
  const attempt = { ...call, baseUrl, sdkAppId, identifier, userSig, random: random() };
  deadline.sent = true;
  if (attemptTimeoutMs >= deadline.remainingMs()) {
    return await deadline.race(send(fetch, attempt, deadline.signal));
  }
  const own = new Deadline(call.command, attemptTimeoutMs, deadline.signal);
  own.sent = true;
  try {
    return await own.race(send(fetch, attempt, own.signal));
  } finally {
    own.close();
  }
}
