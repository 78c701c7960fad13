/**
 * Reading a body that may be longer than anybody should read.
 *
 * @module
 */

import { WebhookFault } from "./fault.ts";

/**
 * Reads a body as a JSON object.
 *
 * @param request What came.
 * @param maxBytes Most bytes.
 * @param signal Ends the reading.
 * @throws {WebhookFault} When it is longer, ends early or is no JSON object.
 */
export async function readBody(
  request: Request,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<Record<string, unknown>> {
  const bytes = await readBytes(request, maxBytes, signal);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new WebhookFault("body", "The body is no JSON", error);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new WebhookFault("body", "The body is JSON, but no object");
}

async function readBytes(
  { headers, body }: Request,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const tooLarge = () => new WebhookFault("too-large", `The body is over ${maxBytes} bytes`);
  if (Number(headers.get("content-length")) > maxBytes) {
    await body?.cancel();
    throw tooLarge();
  }
  if (!body) return new Uint8Array();
  const reader = body.getReader();
  const stop = () => void reader.cancel().catch(() => {});
  signal?.addEventListener("abort", stop);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > maxBytes) {
        stop();
        throw tooLarge();
      }
      chunks.push(value);
    }
  } catch (error) {
    throw error instanceof WebhookFault
      ? error
      : new WebhookFault("body", "The body ended early", error);
  } finally {
    signal?.removeEventListener("abort", stop);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
