/**
 * The zlib container (RFC 1950) of a UserSig: deflated by the platform, or stored without compressing.
 *
 * @module
 */

/** Deflates through the platform's `CompressionStream`. */
export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new CompressionStream("deflate");
  const writer = stream.writable.getWriter();
  // A failure shows at the reader; these two promises must not be left without a handler.
  writer.write(bytes).catch(ignore);
  writer.close().catch(ignore);
  const reader = stream.readable.getReader();
  const chunks: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return join(chunks);
    chunks.push(value);
  }
}

/** Wraps bytes in a zlib container of stored blocks: no compression, no platform call. */
export function store(bytes: Uint8Array): Uint8Array {
  const blocks = Math.max(1, Math.ceil(bytes.length / 0xffff));
  const out = new Uint8Array(2 + blocks * 5 + bytes.length + 4);
  out[0] = 0x78;
  out[1] = 0x01;
  let at = 2;
  for (let block = 0; block < blocks; block++) {
    const part = bytes.subarray(block * 0xffff, (block + 1) * 0xffff);
    out[at++] = block === blocks - 1 ? 1 : 0;
    out[at++] = part.length & 255;
    out[at++] = part.length >> 8;
    out[at++] = ~part.length & 255;
    out[at++] = ~part.length >> 8 & 255;
    out.set(part, at);
    at += part.length;
  }
  new DataView(out.buffer).setUint32(at, adler32(bytes));
  return out;
}

/** The checksum that ends a zlib container. */
function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return (b << 16 | a) >>> 0;
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
  const chunks: Uint8Array[] = [];
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

function join(chunks: Uint8Array[]): Uint8Array {
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
