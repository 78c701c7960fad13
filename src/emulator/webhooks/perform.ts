/**
 * A call carried out with its callbacks: asked before, told after.
 *
 * @module
 */

import { AnswerNeeded } from "../store/callbacks.ts";
import type { ReadyCall, RunningApp } from "../worlds/running_app.ts";
import type { Webhooks } from "./webhooks.ts";

/** What came of it. */
export interface Performed {
  /** What the command adds to the envelope. */
  added: object;
  /** The callbacks that tell of it, on their way. */
  sending: Promise<unknown>[];
}

/**
 * Carries a call out.
 *
 * @throws {Refusal} Its error code.
 */
export async function perform(
  app: RunningApp,
  call: ReadyCall,
  webhooks: Webhooks,
): Promise<Performed> {
  const answers: unknown[] = [];
  for (;;) {
    // Another call may have put its own there while an answer was awaited.
    const { callbacks } = app.world;
    callbacks.wanted = (name) => webhooks.wanted(app, name);
    try {
      const added = app.carryOut(call, answers);
      return { added, sending: webhooks.tell(app, callbacks.told()) };
    } catch (error) {
      if (!(error instanceof AnswerNeeded)) {
        // Some callbacks tell of a refusal: a message that was not sent, a group that is full.
        webhooks.tell(app, callbacks.told());
        throw error;
      }
      answers.push(await webhooks.ask(app, error.callback));
    }
  }
}
