import { suite } from "uvu";
import * as assert from "uvu/assert";
import { decodeAnswer, encodeQuestion } from "../../src/doctor/dns/dns_message.ts";
import { splitServer } from "../../src/doctor/server_address.ts";

const test = suite("dns_message");
const fromHex = (hex: string) =>
  Uint8Array.from(hex.replace(/\s/g, "").match(/../g)!, (byte) => parseInt(byte, 16));

const HEAD = "1234 8180 0001 0001 0000 0000";
const QUESTION = "01 61 04 74657374 00 0001 0001";
const RECORD = "c00c 0001 0001 0000003c 0004 c0000201";

test("encodeQuestion writes header, name, type and EDNS", () => {
  assert.equal(
    encodeQuestion(0x1234, "a.test.", "A"),
    fromHex(`1234 0100 0001 0000 0000 0001 ${QUESTION} 00 0029 04d0 00000000 0000`),
  );
});

test("encodeQuestion refuses names that cannot be asked for", () => {
  for (const name of ["", "a..test", `${"a".repeat(64)}.test`, "a.".repeat(130) + "test"]) {
    assert.throws(() => encodeQuestion(1, name, "A"), /cannot be asked for/, name);
  }
});

test("decodeAnswer reads an address, its time to live and the code", () => {
  assert.equal(decodeAnswer(fromHex(HEAD + QUESTION + RECORD), 0x1234), {
    rcode: "NOERROR",
    truncated: false,
    cnames: [],
    addresses: ["192.0.2.1"],
    texts: [],
    ttl: 60,
  });
});

test("decodeAnswer reads texts, names by pointer, flags and codes", () => {
  const records = "c00c 0010 0001 00000005 0007 02 6e73 03 312e32" +
    "c00c 0005 0001 00000009 0004 01 62 c00e";
  const answer = decodeAnswer(
    fromHex(`1234 8383 0001 0002 0000 0000 ${QUESTION} ${records}`),
    0x1234,
  )!;
  assert.is(answer.rcode, "NXDOMAIN");
  assert.is(answer.truncated, true);
  assert.equal(answer.texts, ["ns", "1.2"]);
  assert.equal(answer.cnames, ["b.test"]);
  assert.is(answer.ttl, 5);
});

test("decodeAnswer takes nothing from another question, a question, or a damaged message", () => {
  const whole = HEAD + QUESTION + RECORD;
  assert.is(decodeAnswer(fromHex(whole), 0x1235), undefined);
  assert.is(decodeAnswer(fromHex(whole.replace("8180", "0100")), 0x1234), undefined);
  const bytes = fromHex(whole);
  for (let length = 0; length < bytes.length; length++) {
    assert.is(decodeAnswer(bytes.subarray(0, length), 0x1234), undefined, `${length} bytes`);
  }
  // A name that points to itself.
  assert.is(decodeAnswer(fromHex(HEAD + "c00c 0001 0001"), 0x1234), undefined);
});

test("splitServer reads what the runtimes write", () => {
  const rows: [string, string, number][] = [
    ["192.0.2.53", "192.0.2.53", 53],
    ["192.0.2.53:5353", "192.0.2.53", 5353],
    ["2001:db8::53", "2001:db8::53", 53],
    ["[2001:db8::53]:5353", "2001:db8::53", 5353],
    ["[2001:db8::53]", "2001:db8::53", 53],
    ["fe80::1%eth0", "fe80::1%eth0", 53],
  ];
  for (const [server, address, port] of rows) assert.equal(splitServer(server), { address, port });
});

test.run();
