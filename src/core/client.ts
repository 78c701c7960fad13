/**
 * The client: signs as the app's administrator and calls commands.
 *
 * @module
 */

import { AdminSig } from "./admin_sig.ts";
import { attemptCall, type CallContext, type CallOutcome, type RetryEvent } from "./attempts.ts";
import { checkEmulatorKey, resolveBackupUrl, resolveBaseUrl } from "./base_url.ts";
import { Deadline } from "./deadline.ts";
import { ConfigError } from "./errors.ts";
import { Hosts } from "./hosts.ts";
import { isIdempotent } from "./idempotent_commands.ts";
import { type CallRequest, compose, type Middleware, type NextCall } from "./middleware.ts";
import type { Limiter } from "./rate_limit.ts";
import { ReadySig } from "./ready_sig.ts";
import type { Envelope, Fetch } from "./request.ts";
import { RetryBudget, type RetryOptions } from "./retry.ts";
import { type SignRequest, UserSigSigner } from "./user_sig.ts";
import { checkIdentifier, checkSdkAppId } from "./user_sig_rules.ts";
import { type BodyValidator, checkBody } from "./validation.ts";

/** The backend gives up after this time; waiting shorter throws its answers away. */
const BACKEND_TIMEOUT_MS = 3000;

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
  /**
   * Time for one attempt in milliseconds, over 3000; shorter than `timeoutMs`, it leaves time for another
   * attempt when no answer comes, of commands that are safe to repeat.
   * @default {TimClientOptions.timeoutMs}
   */
  attemptTimeoutMs?: number;
  /**
   * How failed attempts are repeated; `false` turns it off. Only what is safe is repeated: failures before
   * the backend acted, and commands that may run twice.
   * @default {{ maxAttempts: 3, baseDelayMs: 100, maxDelayMs: 2000 }}
   */
  retry?: RetryOptions | false;
  /**
   * A second address for when the first cannot be reached; `false` for none. With a region it is the
   * documented backup host.
   */
  backupBaseUrl?: string | false;
  /** Keeps calls to their documented rates, in this process. @default {undefined} no limit */
  limiter?: Limiter;
  /** Is told of each failed attempt that another will follow; must not throw. */
  onRetry?: (event: RetryEvent) => void;
  /** Code around every call, the first one outermost. @default {[]} */
  middleware?: readonly Middleware[];
  /**
   * Gets a line for every attempt: command, host, time, outcome, RequestId. Never a UserSig or a key; must
   * not throw.
   */
  debug?: (line: string) => void;
  /** An emulator answers at `baseUrl`, though it is no loopback address. @default {false} */
  emulator?: boolean;
  /**
   * Checks each body before it is sent, `validateBody` of `@tim/edge/validate` for instance; a body with
   * faults is not sent.
   * @default {undefined}
   */
  validate?: BodyValidator;
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
  /**
   * Whether this call may run twice without harm, and so be repeated when its answer got lost.
   * @default {true} for the commands that the catalogue marks so, `false` for all others
   */
  idempotent?: boolean;
  /** More request headers, `traceparent` for instance. @default {{}} */
  headers?: Record<string, string>;
}

/** An answer: the envelope, and whatever the command adds to it. */
export type Answer<T = Record<string, unknown>> = Envelope & T;

/** What a client knows of commands when nobody told it: nothing. Every command is callable, untyped. */
export type UntypedCommands = Record<never, never>;

/** Any name; known ones are offered by the editor. */
export type CommandName<Commands> = (keyof Commands & string) | (string & Record<never, never>);

/** What follows the command in a call; a known body may be left out where all its fields are optional. */
export type CallArguments<Commands, Command> = Command extends keyof Commands
  ? Commands[Command] extends { request: infer Body }
    ? Record<never, never> extends Body ? [body?: Body, options?: CallOptions]
    : [body: Body, options?: CallOptions]
  : never
  : [body?: object, options?: CallOptions];

/** What a call answers: a known command's own type, `Answer<T>` of any other. */
export type CallAnswer<Commands, Command, T> = Command extends keyof Commands
  ? Commands[Command] extends { response: infer Response } ? Response : never
  : Answer<T>;

/**
 * Calls the server REST API of Chat, Room and Live.
 *
 * Making one does no work: it may stand at module scope, on Workers too.
 *
 * `Commands` says what is known of each command, `{ "service/command": { request, response } }`: commands of
 * one's own are added with `new BaseClient<Commands & OwnCommands>(…)`.
 *
 * @typeParam Commands What bodies and answers look like; erased at run time.
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
export class TimClient<Commands = UntypedCommands> {
  /** The app. */
  readonly sdkAppId: number;
  /** The administrator who makes the calls. */
  readonly identifier: string;
  /** Where the calls go: origin, and a path prefix perhaps. */
  readonly baseUrl: string;
  /** Time for one whole call, in milliseconds. */
  readonly timeoutMs: number;
  readonly #validate: BodyValidator | undefined;
  readonly #next: NextCall;
  readonly #signer: UserSigSigner | undefined;
  readonly #context: CallContext;

  /**
   * Makes a client; nothing is sent or imported yet.
   *
   * @param options Which app, which key, which host.
   * @throws {ConfigError} When an argument breaks a rule; the message names it.
   */
  constructor(options: TimClientOptions) {
    const { sdkAppId, identifier = "administrator", timeoutMs = 5000, now = Date.now } = options;
    checkSdkAppId(sdkAppId);
    checkIdentifier(identifier);
    checkTimeout("timeoutMs", timeoutMs);
    checkTimeout("attemptTimeoutMs", options.attemptTimeoutMs ?? timeoutMs);
    this.sdkAppId = sdkAppId;
    this.identifier = identifier;
    this.timeoutMs = timeoutMs;
    this.baseUrl = resolveBaseUrl(options);
    checkEmulatorKey(options.secretKey, this.baseUrl, options.emulator ?? false);
    this.#signer = signerOf(options);
    const backup = resolveBackupUrl(options);
    const platformFetch = globalThis.fetch;
    this.#validate = options.validate;
    this.#next = compose(options.middleware ?? [], (request) => this.#call(request));
    this.#context = {
      fetch: options.fetch ?? ((input, init) => platformFetch(input, init)),
      hosts: new Hosts([this.baseUrl, ...backup === undefined ? [] : [backup]], now),
      sig: this.#signer
        ? new AdminSig(this.#signer, identifier, now)
        : new ReadySig(options.userSig!, sdkAppId, identifier, now),
      sdkAppId,
      identifier,
      random: options.random ?? (() => crypto.getRandomValues(new Uint32Array(1))[0]!),
      retry: retryOptions(options.retry),
      budget: new RetryBudget(),
      attemptTimeoutMs: options.attemptTimeoutMs ?? Infinity,
      limiter: options.limiter,
      onRetry: options.onRetry,
      debug: options.debug,
    };
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
   * @param command `service/command`, as the command's page names them. Unknown ones are sent as they are;
   * `call<string, T>(…)` says what they answer, and sends a known one unchecked.
   * @param rest The JSON object to send, `{}` by default, and what differs for this call.
   * @returns The backend's answer, when it says success.
   * @throws {TimError} In every other case: what failed, whether it may be tried again, what to do.
   */
  async call<Command extends CommandName<Commands>, T = Record<string, unknown>>(
    command: Command,
    ...rest: CallArguments<Commands, Command>
  ): Promise<CallAnswer<Commands, Command, T>> {
    const [body, options] = rest as [body?: object, options?: CallOptions];
    const { answer } = await this.callInDetail(command, body, options);
    return answer as CallAnswer<Commands, Command, T>;
  }

  /**
   * Calls one command, untyped, and tells how it went besides what was answered.
   *
   * @param command `service/command`.
   * @param body The JSON object to send. @default {{}}
   * @param options What differs for this call.
   * @returns The answer, the number of attempts and the base URL that answered.
   * @throws {TimError} When there is no answer that says success.
   */
  async callInDetail(
    command: string,
    body: object = {},
    options: CallOptions = {},
  ): Promise<CallOutcome> {
    return await this.#next({ command, body, options });
  }

  async #call({ command, body, options }: CallRequest): Promise<CallOutcome> {
    checkCommand(command);
    const { idempotent = isIdempotent(command), headers = {}, timeoutMs = this.timeoutMs } =
      options;
    const call = { command, body: bodyText(command, body), idempotent, headers };
    if (this.#validate) checkBody(this.#validate, command, body);
    checkTimeout("timeoutMs", timeoutMs, command);
    const deadline = new Deadline(command, timeoutMs, options.signal);
    try {
      return await attemptCall(this.#context, call, deadline);
    } finally {
      deadline.close();
    }
  }

  /**
   * Opens connections before the first call needs them, as far as the runtime keeps any.
   *
   * @param connections How many at once. @default {1}
   * @returns How many answered. Never throws: a call will say what is wrong.
   */
  async warm(connections = 1): Promise<number> {
    const { fetch, hosts } = this.#context;
    const open = async () => {
      const deadline = new Deadline("warm", this.timeoutMs);
      try {
        // GET and not HEAD: Node closes a connection after that one. Read whole, or it is not kept either.
        const answering = fetch(hosts.current(), { method: "GET", signal: deadline.signal });
        await deadline.race((await deadline.race(answering)).arrayBuffer());
        return true;
      } catch {
        return false;
      } finally {
        deadline.close();
      }
    };
    const opened = await Promise.all(Array.from({ length: connections }, open));
    return opened.filter(Boolean).length;
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
}

/** The signer of a client that holds the key; none for one with a ready UserSig. */
function signerOf(
  { sdkAppId, secretKey, userSig, now }: TimClientOptions,
): UserSigSigner | undefined {
  if (userSig === undefined) return new UserSigSigner({ sdkAppId, secretKey: secretKey!, now });
  if (secretKey === undefined && typeof userSig === "string" && userSig !== "") return undefined;
  throw new ConfigError("Give secretKey or a userSig, one of the two and not empty");
}

function retryOptions(given: RetryOptions | false = {}): Required<RetryOptions> {
  const { maxAttempts = 3, baseDelayMs = 100, maxDelayMs = 2000 } = given || { maxAttempts: 1 };
  if (!(maxAttempts >= 1 && baseDelayMs >= 0 && maxDelayMs >= 0)) {
    throw new ConfigError("retry wants maxAttempts of at least 1 and delays of at least 0 ms");
  }
  return { maxAttempts, baseDelayMs, maxDelayMs };
}

function checkTimeout(name: string, timeoutMs: number, command?: string): void {
  if (!(timeoutMs > BACKEND_TIMEOUT_MS && timeoutMs < 2 ** 31)) {
    throw new ConfigError(
      `${name} is ${timeoutMs}, wanted more than ${BACKEND_TIMEOUT_MS}: the backend itself takes up to ` +
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
