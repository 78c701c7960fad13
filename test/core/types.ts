/**
 * What the compiler must accept, refuse and infer of clients, signers and errors; `deno check` is the test.
 */

import {
  type ApiError,
  BaseClient,
  type Commands,
  isApiError,
  isTimError,
  type Middleware,
  RateLimiter,
  signPrivateMapKey,
  type SignRequest,
  signUserSig,
  TimClient,
  type TimError,
  type TimErrorKind,
  UserSigSigner,
  verifyUserSig,
} from "../../mod.ts";
import { type Equal, holds, type IsAny } from "../support/type_claims.ts";

const app = { sdkAppId: 1400000000, secretKey: "f".repeat(64) };

export function clients() {
  new TimClient({ ...app, region: "sgp", timeoutMs: 9000, retry: false });
  new TimClient({ sdkAppId: 1400000000, userSig: "ready" });
  // From an environment, where each may be missing.
  new TimClient({ ...app, region: undefined, baseUrl: undefined });
  // @ts-expect-error: a key or a UserSig
  new TimClient({ sdkAppId: 1400000000 });
  // @ts-expect-error: not both
  new TimClient({ ...app, userSig: "ready" });
  // @ts-expect-error: a number
  new TimClient({ ...app, sdkAppId: "1400000000" });
  // @ts-expect-error: no such option
  new TimClient({ ...app, timeout: 9000 });
  // @ts-expect-error: numbers, or false
  new TimClient({ ...app, retry: "always" });

  type Own = { "own_svc/count": { request: { Of: string }; response: { Count: number } } };
  const own = new BaseClient<Commands & Own>(app);
  // @ts-expect-error: no such field
  own.call("own_svc/count", { of: "rooms" });
  return own.call("own_svc/count", { Of: "rooms" });
}
holds<Equal<Awaited<ReturnType<typeof clients>>["Count"], number>>();

export async function signing() {
  const signer = new UserSigSigner(app);
  holds<Equal<Awaited<ReturnType<typeof signer.sign>>, string>>();
  holds<Equal<Parameters<typeof signer.sign>, [request: SignRequest]>>();
  holds<Equal<Awaited<ReturnType<typeof signUserSig>>, string>>();
  await signUserSig({ ...app, identifier: "alice" });
  // @ts-expect-error: for whom?
  await signUserSig(app);
  // @ts-expect-error: a number of seconds
  await signUserSig({ ...app, identifier: "alice", expireSeconds: "1d" });
  // @ts-expect-error: no such privilege
  await signPrivateMapKey({ ...app, identifier: "alice", roomId: 7, privileges: ["fly"] });

  const verdict = await verifyUserSig("eJx", { ...app, identifier: "alice" });
  if (verdict.valid) {
    // @ts-expect-error: nothing is wrong with it
    verdict.faults;
  }
}

export function errors(error: unknown) {
  if (isApiError(error)) {
    holds<Equal<typeof error, ApiError>>();
    holds<Equal<typeof error.errorCode, number>>();
  }
  if (isApiError(error, 10010)) holds<Equal<typeof error.errorCode, 10010>>();
  if (isTimError(error)) {
    holds<Equal<typeof error.kind, TimErrorKind>>();
    // @ts-expect-error: only the backend's answers have one
    error.errorCode;
    switch (error.kind) {
      case "timeout":
      case "rate-limit":
        return error.retryable;
      // @ts-expect-error: no such kind
      case "ratelimit":
        return error.outcomeUnknown;
    }
  }
  // @ts-expect-error: no such kind
  isTimError(error, "ratelimit");
  // @ts-expect-error: a code of the backend is a number
  isApiError(error, "10010");
  // @ts-expect-error: nothing is known of it
  error.message;
}
holds<IsAny<TimError["cause"]> extends true ? false : true>();

/** A guard that says no to one kind leaves the others. */
export function oneAfterTheOther(error: unknown) {
  if (!isTimError(error)) throw error;
  if (isTimError(error, "timeout")) holds<Equal<typeof error.kind, "timeout">>();
  else holds<Equal<typeof error.advice, string | undefined>>();
  if (!isApiError(error)) return;
  if (isApiError(error, 10010)) return;
  holds<Equal<typeof error.errorCode, number>>();
}

export function parts() {
  const middleware: Middleware = (request, next) => {
    holds<Equal<typeof request.command, string>>();
    return next(request);
  };
  // @ts-expect-error: a middleware answers what `next` does
  const wrong: Middleware = () => "done";
  const limiter = new RateLimiter({ rateOf: (command) => command.startsWith("sns/") ? 100 : 200 });
  return new TimClient({ ...app, middleware: [middleware, wrong], limiter });
}
