import { suite } from "uvu";
import * as assert from "uvu/assert";
import { addressKind } from "../../src/doctor/address_kinds.ts";
import type { Examination } from "../../src/doctor/check.ts";
import { answersCheck } from "../../src/doctor/checks/answers.ts";
import { findTarget } from "../../src/doctor/target.ts";

const test = suite("addressKind");

const kinds: Record<string, string[]> = {
  public: [
    "1.1.1.1",
    "172.32.0.1",
    "100.128.0.1",
    "198.20.0.1",
    "223.255.255.255",
    "2400:3200::1",
    "64:ff9b::102:304",
    "::ffff:8.8.8.8",
  ],
  loopback: ["127.0.0.1", "127.255.0.53", "::1", "::ffff:127.0.0.1"],
  unspecified: ["0.0.0.0", "::"],
  private: ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fd00::1", "fc80::1"],
  "carrier NAT": ["100.64.0.1", "100.127.255.255"],
  "link-local": ["169.254.1.1", "fe80::1%eth0"],
  "fake-IP": ["198.18.0.1", "198.19.255.255", "fc00::1"],
  documentation: ["192.0.2.1", "203.0.113.9", "2001:db8::1"],
  Teredo: ["2001::1", "2001:0:1::1"],
  reserved: ["224.0.0.1", "240.0.0.1", "255.255.255.255", "ff02::1", "300.1.1.1", "nonsense"],
};
for (const [kind, addresses] of Object.entries(kinds)) {
  test(`knows ${kind}`, () => {
    for (const address of addresses) assert.is(addressKind(address), kind, address);
  });
}

for (
  const [host, address, id, status] of [
    ["console.tim.qq.com", "1.1.1.1", "answers.public", "ok"],
    ["console.tim.qq.com", "10.1.2.3", "answers.private", "warning"],
    ["console.tim.qq.com", "169.254.0.3", "answers.private", "warning"],
    ["console.tim.qq.com", "198.18.0.9", "answers.fake-ip", "info"],
    ["console.tim.qq.com", "0.0.0.0", "answers.nowhere", "error"],
    ["console.tim.qq.com", "2001::5", "answers.nowhere", "error"],
    ["tim.internal", "10.1.2.3", "answers.public", "ok"],
    ["localhost", "127.0.0.1", "answers.public", "ok"],
  ] as const
) {
  test(`judges ${address} for ${host} as ${id}`, async () => {
    const conclusion = await answersCheck.examine({
      target: findTarget({ host }),
      evidence: { addresses: [{ address, family: address.includes(":") ? 6 : 4 }] },
    } as Examination);
    assert.equal([conclusion.id, conclusion.status], [id, status]);
  });
}

test.run();
