/**
 * An app at work: its key, its world, and the calls that made it.
 *
 * @module
 */

import { EMULATOR_ADMIN } from "../../core/emulator_credentials.ts";
import { ConfigError } from "../../core/errors.ts";
import { importSecretKey } from "../../core/user_sig.ts";
import type { EmulatorApp } from "../apps.ts";
import { checkBody } from "../protocol/check_body.ts";
import { Refusal } from "../refusal.ts";
import { sendDuePushes } from "../services/push_schedules.ts";
import type { Command } from "../services/registry.ts";
import { registry } from "../services/services.ts";
import { chance } from "../store/chance.ts";
import { World } from "../store/world.ts";
import type { Journal, JournalCall } from "./journal.ts";

/** A call that passed every check. */
export interface ReadyCall {
  command: Command;
  body: object;
  /** The body as it came, for the journal. */
  text: string;
  caller: string;
  /** The time of the call, in milliseconds since 1970. */
  at: number;
}

/** One app of the emulator. */
export class RunningApp {
  readonly sdkAppId: number;
  readonly admins: ReadonlySet<string>;
  /** Whether it has the free edition's limits; a world takes what holds when it is made. */
  trial: boolean;
  /** UserSigs whose signature was found genuine, with whose they are and their last second. */
  readonly verified: Map<string, { identifier: string; expiresAt: number }> = new Map();
  readonly #journal: Journal;
  #world: World;
  #key: string | CryptoKey;

  constructor(app: EmulatorApp, journal: Journal) {
    this.sdkAppId = app.sdkAppId;
    this.admins = new Set(app.admins ?? [EMULATOR_ADMIN]);
    this.trial = app.trial ?? false;
    this.#key = app.secretKey;
    this.#journal = journal;
    this.#world = this.#newWorld();
  }

  /** Its state. */
  get world(): World {
    return this.#world;
  }

  /** The calls that made its world, each as JSON text. */
  get journal(): Journal {
    return this.#journal;
  }

  /** The key, imported at its first use: an emulator may be made at a Worker's module scope. */
  async key(): Promise<CryptoKey> {
    // Only the finished key is kept: a Worker may not wait on another request's promise.
    if (typeof this.#key === "string") this.#key = await importSecretKey(this.#key);
    return this.#key;
  }

  /**
   * Carries a call out, and writes it down when it may have changed something.
   *
   * @param answers What the app's server answered to the callbacks that the call asked for so far.
   * @returns What it adds to the envelope.
   * @throws {Refusal} Its error code.
   * @throws {AnswerNeeded} When a callback must be answered first.
   */
  carryOut(call: ReadyCall, answers: readonly unknown[] = []): object {
    const added = this.#run(call, this.#journal.length, answers);
    if (!call.command.reads) this.#journal.append(journalText(call, answers));
    return added;
  }

  /** Makes the world anew from the calls of its journal. */
  restore(now: number): void {
    this.#rebuild(this.#journal.read(), now);
  }

  /**
   * Makes the world anew from other calls.
   *
   * @throws {ConfigError} When a call is refused; the world then stays as it was.
   */
  replace(calls: readonly JournalCall[], now: number): void {
    const [by] = this.admins;
    const texts = calls.map((call) => JSON.stringify({ by, at: now, ...call }));
    this.#rebuild(texts, now);
    this.#journal.replace(texts);
  }

  #rebuild(calls: Iterable<string>, now: number): void {
    const before = this.#world;
    this.#world = this.#newWorld();
    let index = 0;
    for (const text of calls) {
      const call = JSON.parse(text) as JournalCall;
      try {
        this.#replay(call, index, now);
      } catch (error) {
        this.#world = before;
        throw new ConfigError(
          `Cannot make the world of app ${this.sdkAppId}: call ${index} (${call.command}) is refused: ` +
            (error instanceof Error ? error.message : error),
        );
      }
      index++;
    }
    this.#world.callbacks.wanted = before.callbacks.wanted;
  }

  #replay(
    { command: id, body, by, at, answers = [] }: JournalCall,
    index: number,
    now: number,
  ): void {
    const [service = "", name = ""] = id.split("/");
    const { clientCommand } = registry;
    const command = id === clientCommand.id ? clientCommand : registry.find(service, name);
    if (!command.run) throw new Refusal(60008, `${id} is not emulated yet`);
    checkBody(id, body, command.badBody);
    this.#world.callbacks.wanted = () => answers.length > 0;
    this.#run({ command, body, text: "", caller: by!, at: at ?? now }, index, answers);
  }

  #run(
    { command, body, caller, at }: ReadyCall,
    index: number,
    answers: readonly unknown[],
  ): object {
    const world = this.#world;
    world.random = chance(index);
    world.callbacks.begin(answers);
    const nowSeconds = Math.floor(at / 1000);
    sendDuePushes(world, nowSeconds);
    const added = command.run!(world, body as never, caller, () => at) ?? {};
    world.figures.count(command.id, nowSeconds);
    return added;
  }

  #newWorld(): World {
    return new World(this.sdkAppId, this.admins, this.trial);
  }
}

/** The body is taken as it came, so that a long one is not written twice. */
function journalText(
  { command, caller, at, text }: ReadyCall,
  answers: readonly unknown[],
): string {
  const more = answers.length > 0 ? `,"answers":${JSON.stringify(answers)}` : "";
  return `{"command":"${command.id}","by":${
    JSON.stringify(caller)
  },"at":${at}${more},"body":${text}}`;
}
