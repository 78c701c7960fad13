/**
 * A call carried out with its callbacks: asked before, told after.
 *
 * @module
 */

import { AnswerNeeded, type Callback } from "../store/callbacks.ts";
import type { ReadyCall } from "../worlds/kept_world.ts";
import type { RunningApp } from "../worlds/running_app.ts";
import type { WaitUntil } from "./wait_until.ts";
import type { Webhooks } from "./webhooks.ts";

/**
 * Carries a call out.
 *
 * @param waitUntilOf What a Worker is told of the sending of the callbacks that tell of it; some tell of a
 * refusal.
 * @returns What the command adds to the envelope.
 * @throws {Refusal} Its error code.
 */
export async function perform(
  app: RunningApp,
  call: ReadyCall,
  webhooks: Webhooks,
  waitUntilOf: () => WaitUntil | undefined,
): Promise<object> {
  const answers: unknown[] = [];
  for (;;) {
    // Another call may have put its own there while an answer was awaited.
    const { callbacks } = app.world;
    callbacks.wanted = (name) => webhooks.wanted(app, name);
    // Before any waiting: the next call's callbacks stand in the same place.
    const tellOfIt = () => tell(app, callbacks.told(), webhooks, waitUntilOf);
    try {
      const added = app.carryOut(call, answers);
      tellOfIt();
      return added;
    } catch (error) {
      if (!(error instanceof AnswerNeeded)) {
        // Some callbacks tell of a refusal: a message that was not sent, a group that is full.
        tellOfIt();
        throw error;
      }
      answers.push(await webhooks.ask(app, error.callback));
    }
  }
}

/** Begins to send callbacks that nobody waits for. */
export function tell(
  app: RunningApp,
  told: readonly Callback[],
  webhooks: Webhooks,
  waitUntilOf: () => WaitUntil | undefined,
): void {
  if (told.length === 0) return;
  const waitUntil = waitUntilOf();
  const sending = webhooks.tell(app, told, waitUntil === undefined);
  waitUntil?.(sending);
}
