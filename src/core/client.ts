/**
 * The client: signs as the app's administrator and calls commands.
 *
 * @module
 */

import { adminSig } from "./admin_sig.ts";
import { Alarms } from "./alarms.ts";
import { attemptCall, type CallContext, type CallOutcome } from "./attempts.ts";
import { checkEmulatorKey, resolveBackupUrl, resolveBaseUrl } from "./base_url.ts";
import type { CallAnswer, CallArguments, CommandName, UntypedCommands } from "./call_types.ts";
import type { CallOptions, TimClientOptions } from "./client_options.ts";
import { Deadline } from "./deadline.ts";
import { ConfigError } from "./errors.ts";
import { hosts } from "./hosts.ts";
import { isIdempotent } from "./idempotent_commands.ts";
import { type CallRequest, compose, type NextCall } from "./middleware.ts";
import { platformFetch } from "./platform_fetch.ts";
import { readySig } from "./ready_sig.ts";
import { queryOf } from "./request.ts";
import { RetryBudget, type RetryOptions } from "./retry.ts";
import { checkKey, type Sign, signer, type SignRequest } from "./signing.ts";
import { checkIdentifier, checkSdkAppId } from "./user_sig_rules.ts";
import { checkBody } from "./validation.ts";

/** The backend gives up after this time; waiting shorter throws its answers away. */
const BACKEND_TIMEOUT_MS = 3000;

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
 * const { GroupIdList } = await tim.call("group_open_http_svc/get_appid_group_list", { Limit: 2 });
 * console.log(GroupIdList.length);
 * ```
 */
export class TimClient<Commands = UntypedCommands> {
  /** The app. */
  declare readonly sdkAppId: number;
  /** The administrator who makes the calls. */
  declare readonly identifier: string;
  /** Where the calls go: origin, and a path prefix perhaps. */
  declare readonly baseUrl: string;
  /** Time for one whole call, in milliseconds. */
  declare readonly timeoutMs: number;
  readonly #alarms: Alarms;
  readonly #next: NextCall;
  readonly #sign: Sign | undefined;
  readonly #context: CallContext;

  /**
   * Makes a client; nothing is sent or imported yet.
   *
   * @param options Which app, which key, which host.
   * @throws {ConfigError} When an argument breaks a rule; the message names it.
   */
  constructor(options: TimClientOptions) {
    const { secretKey, userSig, ...rest } = options;
    const { sdkAppId, identifier = "administrator", timeoutMs = 5000, now = Date.now } = rest;
    checkSdkAppId(sdkAppId);
    checkIdentifier(identifier);
    checkTimeout("timeoutMs", timeoutMs);
    checkTimeout("attemptTimeoutMs", rest.attemptTimeoutMs ?? timeoutMs);
    this.sdkAppId = sdkAppId;
    this.identifier = identifier;
    this.timeoutMs = timeoutMs;
    this.#alarms = new Alarms(timeoutMs);
    this.baseUrl = resolveBaseUrl(rest);
    checkEmulatorKey(secretKey, this.baseUrl, rest.emulator);
    if (userSig === undefined) {
      checkKey(secretKey!, "sign");
      this.#sign = signer(sdkAppId, secretKey!, now);
    } else if (secretKey !== undefined || typeof userSig !== "string" || !userSig) {
      throw new ConfigError("Give secretKey or userSig, not both and not empty");
    }
    this.#next = compose(rest.middleware ?? [], (request) => this.#call(request));
    this.#context = {
      ...rest,
      fetch: rest.fetch ?? platformFetch,
      hosts: hosts(this.baseUrl, resolveBackupUrl(rest), now),
      sig: this.#sign
        ? adminSig(this.#sign, identifier, now)
        : readySig(userSig!, sdkAppId, identifier, now),
      query: queryOf(sdkAppId, identifier),
      random: rest.random ?? (() => Math.random() * 2 ** 32 >>> 0),
      retry: retryOptions(rest.retry),
      budget: new RetryBudget(),
    };
  }

  /**
   * Calls one command.
   *
   * @example Create a live room
   * ```ts
   * import { isApiError, TimClient } from "@tim/edge";
   *
   * const tim = new TimClient({
   *   sdkAppId: 1400000000,
   *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
   *   region: "sgp",
   * });
   * const RoomId = "morning_news";
   * try {
   *   await tim.call("live_engine_http_srv/create_room", { RoomInfo: { RoomId, RoomType: "Live" } });
   * } catch (error) {
   *   if (!isApiError(error, 100010)) throw error; // it is there already, and ours
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
    const [body = {}, options = {}] = rest as [body?: object, options?: CallOptions];
    const { answer } = await this.#next({ command, body, options });
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

  #call({ command, body, options }: CallRequest): Promise<CallOutcome> {
    checkCommand(command);
    const { idempotent = isIdempotent(command), headers, timeoutMs = this.timeoutMs } = options;
    const call = {
      command,
      body: bodyText(command, body),
      idempotent,
      headers: headers && headerFields(command, headers),
    };
    if (this.#context.validate) checkBody(this.#context.validate, command, body);
    checkTimeout("timeoutMs", timeoutMs, command);
    const limit = timeoutMs === this.timeoutMs ? this.#alarms : timeoutMs;
    return attemptCall(this.#context, call, new Deadline(command, limit, options.signal));
  }

  /**
   * Opens connections before the first call needs them, as far as the runtime keeps any.
   *
   * @param connections How many at once. @default {1}
   * @returns How many answered. Never throws: a call will say what is wrong.
   */
  async warm(connections = 1): Promise<number> {
    const { fetch, hosts } = this.#context;
    let opened = 0;
    const open = async () => {
      const deadline = new Deadline("warm", this.timeoutMs);
      const { signal } = deadline;
      try {
        // GET and not HEAD: Node closes a connection after that one. Read whole, or it is not kept either.
        const answering = fetch(hosts.current(), { redirect: "manual", signal });
        await deadline.race(answering.then((response) => response.arrayBuffer()));
        opened++;
      } catch {
        // It is not counted.
      } finally {
        deadline.close();
      }
    };
    await Promise.all(Array.from({ length: connections }, open));
    return opened;
  }

  /**
   * Signs a UserSig for a user of the same app, for a client to log in with.
   *
   * @param request Whom to sign for, and for how long.
   * @returns The UserSig.
   * @throws {ConfigError} When the request breaks a rule, or the client was made without the secret key.
   */
  async signUserSig(request: SignRequest): Promise<string> {
    if (this.#sign) return await this.#sign(request);
    throw new ConfigError("This client has no secretKey");
  }
}

function retryOptions(given: RetryOptions | false = {}): Required<RetryOptions> {
  const { maxAttempts = 3, baseDelayMs = 100, maxDelayMs = 2000 } = given || { maxAttempts: 1 };
  if (!(maxAttempts >= 1 && baseDelayMs >= 0 && maxDelayMs >= 0)) {
    throw new ConfigError("retry wants maxAttempts from 1 and delays from 0 ms");
  }
  return { maxAttempts, baseDelayMs, maxDelayMs };
}

function checkTimeout(name: string, timeoutMs: number, command?: string): void {
  if (!(timeoutMs > BACKEND_TIMEOUT_MS && timeoutMs < 2 ** 31)) {
    throw new ConfigError(
      `${name} is ${timeoutMs}, wanted more than ${BACKEND_TIMEOUT_MS}: the backend may take so long, and ` +
        "carries out what is given up before",
      command,
    );
  }
}

function checkCommand(command: string): void {
  if (typeof command !== "string" || !/^\w+\/\w+$/.test(command)) {
    throw new ConfigError(
      `Command is ${
        JSON.stringify(command)
      }, wanted "service/command" like "openim/sendmsg", without "v4/"`,
    );
  }
}

/** With their names in lower case, so that none of them stands beside one of the client's own. */
function headerFields(command: string, headers: Record<string, string>): Record<string, string> {
  // What is plain needs no second look, which would cost as much as all of a call's other checks.
  let plain = true;
  for (const name in headers) plain &&= /^[a-z-]+:[ -~]*$/.test(name + ":" + headers[name]);
  if (plain) return headers;
  try {
    return Object.fromEntries(new Headers(headers));
  } catch {
    throw new ConfigError(`Headers of ${command} cannot be sent`, command);
  }
}

function bodyText(command: string, body: object): string {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ConfigError(
      `Body of ${command} is no JSON object`,
    );
  }
  try {
    return JSON.stringify(body);
  } catch (error) {
    throw new ConfigError(`Body of ${command} is no JSON: ${(error as Error).message}`, command);
  }
}
