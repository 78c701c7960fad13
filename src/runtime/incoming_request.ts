/**
 * What the emulator reads of a `Request`, out of a request of `node:http`.
 *
 * A whole `Request` with its stream, its headers and its signal costs more than the emulator's own work, and
 * nearly all of that is never looked at.
 *
 * @module
 */

import type { IncomingMessage, ServerResponse } from "node:http";

const MOST_BYTES = 2 ** 29;

/** A request as far as handlers of the emulator look at it: what is not here does not exist for them. */
export class IncomingRequest implements Pick<Request, "method" | "url" | "signal"> {
  readonly method: string;
  readonly url: string;
  readonly #incoming: IncomingMessage;
  readonly #outgoing: ServerResponse;
  #gone: AbortController | undefined;

  constructor(incoming: IncomingMessage, outgoing: ServerResponse, scheme: string) {
    this.#incoming = incoming;
    this.#outgoing = outgoing;
    this.method = incoming.method!;
    const { url = "/", headers: { host = "localhost" } } = incoming;
    const origin = `${scheme}://${host}`;
    // Proxies are asked with whole addresses, and OPTIONS with an asterisk.
    this.url = url.startsWith("/") ? origin + url : new URL(url, origin).href;
  }

  get headers(): Pick<Headers, "get" | "has"> {
    const { headers } = this.#incoming;
    const get = (name: string) => headers[name.toLowerCase()]?.toString() ?? null;
    return { get, has: (name) => get(name) !== null };
  }

  /** Tells when the other side has gone. */
  get signal(): AbortSignal {
    if (this.#gone) return this.#gone.signal;
    const gone = this.#gone = new AbortController();
    const check = () => this.#outgoing.writableFinished || gone.abort();
    if (this.#outgoing.closed) check();
    else this.#outgoing.once("close", check);
    return gone.signal;
  }

  /** Fails when the other side goes before all is there, or sends more than any command or snapshot has. */
  arrayBuffer(): Promise<Uint8Array<ArrayBuffer>> {
    const incoming = this.#incoming;
    // Not by iteration, which makes half a dozen objects for what mostly is one piece.
    return new Promise((resolve, reject) => {
      const pieces: Uint8Array<ArrayBuffer>[] = [];
      const end = () => resolve(pieces.length === 1 ? pieces[0]! : joined(pieces));
      if (incoming.readableEnded) return end();
      if (incoming.destroyed) return reject(new Error("The body broke off"));
      let length = 0;
      incoming.on("data", (piece) => {
        length += piece.length;
        if (length <= MOST_BYTES) pieces.push(piece);
        else incoming.destroy(new Error(`The body has more than ${MOST_BYTES} bytes`));
      });
      incoming.once("end", end);
      incoming.once("error", reject);
      incoming.once("close", () => reject(new Error("The body broke off")));
    });
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.arrayBuffer());
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
