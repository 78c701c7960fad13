/**
 * Every command that the backend has, and what this emulator makes of it.
 *
 * @module
 */

import { secondPaths } from "../../api/generated/second_paths.ts";
import { rows } from "../../api/generated/table.ts";
import { nearest } from "../../api/nearest.ts";
import { quote, refuse } from "../refusal.ts";
import { setClientState } from "./login_state.ts";
import type { AnyHandler, Service } from "./service.ts";

/** How a client's login or logout stands in a journal. */
const CLIENT_COMMAND = "_emulator/set_client_state";

/** Names of commands that change nothing. */
const READS =
  /^get|(^|_)(get|check|query|search)(_|$)|_list$|^list_|querystate|GetIPList|getroammsg|_statistics$|_loss$|content_moderation$/;

/** A command, ready to be called. */
export interface Command {
  /** `service/command`. */
  id: string;
  /** Absent when it is documented but not emulated. */
  run?: AnyHandler;
  /** Why it only acknowledges, where it does. */
  acknowledges?: string;
  /** Where it is known not to do what is documented. */
  knownDifferences?: readonly string[];
  /** The code for a body that breaks its schema. */
  badBody: number;
  /** Whether it changes nothing, so that it need not be written down. */
  reads: boolean;
  /** Calls a second that an app may make. */
  rateLimit: number;
  /** The code for a call too many. */
  tooOften: number;
}

/** The commands by servicename and name, made from the catalogue and the services. */
export class Registry {
  readonly #services = new Map<string, Map<string, Command>>();
  readonly #unknownCommand = new Map<string, number>();

  /** Joins what is documented with what is there. */
  constructor(services: readonly Service[]) {
    const parts = new Map<string, Service>();
    for (const part of services) {
      this.#unknownCommand.set(part.name, part.unknownCommand);
      for (const name of Object.keys(part.commands)) {
        const id = `${part.name}/${name}`;
        if (parts.has(id)) throw new Error(`Two services have the command ${id}`);
        parts.set(id, part);
      }
    }
    for (const { service, command, rateLimit } of rows) {
      const id = `${service}/${command}`;
      const part = parts.get(id);
      parts.delete(id);
      const entry = part?.commands[command];
      let known = this.#services.get(service);
      if (!known) this.#services.set(service, known = new Map());
      known.set(command, {
        id,
        ...(typeof entry === "function" ? { run: entry } : entry),
        reads: READS.test(command),
        badBody: part?.badBody ?? 60003,
        rateLimit,
        tooOften: part?.tooOften ?? 60007,
      });
    }
    for (const id of parts.keys()) throw new Error(`The catalogue has no command ${id}`);
  }

  /** What the control API can let clients do; not among the documented commands. */
  readonly clientCommand: Command = {
    id: CLIENT_COMMAND,
    run: setClientState as AnyHandler,
    reads: false,
    badBody: 70402,
    rateLimit: Infinity,
    tooOften: 60007,
  };

  /** Every command, in the order of the catalogue. */
  *all(): Generator<Command> {
    for (const service of this.#services.values()) yield* service.values();
  }

  /**
   * Finds a command.
   *
   * @throws {Refusal} When there is none: 60009 without the service, else the service's own code.
   */
  find(serviceName: string, commandName: string): Command {
    const service = this.#services.get(serviceName);
    if (!service) {
      const near = nearest(serviceName, this.#services.keys());
      refuse(60009, `There is no service ${quote(serviceName)}${didYouMean(near)}`);
    }
    const command = service.get(commandName);
    if (command) return command;
    const first = secondPaths[`${serviceName}/${commandName}`];
    if (first) return this.find(...first.split("/") as [string, string]);
    const near = nearest(commandName, service.keys());
    return refuse(
      this.#unknownCommand.get(serviceName) ?? 60008,
      `${serviceName} has no command ${quote(commandName)}${didYouMean(near)}`,
    );
  }
}

function didYouMean(name: string | undefined): string {
  return name === undefined ? "" : `; did you mean ${name}?`;
}
