/**
 * A world together with the calls that made it.
 *
 * @module
 */

import { ConfigError } from "../../core/errors.ts";
import { checkBody } from "../protocol/check_body.ts";
import { Refusal, refuse } from "../refusal.ts";
import { sendDuePushes } from "../services/push/schedules.ts";
import type { Command } from "../services/registry.ts";
import { registry } from "../services/services.ts";
import { AnswerNeeded } from "../store/callbacks.ts";
import { chance } from "../store/chance.ts";
import { World } from "../store/world.ts";
import { restoreState, STATE_FORMAT, writeState } from "../store/world_state.ts";
import { type Journal, type JournalCall, WORLD_STATE } from "./journal.ts";

/**
 * From how many characters on a journal is made shorter, and how much longer than the world it must be: less
 * at the start, where it is read anyway and a world is there five times as fast as the calls that made it.
 */
const LONG = 2 ** 20;
const TIMES_AT_WORK = 4;
const TIMES_AT_START = 1.25;
/** No text may be longer on every runtime. */
const LONGEST_STATE = 2 ** 28;

/** A call that passed every check. */
export interface ReadyCall {
  command: Command;
  body: object;
  /** The body as it came, for the journal. */
  text: string;
  caller: string;
  /** The time of the call, in milliseconds since 1970. */
  at: number;
  /** What its chance begins with, once it had to ask the app's server. */
  seed?: number;
}

/** The world of one app; what changes it is written down, and it can be made again from that. */
export class KeptWorld {
  /** Whether it has the free edition's limits; a world takes what holds when it is made. */
  trial: boolean;
  readonly #sdkAppId: number;
  readonly #admins: ReadonlySet<string>;
  readonly #journal: Journal;
  #world: World;
  /** How many calls made the world, and what they take in the journal. */
  #calls = 0;
  #size = 0;
  /** What the world itself took when it was last written. */
  #stateSize = 0;

  /** Begins with an empty world, whatever the journal holds. */
  constructor(sdkAppId: number, admins: ReadonlySet<string>, trial: boolean, journal: Journal) {
    this.#sdkAppId = sdkAppId;
    this.#admins = admins;
    this.trial = trial;
    this.#journal = journal;
    this.#world = this.#newWorld();
  }

  /** Its state. */
  get world(): World {
    return this.#world;
  }

  /** The calls that made it, each as JSON text; the first may be a whole world. */
  get journal(): Journal {
    return this.#journal;
  }

  /** How many calls made it. */
  get calls(): number {
    return this.#calls;
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
    let added: object;
    try {
      added = this.#run(call, call.seed ?? this.#calls, answers);
    } catch (error) {
      if (!(error instanceof AnswerNeeded) || call.seed !== undefined) throw error;
      // Others may be made before the answer comes, and what was asked about must be what is then done.
      call.seed = crypto.getRandomValues(new Uint32Array(1))[0]!;
      return this.carryOut(call, answers);
    }
    // Made again, a call that came too often would come in time: nobody knows then what came before it.
    if (!call.command.reads && !this.#world.tooOften) this.#keep(call, answers);
    return added;
  }

  /** Makes the world anew from the calls of its journal. */
  restore(now: number): void {
    this.#rebuild(this.#journal.read(), now);
    this.#shorten(now, TIMES_AT_START);
  }

  /**
   * Makes the world anew from other calls.
   *
   * @throws {ConfigError} When a call is refused, or cannot be kept; the world then stays as it was.
   */
  replace(calls: readonly JournalCall[], now: number): void {
    this.prepare(calls, this.trial, now)();
  }

  /**
   * Makes the world that other calls make, and leaves this one as it is.
   *
   * @returns What puts it in the place of this one; throws a `ConfigError` when it cannot be kept.
   * @throws {ConfigError} When a call is refused.
   */
  prepare(calls: readonly JournalCall[], trial: boolean, now: number): () => void {
    const [by] = this.#admins;
    const texts = calls.map((call) =>
      JSON.stringify(call.command === WORLD_STATE ? call : { by, at: now, ...call })
    );
    const other = new KeptWorld(this.#sdkAppId, this.#admins, trial, this.#journal);
    other.#rebuild(texts, now);
    return () => {
      try {
        this.#journal.replace(texts);
      } catch (error) {
        throw new ConfigError(messageOf(error));
      }
      other.#world.callbacks.wanted = this.#world.callbacks.wanted;
      this.trial = trial;
      this.#world = other.#world;
      this.#calls = other.#calls;
      this.#size = other.#size;
      this.#stateSize = other.#stateSize;
    };
  }

  /** Writes a call down. When that fails it was never made: what is not kept is not acknowledged either. */
  #keep(call: ReadyCall, answers: readonly unknown[]): void {
    const text = journalText(call, answers);
    try {
      this.#journal.append(text);
    } catch (error) {
      this.#world.callbacks.begin();
      this.#rebuild(this.#journal.read(), call.at);
      refuse(60008, `The call was not carried out, since it cannot be kept: ${messageOf(error)}`);
    }
    this.#calls++;
    this.#size += text.length;
    this.#shorten(call.at, TIMES_AT_WORK);
  }

  /** Takes the world itself in place of the calls that made it, where that is much shorter. */
  #shorten(now: number, times: number): void {
    if (this.#size < Math.max(LONG, times * this.#stateSize)) return;
    const most = this.#size / Math.min(times, 2);
    try {
      const stores = writeState(this.#world, Math.min(most, LONGEST_STATE));
      this.#stateSize = stores?.length ?? most;
      if (stores === undefined) return;
      const body = `{"format":${STATE_FORMAT},"calls":${this.#calls},"stores":${stores}}`;
      const text = `{"command":"${WORLD_STATE}","at":${now},"body":${body}}`;
      this.#journal.replace([text]);
      this.#size = text.length;
    } catch {
      // The long journal is as good; the next attempt comes when it is twice as long.
      this.#stateSize = most;
    }
  }

  #rebuild(calls: Iterable<string>, now: number): void {
    const before = this.#world;
    this.#world = this.#newWorld();
    let entries = 0;
    let made = 0;
    let size = 0;
    let stateSize = 0;
    for (const text of calls) {
      let command = "no JSON";
      try {
        const call = JSON.parse(text) as JournalCall;
        command = call.command;
        if (call.command === WORLD_STATE && entries === 0) {
          made = this.#restoreState(call.body);
          stateSize = text.length;
        } else this.#replay(call, made++, now);
      } catch (error) {
        this.#world = before;
        throw new ConfigError(
          `Cannot make the world of app ${this.#sdkAppId}: call ${entries} (${command}) is refused: ` +
            messageOf(error),
        );
      }
      entries++;
      size += text.length;
    }
    this.#world.callbacks.wanted = before.callbacks.wanted;
    this.#calls = made;
    this.#size = size;
    this.#stateSize = stateSize;
  }

  /** Takes a world over as it was written; tells how many calls had made it. */
  #restoreState({ format, calls, stores }: JournalCall["body"]): number {
    if (!Number.isInteger(format) || !Number.isInteger(calls)) {
      throw new TypeError("it has no format or no number of calls");
    }
    if (Number(format) > STATE_FORMAT) {
      throw new TypeError(
        `it has format ${format}, this emulator reads 1 to ${STATE_FORMAT}; update @tim/edge`,
      );
    }
    restoreState(this.#world, this.#admins, stores);
    return Number(calls);
  }

  #replay(
    { command: id, body, by, at, answers = [], seed }: JournalCall,
    index: number,
    now: number,
  ): void {
    const [service = "", name = ""] = id.split("/");
    const { clientCommand } = registry;
    const command = id === clientCommand.id ? clientCommand : registry.find(service, name);
    if (!command.run) throw new Refusal(60008, `${id} is not emulated yet`);
    checkBody(id, body, command.badBody);
    this.#world.callbacks.wanted = () => answers.length > 0;
    this.#run({ command, body, text: "", caller: by!, at: at ?? now }, seed ?? index, answers);
  }

  #run(
    { command, body, caller, at }: ReadyCall,
    seed: number,
    answers: readonly unknown[],
  ): object {
    const world = this.#world;
    world.random = chance(seed);
    world.tooOften = false;
    world.callbacks.begin(answers);
    const nowSeconds = Math.floor(at / 1000);
    sendDuePushes(world, nowSeconds);
    const added = command.run!(world, body as never, caller, () => at) ?? {};
    if (!world.tooOften) world.figures.count(command.id, nowSeconds);
    return added;
  }

  #newWorld(): World {
    return new World(this.#sdkAppId, this.#admins, this.trial);
  }
}

/** The body is taken as it came, so that a long one is not written twice. */
function journalText(
  { command, caller, at, text, seed }: ReadyCall,
  answers: readonly unknown[],
): string {
  const more = seed === undefined ? "" : `,"seed":${seed},"answers":${JSON.stringify(answers)}`;
  return `{"command":"${command.id}","by":${
    JSON.stringify(caller)
  },"at":${at}${more},"body":${text}}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
