/**
 * What a service is made of.
 *
 * @module
 */

import type { Commands } from "../../api/generated/commands.ts";
import type { Envelope } from "../../core/request.ts";
import type { World } from "../store/world.ts";
import type { Writable } from "../store/writable.ts";

/** The time, in milliseconds since 1970. */
export type Clock = () => number;

/** The time in whole seconds, as the backend's answers give it. */
export function seconds(clock: Clock): number {
  return Math.floor(clock() / 1000);
}

/** A documented command, `service/command`. */
export type CommandId = keyof Commands;

/** The body of a command, which fits the catalogue's schema when a handler sees it. */
export type BodyOf<Id extends CommandId> = Writable<Commands[Id]["request"]>;

/** What a command's answer adds to the envelope. */
export type AnswerOf<Id extends CommandId> =
  & Omit<Commands[Id]["response"], keyof Envelope>
  & Partial<Pick<Commands[Id]["response"], keyof Envelope & keyof Commands[Id]["response"]>>;

/**
 * Carries a command out: returns what it adds to the envelope, or throws a `Refusal`.
 *
 * It runs to its end at once, so that no two commands mix, and takes time and chance from its arguments
 * alone (`clock`, `world.random`), so that the same calls make the same world again.
 */
export type Handler<Id extends CommandId> = (
  world: World,
  body: BodyOf<Id>,
  caller: string,
  clock: Clock,
) => AnswerOf<Id> | void;

/** A handler of whichever command. */
export type AnyHandler = (world: World, body: never, caller: string, clock: Clock) => object | void;

/** A handler, and what coverage says of it. */
export interface Noted<Run> {
  run: Run;
  /** Why no state shows its effect, of a command that can only acknowledge. */
  acknowledges?: string;
  /** Where it is known not to do what is documented. */
  knownDifferences?: readonly string[];
}

/** The commands of a service by name; those that are left out are not emulated. */
export type HandlersOf<Name extends string> = {
  [Id in CommandId as Id extends `${Name}/${infer Command}` ? Command : never]?:
    | Handler<Id>
    | Noted<Handler<Id>>;
};

/** The codes that are a service's own. */
export interface ServiceCodes {
  /** For a body that breaks a command's schema, where the catalogue names no other. */
  badBody: number;
  /** For a command that the service does not have. */
  unknownCommand: number;
  /** For a call too many. @default {60007} */
  tooOften?: number;
}

/** A servicename, or a part of one, with its commands. */
export interface Service extends ServiceCodes {
  name: string;
  commands: Readonly<Record<string, AnyHandler | Noted<AnyHandler>>>;
}

/** Makes a service; two of one name are one service in two files. */
export function service<Name extends string>(
  name: Name,
  codes: ServiceCodes,
  commands: HandlersOf<NoInfer<Name>>,
): Service {
  return { name, ...codes, commands: commands as Service["commands"] };
}

/**
 * Marks a command that can only acknowledge.
 *
 * @param acknowledges Why no state shows its effect.
 * @param run Checks that the command still makes.
 */
export function ackOnly<Run extends AnyHandler>(
  acknowledges: string,
  run: Run = (() => {}) as unknown as Run,
): Noted<Run> {
  return { acknowledges, run };
}

/**
 * Marks a command that is known not to do all that is documented.
 *
 * @param run The handler.
 * @param knownDifferences Sentences, each of one thing that a caller could notice.
 */
export function differing<Run extends AnyHandler>(
  run: Run,
  ...knownDifferences: string[]
): Noted<Run> {
  return { run, knownDifferences };
}
