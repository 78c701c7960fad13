/**
 * A body that no runtime sends a second time.
 *
 * @module
 */

import { utf8 } from "./utf8.ts";

/**
 * A text, to be sent once. Deno repeats a POST by itself when a reused connection dies, if its body is a text
 * or bytes, but not a `Blob`; like those, a `Blob` has a length and so needs no chunks. Its stream is our own,
 * since Node takes ten times as long to read that of a plain one as to send a text.
 */
export function oneUseBody(text: string): Blob {
  const stream = () =>
    new ReadableStream({
      type: "bytes",
      start(controller) {
        controller.enqueue(utf8(text));
        controller.close();
      },
    });
  return Object.assign(new Blob([text]), { stream });
}
