/**
 * What the services say to the app's own server: told afterwards, or asked beforehand.
 *
 * @module
 */

import type { Webhooks } from "../../api/generated/webhooks.ts";

/** The name of a callback, its `CallbackCommand`. */
export type CallbackName = keyof Webhooks;

type Without<Event> = Event extends unknown ? Omit<Event, "CallbackCommand" | "EventTime"> : never;

/** What a service says of an event; name and time are added. */
export type CallbackEvent<Name extends CallbackName> = Without<Webhooks[Name]["event"]>;

/** A callback on its way out. */
export interface Callback {
  name: CallbackName;
  event: object;
  /** What a client ran on that caused it, as the `OptPlatform` of its query; absent when a server did. */
  platform?: string;
}

/** Stops a handler until the app's server has answered; the handler is then run again from its start. */
export class AnswerNeeded extends Error {
  readonly callback: Callback;

  constructor(callback: Callback) {
    super(callback.name);
    this.callback = callback;
  }
}

/** The callbacks of one call. */
export class Callbacks {
  /** Whether the app wants to hear of a callback; it does not until webhooks are configured. */
  wanted: (name: CallbackName) => boolean = () => false;
  #told: Callback[] = [];
  #answers: readonly unknown[] = [];
  #asked = 0;

  /** Begins a call, or begins it anew with the answers that it asked for. */
  begin(answers: readonly unknown[] = []): void {
    this.#told = [];
    this.#answers = answers;
    this.#asked = 0;
  }

  /** What was told since the call began. */
  told(): readonly Callback[] {
    return this.#told;
  }

  emit(name: CallbackName, event: object, platform?: string): void {
    if (this.wanted(name)) this.#told.push({ name, event, ...(platform && { platform }) });
  }

  ask(name: CallbackName, event: object): unknown {
    if (!this.wanted(name)) return undefined;
    if (this.#asked < this.#answers.length) return this.#answers[this.#asked++] ?? undefined;
    throw new AnswerNeeded({ name, event });
  }
}
