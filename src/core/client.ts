/**
 * The client: signs as the app's administrator and calls commands.
 *
 * @module
 */

import { checkEmulatorKey, resolveBaseUrl } from "./base_url.ts";
import { Deadline } from "./deadline.ts";
import { ConfigError } from "./errors.ts";
import { type Envelope, type Fetch, send } from "./request.ts";
import { type SignRequest, UserSigSigner } from "./user_sig.ts";
import { checkIdentifier, checkSdkAppId } from "./user_sig_rules.ts";

/** The backend gives up after this time; waiting shorter throws its answers away. */
const BACKEND_TIMEOUT_MS = 3000;
/** Lifetime of the admin's UserSig; it is renewed when half of it is over. */
const ADMIN_SIG_SECONDS = 86_400;

/** How a client proves who it is: with the app's key, or with a UserSig that somebody else signed. */
export type TimCredentials =
  | {
    /** The app's secret key, or its `CryptoKey`. */
    secretKey: string | CryptoKey;
    userSig?: never;
  }
  | {
    /** A ready UserSig of the administrator; it is not renewed. */
    userSig: string;
    secretKey?: never;
  };

/** What a {@linkcode TimClient} is made of. */
export type TimClientOptions = TimCredentials & {
  /** The app's id, from the console. */
  sdkAppId: number;
  /** The app's administrator, who makes the calls. @default {"administrator"} */
  identifier?: string;
  /** Region in which the app was created, by id or name; see `regions`. @default {"cn"} */
  region?: string;
  /** Another address instead of a region's: an emulator's, a proxy's. */
  baseUrl?: string;
  /**
   * Time for one whole call in milliseconds: signing, connecting, sending, the answer. Must be over 3000,
   * since the backend itself takes up to 3 s.
   * @default {5000}
   */
  timeoutMs?: number;
  /** An emulator answers at `baseUrl`, though it is no loopback address. @default {false} */
  emulator?: boolean;
  /** The `fetch` to call. @default {globalThis.fetch} */
  fetch?: Fetch;
  /** The clock, in milliseconds since 1970. @default {Date.now} */
  now?: () => number;
  /** The `random` of each request: an unsigned 32-bit integer. @default {crypto.getRandomValues} */
  random?: () => number;
};

/** What may differ for one call. */
export interface CallOptions {
  /** Ends the call early. */
  signal?: AbortSignal;
  /** Time for this call in milliseconds, over 3000. @default {TimClientOptions.timeoutMs} */
  timeoutMs?: number;
  /** Headers to send along, a request id or a `traceparent` for instance. */
  headers?: Record<string, string>;
  /** Is told when an attempt begins, and which one it is, from 1. */
  onAttempt?: (attempt: number) => void;
}

/** An answer: the envelope, and whatever the command adds to it. */
export type Answer<T = Record<string, unknown>> = Envelope & T;

/**
 * Calls the server REST API of Chat, Room and Live.
 *
 * Making one does no work: it may stand at module scope, on Workers too.
 *
 * @example List the app's groups
 * ```ts
 * import { TimClient } from "@tim/edge";
 *
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const listGroups = () => tim.call("group_open_http_svc/get_appid_group_list", { Limit: 2 });
 * ```
 */
export class TimClient {
  /** The app. */
  readonly sdkAppId: number;
  /** The administrator who makes the calls. */
  readonly identifier: string;
  /** Where the calls go: origin, and a path prefix perhaps. */
  readonly baseUrl: string;
  /** Time for one whole call, in milliseconds. */
  readonly timeoutMs: number;
  readonly #fetch: Fetch;
  readonly #now: () => number;
  readonly #random: () => number;
  readonly #signer: UserSigSigner | undefined;
  #userSig: { text: string; from: number; until: number } | undefined;

  /**
   * Makes a client; nothing is sent or imported yet.
   *
   * @param options Which app, which key, which host.
   * @throws {ConfigError} When an argument breaks a rule; the message names it.
   */
  constructor(options: TimClientOptions) {
    const { sdkAppId, identifier = "administrator", secretKey, userSig, timeoutMs = 5000 } =
      options;
    checkSdkAppId(sdkAppId);
    checkIdentifier(identifier);
    checkTimeout(timeoutMs);
    this.sdkAppId = sdkAppId;
    this.identifier = identifier;
    this.timeoutMs = timeoutMs;
    this.baseUrl = resolveBaseUrl(options);
    checkEmulatorKey(secretKey, this.baseUrl, options.emulator ?? false);
    const platformFetch = globalThis.fetch;
    this.#fetch = options.fetch ?? ((input, init) => platformFetch(input, init));
    this.#now = options.now ?? Date.now;
    this.#random = options.random ?? (() => crypto.getRandomValues(new Uint32Array(1))[0]!);
    if (userSig === undefined) {
      this.#signer = new UserSigSigner({ sdkAppId, secretKey: secretKey!, now: this.#now });
    } else if (secretKey !== undefined || typeof userSig !== "string" || userSig === "") {
      throw new ConfigError("Give secretKey or a userSig, one of the two and not empty");
    } else this.#userSig = { text: userSig, from: -Infinity, until: Infinity };
  }

  /**
   * Calls one command.
   *
   * @example Create a live room
   * ```ts
   * import { isApiError, TimClient } from "@tim/edge";
   *
   * async function createRoom(tim: TimClient, RoomId: string) {
   *   try {
   *     await tim.call("live_engine_http_srv/create_room", { RoomInfo: { RoomId, RoomType: "Live" } });
   *   } catch (error) {
   *     if (!isApiError(error, 100010)) throw error; // it is there already, and ours
   *   }
   * }
   * ```
   *
   * @param command `service/command`, as the command's page names them.
   * @param body The JSON object to send. @default {{}}
   * @param options What differs for this call.
   * @returns The backend's answer, when it says success.
   * @throws {TimError} In every other case: what failed, whether it may be tried again, what to do.
   */
  async call<T = Record<string, unknown>>(
    command: string,
    body: object = {},
    options: CallOptions = {},
  ): Promise<Answer<T>> {
    checkCommand(command);
    const text = bodyText(command, body);
    const timeoutMs = options.timeoutMs ?? this.timeoutMs;
    checkTimeout(timeoutMs, command);
    const deadline = new Deadline(command, timeoutMs, options.signal);
    try {
      const userSig = await deadline.race(this.#adminSig());
      options.onAttempt?.(1);
      const answer = await send(this.#fetch, {
        command,
        baseUrl: this.baseUrl,
        sdkAppId: this.sdkAppId,
        identifier: this.identifier,
        userSig,
        random: this.#random(),
        body: text,
        headers: options.headers,
      }, deadline);
      return answer as Answer<T>;
    } finally {
      deadline.close();
    }
  }

  /**
   * Signs a UserSig for a user of the same app, for a client to log in with.
   *
   * @param request Whom to sign for, and for how long.
   * @returns The UserSig.
   * @throws {ConfigError} When the request breaks a rule, or the client was made without the secret key.
   */
  async signUserSig(request: SignRequest): Promise<string> {
    if (this.#signer) return await this.#signer.sign(request);
    throw new ConfigError(
      "Cannot sign: this client was made with a ready userSig, not with the secret key",
    );
  }

  /** The administrator's UserSig: kept when finished, renewed half-way or when the clock was set back. */
  async #adminSig(): Promise<string> {
    const now = this.#now();
    const kept = this.#userSig;
    if (kept && now >= kept.from && now < kept.until) return kept.text;
    const text = await this.#signer!.sign({
      identifier: this.identifier,
      expireSeconds: ADMIN_SIG_SECONDS,
      currentDate: new Date(now),
    });
    this.#userSig = { text, from: now, until: now + ADMIN_SIG_SECONDS * 500 };
    return text;
  }
}

function checkTimeout(timeoutMs: number, command?: string): void {
  if (!(timeoutMs > BACKEND_TIMEOUT_MS && timeoutMs < 2 ** 31)) {
    throw new ConfigError(
      `timeoutMs is ${timeoutMs}, wanted more than ${BACKEND_TIMEOUT_MS}: the backend itself takes up to ` +
        "3 s, and a shorter wait gives up calls that it still carries out",
      command,
    );
  }
}

function checkCommand(command: string): void {
  if (typeof command !== "string" || !/^[A-Za-z0-9_]+\/[A-Za-z0-9_]+$/.test(command)) {
    throw new ConfigError(
      `Command is ${JSON.stringify(command)}, wanted "service/command" like ` +
        '"group_open_http_svc/get_appid_group_list", without "v4/"',
    );
  }
}

function bodyText(command: string, body: object): string {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ConfigError(
      `Body of ${command} must be a JSON object; {} when there is nothing to say`,
    );
  }
  try {
    return JSON.stringify(body);
  } catch (error) {
    throw new ConfigError(`Body of ${command} is no JSON: ${(error as Error).message}`, command);
  }
}
