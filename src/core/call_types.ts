/**
 * How the types of a call follow from its command; nothing of this is there at run time.
 *
 * @module
 */

import type { CallOptions } from "./client_options.ts";
import type { Envelope } from "./request.ts";

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
