import { test } from "uvu";
import * as assert from "uvu/assert";
import { decodeUserSig } from "../../mod.ts";
import { fromUserSigText, toBase64, toUserSigText } from "../../src/core/base64.ts";
import { deflate, inflate, store } from "../../src/core/zlib.ts";
import golden from "./usersig-vectors.json" with { type: "json" };

const LIMIT = 65_536;

/** Counts what comes out of the platform's streams while `work` runs. */
async function inflatedBytes(work: () => Promise<unknown>): Promise<number> {
  const Platform = globalThis.DecompressionStream;
  let count = 0;
  globalThis.DecompressionStream = class {
    readonly readable: ReadableStream<Uint8Array>;
    readonly writable: WritableStream;
    constructor(format: CompressionFormat) {
      const stream = new Platform(format);
      this.writable = stream.writable;
      this.readable = stream.readable.pipeThrough(
        new TransformStream({
          transform(chunk, controller) {
            count += chunk.length;
            controller.enqueue(chunk);
          },
        }),
      );
    }
  } as typeof DecompressionStream;
  try {
    await work();
    // Whatever still runs on its own would show in the count.
    await new Promise((resolve) => setTimeout(resolve, 20));
    return count;
  } finally {
    globalThis.DecompressionStream = Platform;
  }
}

for (const vector of golden.invalid.filter(({ reason }) => reason === "too-large")) {
  test(`decodeUserSig does not inflate ${vector.name} whole`, async () => {
    const bytes = await inflatedBytes(async () => {
      assert.equal(await decodeUserSig(vector.userSig), { ok: false, reason: "too-large" });
    });
    // One piece of input may overshoot, and the streams may hold a second.
    assert.ok(bytes > LIMIT && bytes < LIMIT + 2 * 264_000, `${bytes} bytes were inflated`);
  });
}

test("decodeUserSig inflates a real UserSig whole, by the same count", async () => {
  const { userSig, json } = golden.vectors[0]!;
  assert.is(await inflatedBytes(() => decodeUserSig(userSig)), json.length);
});

test("decodeUserSig refuses much input that makes no output, without feeding it in", async () => {
  // A hundred thousand empty stored blocks.
  const empty = new Uint8Array(2 + 5 * 100_000);
  empty.set([0x78, 0x01]);
  for (let i = 2; i < empty.length; i += 5) empty.set([0, 0, 0, 0xff, 0xff], i);
  assert.equal(await decodeUserSig(toUserSigText(empty)), { ok: false, reason: "too-large" });
});

test("inflate takes exactly its limit, and not one byte more", async () => {
  for (const wrap of [store, deflate]) {
    const bytes = new Uint8Array(60_000).fill(7);
    const container = new Uint8Array(await wrap(bytes));
    assert.equal(await inflate(container, 60_000), bytes);
    assert.is(await inflate(container, 59_999), "too-large");
  }
});

test("store and deflate hold every size, the empty one and the largest", async () => {
  for (const size of [0, 1, 255, 256, 257, 65_535]) {
    const bytes = Uint8Array.from({ length: size }, (_, i) => i * i * 31);
    assert.equal(await inflate(store(bytes) as Uint8Array<ArrayBuffer>, LIMIT), bytes);
    assert.equal(await inflate(new Uint8Array(await deflate(bytes)), LIMIT), bytes);
  }
});

test("toBase64 writes the same with and without the platform's own encoder", () => {
  const native = Object.getOwnPropertyDescriptor(Uint8Array.prototype, "toBase64");
  for (const size of [0, 1, 2, 3, 200, 256]) {
    const bytes = Uint8Array.from({ length: size }, (_, i) => 255 - i);
    const text = toBase64(bytes);
    assert.is(text, btoa(String.fromCharCode(...bytes)));
    if (native) delete (Uint8Array.prototype as Partial<Uint8Array>).toBase64;
    try {
      assert.is(toBase64(bytes), text);
      assert.equal(fromUserSigText(toUserSigText(bytes)), bytes);
    } finally {
      if (native) Object.defineProperty(Uint8Array.prototype, "toBase64", native);
    }
  }
});

test.run();
