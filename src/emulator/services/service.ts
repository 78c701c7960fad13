/**
 * What a service is made of.
 *
 * @module
 */

import type { BodyRule } from "../protocol/check_body.ts";
import { quote, refuse } from "../refusal.ts";
import type { World } from "../store/world.ts";

/** The time, in milliseconds since 1970. */
export type Clock = () => number;

/** The time in whole seconds, as the backend's answers give it. */
export function seconds(clock: Clock): number {
  return Math.floor(clock() / 1000);
}

/** Carries a command out: returns what it adds to the envelope, or throws a `Refusal`. */
export type Handler<Body = never> = (
  world: World,
  body: Body,
  caller: string,
  clock: Clock,
) => object | void;

/** One command: what its body must be like, and what it does. */
export interface Command {
  rules: BodyRule;
  run: Handler;
}

/** One servicename with its commands. */
export interface Service {
  name: string;
  /** The code for a body that breaks a command's rules. */
  badBody: number;
  /** The code for a command that the service does not have. */
  unknownCommand: number;
  commands: Readonly<Record<string, Command>>;
}

/** Pairs a handler with the rules that make its body what the handler takes it for. */
export function command<Body>(rules: BodyRule, run: Handler<Body>): Command {
  return { rules, run: run as Handler };
}

/** Finds a command, or refuses. */
export function findCommand(
  services: ReadonlyMap<string, Service>,
  serviceName: string,
  commandName: string,
): { service: Service; command: Command } {
  const service = services.get(serviceName);
  if (!service) refuse(60009, `There is no service ${quote(serviceName)}`);
  if (!Object.hasOwn(service.commands, commandName)) {
    refuse(service.unknownCommand, `${serviceName} has no command ${quote(commandName)}`);
  }
  return { service, command: service.commands[commandName]! };
}
