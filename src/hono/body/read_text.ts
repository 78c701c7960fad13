/**
 * Reads a request's body, within a size and a time.
 *
 * @module
 */

import type { Alarms } from "../../core/alarms.ts";
import { IN_LOG, Refusal } from "../problem.ts";

/** How much, and how long. */
export interface BodyLimits {
  /** The most bytes. */
  maxBytes: number;
  /** How long the body may take. */
  time: Alarms;
}

/**
 * Reads the body as text.
 *
 * @throws {Refusal} When it is too large, too slow, or broken off.
 */
export function readText(request: Request, limits: BodyLimits): Promise<string> | string {
  const { maxBytes, time } = limits;
  const length = request.headers.get("content-length");
  if (length === "0") return "";
  const isKnown = length !== null && /^\d+$/.test(length);
  if (isKnown && Number(length) > maxBytes) throw tooLarge(maxBytes);
  return new Promise((resolve, reject) => {
    let cancel = () => {};
    const alarm = time.set(() => {
      cancel();
      reject(new Refusal("body-too-slow", `The whole body must arrive within ${time.ms} ms`));
    });
    // A body of known length cannot become longer; any other is counted as it comes.
    const reading = isKnown ? request.text() : counted(request, maxBytes, (stop) => cancel = stop);
    reading.then((text) => {
      time.stop(alarm);
      resolve(text);
    }, (error) => {
      time.stop(alarm);
      reject(error instanceof Refusal ? error : refusalOf(error));
    });
  });
}

/** How the runtimes call a body that somebody has read. */
const USED = /already|locked|unusable/;

function refusalOf(error: unknown): Refusal {
  if (!USED.test(String(error))) {
    return new Refusal("bad-request", "The body broke off", undefined, error);
  }
  const why = "A middleware or authenticate has read the body; let it read a clone of the request";
  return new Refusal("gateway-fault", IN_LOG, undefined, new Error(why, { cause: error }));
}

async function counted(
  request: Request,
  maxBytes: number,
  onCancel: (stop: () => void) => void,
): Promise<string> {
  if (request.body === null) return "";
  const reader = request.body.getReader();
  const stop = () => void reader.cancel().catch(() => {});
  onCancel(stop);
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > maxBytes) {
      stop();
      throw tooLarge(maxBytes);
    }
    text += decoder.decode(value, { stream: true });
  }
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal("too-large", `The limit is ${maxBytes} bytes`);
}
