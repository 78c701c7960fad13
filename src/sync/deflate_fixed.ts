/**
 * A zlib container written at once, in one pass: deflate with the fixed codes of RFC 1951 (3.2.6) and
 * short matches only.
 *
 * For a UserSig's document it comes within a few characters of what zlib makes, in a tenth of the time:
 * the constant texts (`"TLS.`, `":"`) are what there is to find.
 *
 * @module
 */

/** Of each literal (0 to 255) and each match length without extra bits (3 to 10, as symbols 257 to 264). */
const CODES = new Uint16Array(265);
const CODE_BITS = new Uint8Array(265);
for (let symbol = 0; symbol < 265; symbol++) {
  const [code, bits] = symbol < 144
    ? [0x30 + symbol, 8]
    : symbol < 256
    ? [0x190 + symbol - 144, 9]
    : [symbol - 256, 7];
  CODES[symbol] = reversed(code, bits);
  CODE_BITS[symbol] = bits;
}
const DISTANCE_CODES = Uint8Array.from({ length: 30 }, (_, code) => reversed(code, 5));

/** Where the three bytes before were last seen: as many slots as keep a document's few repeats apart. */
const SLOTS = 512;

const seen = new Uint16Array(SLOTS);
/** Kept from call to call: V8 takes longer to make an array than to fill it. */
let out = new Uint8Array(512);

/** Deflates up to 65535 bytes; the answer is overwritten by the next call. */
export function deflateFixed(bytes: Uint8Array): Uint8Array {
  const size = bytes.length;
  // A literal takes nine bits at the most, and a match fewer than its literals.
  const room = size + (size >> 3) + 10;
  if (out.length < room) out = new Uint8Array(room);
  seen.fill(0);
  out[0] = 0x78;
  out[1] = 0x01;
  let at = 2;
  // Bits not yet written, lowest first: the last block, with fixed codes.
  let bits = 0b011;
  let count = 3;
  let a = 1;
  let b = 0;
  for (let i = 0; i < size;) {
    let length = 0;
    let distance = 0;
    if (i + 2 < size) {
      const slot = (bytes[i]! * 0x9e5 ^ bytes[i + 1]! * 0x1f3 ^ bytes[i + 2]! * 0x3b) % SLOTS;
      const before = seen[slot]! - 1;
      seen[slot] = i + 1;
      distance = i - before;
      if (before >= 0 && distance <= 32768) {
        while (length < 10 && i + length < size && bytes[before + length] === bytes[i + length]) {
          length++;
        }
      }
    }
    if (length < 3) {
      const byte = bytes[i++]!;
      a += byte;
      b += a;
      bits |= CODES[byte]! << count;
      count += CODE_BITS[byte]!;
    } else {
      for (const end = i + length; i < end; i++) {
        a += bytes[i]!;
        b += a;
      }
      const far = distance - 1;
      const extra = far < 4 ? 0 : 30 - Math.clz32(far);
      bits |= (CODES[254 + length]! | DISTANCE_CODES[(extra << 1) + (far >> extra)]! << 7) << count;
      count += 12;
      for (; count >= 8; count -= 8, bits >>>= 8) out[at++] = bits;
      bits |= (far & (1 << extra) - 1) << count;
      count += extra;
    }
    for (; count >= 8; count -= 8, bits >>>= 8) out[at++] = bits;
  }
  // The end of the block is seven zero bits.
  for (count += 7; count > 0; count -= 8, bits >>>= 8) out[at++] = bits;
  for (const half of [b % 65521, a % 65521]) {
    out[at++] = half >> 8;
    out[at++] = half;
  }
  return out.subarray(0, at);
}

/** Deflate writes its codes highest bit first into a stream that begins with the lowest. */
function reversed(code: number, bits: number): number {
  let turned = 0;
  for (let i = 0; i < bits; i++) turned |= (code >> i & 1) << bits - 1 - i;
  return turned;
}
