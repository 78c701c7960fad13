/**
 * The zlib container (RFC 1950) of a UserSig: deflated by the platform, or stored without compressing.
 *
 * @module
 */

/** Deflates through the platform's `CompressionStream`. */
export function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return through(new CompressionStream("deflate"), bytes);
}

/** Sends bytes through one of the platform's streams, and collects what comes out. */
export async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = stream.writable.getWriter();
  // A failure shows at the reader; these two promises must not be left without a handler.
  Promise.allSettled([writer.write(bytes), writer.close()]);
  return new Uint8Array(await new Response(stream.readable).arrayBuffer());
}

/** Wraps up to 65535 bytes in a zlib container of one stored block: no compression, no platform call. */
export function store(bytes: Uint8Array): Uint8Array {
  const size = bytes.length;
  const out = new Uint8Array(size + 11);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x7801_0100);
  view.setUint16(3, size, true);
  view.setUint16(5, ~size, true);
  out.set(bytes, 7);
  view.setUint32(size + 7, adler32(bytes));
  return out;
}

/** The checksum that ends a zlib container; exact up to 8 MB, far beyond any document. */
function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let i = 0; i < bytes.length; i++) {
    a += bytes[i]!;
    b += a;
  }
  return (b % 65521 << 16 | a % 65521) >>> 0;
}

/**
 * Inflates a zlib container, but never far beyond `limit` bytes.
 *
 * The input goes in by small pieces, since some runtimes inflate whatever they are given at once: one
 * piece of 256 bytes can become 264 kB at the most, and the next is withheld when the limit is passed.
 *
 * @returns The bytes, `"too-large"`, or `"not-zlib"` when the container is broken, cut short or followed
 * by more bytes.
 */
export async function inflate(
  bytes: Uint8Array<ArrayBuffer>,
  limit: number,
): Promise<Uint8Array | "too-large" | "not-zlib"> {
  // Blocks may be empty, so that much input makes little output; nothing real needs twice the limit.
  if (bytes.length > 2 * limit) return "too-large";
  const stream = new DecompressionStream("deflate");
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  let over = false;
  const feeding = (async () => {
    for (let at = 0; at < bytes.length && !over; at += 256) {
      await writer.write(bytes.slice(at, at + 256));
    }
    if (!over) await writer.close();
  })().catch(ignore);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return checked(join(chunks), bytes);
      size += value.length;
      if (size > limit) {
        over = true;
        return "too-large";
      }
      chunks.push(value);
    }
  } catch {
    return "not-zlib";
  } finally {
    if (over) {
      reader.cancel().catch(ignore);
      writer.abort().catch(ignore);
    } else await feeding;
  }
}

/** Deno 2.9 takes a stream that was cut short for a whole one, so the checksum is compared here too. */
function checked(inflated: Uint8Array, container: Uint8Array): Uint8Array | "not-zlib" {
  if (container.length < 6) return "not-zlib";
  const tail = new DataView(container.buffer, container.byteOffset + container.length - 4);
  return tail.getUint32(0) === adler32(inflated) ? inflated : "not-zlib";
}

function join(chunks: Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  if (chunks.length === 1) return chunks[0]!;
  const out = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}

function ignore(): void {}
