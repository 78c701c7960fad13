import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type DoctorReport,
  type EgressServices,
  renderText,
  runDoctor,
} from "../../src/doctor/mod.ts";
import { originName, readOrigin, readWhoami } from "../../src/doctor/egress_services.ts";
import { startDns, type Zone } from "../support/dns_server.ts";
import { closedPort } from "../support/tls_backend.ts";
import { quietPlatform } from "./faults/examine.ts";

const test = suite("doctor: egress");

const MACHINE = "198.51.100.77";
const RESOLVER = "203.0.113.9";
/** The zones that say which networks the two addresses belong to. */
function networks(
  machine: [asn: string, country: string, name: string],
  resolver: [asn: string, country: string, name: string],
): Record<string, Zone> {
  const zone = (address: string, [asn, country, name]: string[]) => ({
    [`${address.split(".").reverse().join(".")}.origin.test`]: {
      txt: [`${asn} | ${address}/24 | ${country} | apnic | 2010-07-01`],
    },
    [`AS${asn}.asn.test`]: { txt: [`${asn} | ${country} | apnic | 2010-07-01 | ${name}`] },
  });
  return { ...zone(MACHINE, machine), ...zone(RESOLVER, resolver) };
}

async function examine(names: Record<string, Zone>): Promise<DoctorReport> {
  const resolver = await startDns({
    names: { "whoami.test": { txt: ["ns", RESOLVER] }, ...names },
  });
  const mirror = await startDns({ names: { "myip.test": { a: [MACHINE] } } });
  const egressServices: EgressServices = {
    resolver: [{ name: "nobody.test", type: "TXT" }, { name: "whoami.test", type: "TXT" }],
    machine: [{ server: mirror.server, name: "myip.test", type: "A" }],
    origin4: "origin.test",
    origin6: "origin6.test",
    networks: "asn.test",
  };
  const report = await runDoctor({
    baseUrl: `http://api.localhost:${await closedPort()}`,
    egressServices,
    platform: quietPlatform({
      resolvers: () => [resolver.server],
      lookup: () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]),
    }),
  });
  resolver.close();
  mirror.close();
  return report;
}

const found = ({ findings }: DoctorReport) => findings.find(({ check }) => check === "egress")!;
const line = (report: DoctorReport) =>
  renderText(report, { columns: 1000 }).split("\n").find((each) => / Egress /.test(each))!;

for (
  const [what, id, status, machine, resolver, text] of [
    [
      "the same network",
      "egress.matches",
      "ok",
      ["64496", "DE", "EXAMPLE-AS"],
      ["64496", "DE", "EXAMPLE-AS"],
      "same operator",
    ],
    [
      "two networks of one operator",
      "egress.matches",
      "ok",
      ["4134", "CN", "CHINANET-BACKBONE No.31, CN"],
      ["4812", "CN", "CHINANET-SH-AP China Telecom, CN"],
      "same operator",
    ],
    [
      "another operator in China",
      "egress.other-operator",
      "warning",
      ["4837", "CN", "CHINA169-Backbone"],
      ["4812", "CN", "CHINANET-SH-AP"],
      "another operator",
    ],
    [
      "another operator elsewhere",
      "egress.other-operator",
      "info",
      ["64496", "DE", "A-AS"],
      ["64497", "DE", "B-AS"],
      "another operator",
    ],
    [
      "another country",
      "egress.other-country",
      "warning",
      ["64496", "SG", "A-AS"],
      ["64497", "US", "B-AS"],
      /machine 198\.51\.100\.77 \(AS64496, A-AS, registered in SG\), DNS 203\.0\.113\.9 \(AS64497, B-AS, registered in US\): another country/,
    ],
  ] as const
) {
  test(`sees ${what}`, async () => {
    const report = await examine(networks([...machine], [...resolver]));
    const finding = found(report);
    assert.is(finding.id, id, JSON.stringify(finding));
    assert.is(finding.status, status);
    assert.match(line(report), text);
  });
}

test("sees a resolver that passes the client's network on", async () => {
  const names = networks(["64496", "SG", "A-AS"], ["64497", "US", "B-AS"]);
  const whoami = { txt: ["ns", RESOLVER, "ecs", "198.51.100.0/24/24", "ip", MACHINE] };
  const report = await examine({ ...names, "whoami.test": whoami });
  assert.is(found(report).id, "egress.passed-on");
});

test("does not judge when the services do not know the network", async () => {
  const report = await examine({});
  assert.is(found(report).status, "unknown");
  assert.match(line(report), /^ {2}\? Egress +the services asked do not tell this machine's/);
});

test("asks nobody unless told whom", async () => {
  const report = await runDoctor({
    baseUrl: `http://127.0.0.1:${await closedPort()}`,
    platform: quietPlatform({ askUdp: () => Promise.reject(new Error("asked")) }),
  });
  assert.not.ok(found(report));
});

test("readWhoami reads the forms that the services have", () => {
  const rows: [texts: string[], addresses: string[], unknown][] = [
    [["ns", RESOLVER], [], { address: RESOLVER, clientSubnet: "" }],
    [["ns", "2001:db8::9", "ip", MACHINE], [], { address: "2001:db8::9", clientSubnet: "" }],
    [["ns", RESOLVER, "ecs", "198.51.100.0/24/24"], [], {
      address: RESOLVER,
      clientSubnet: "198.51.100.0",
    }],
    [[RESOLVER, "edns0-client-subnet 198.51.100.0/24"], [], {
      address: RESOLVER,
      clientSubnet: "198.51.100.0",
    }],
    [[`Resolver IP: ${RESOLVER}`], [], { address: RESOLVER, clientSubnet: "" }],
    [[], [RESOLVER], { address: RESOLVER, clientSubnet: "" }],
    [[], [], undefined],
    [["no address"], [], undefined],
  ];
  for (const [texts, addresses, expected] of rows) {
    assert.equal(readWhoami({ texts, addresses }), expected, texts.join());
  }
});

test("readOrigin takes the longest prefix, and originName turns addresses round", () => {
  assert.equal(
    readOrigin([
      "64500 64501 | 203.0.0.0/8 | US | arin | 2001-01-01",
      "64496 | 203.0.113.0/24 | DE | ripencc | ",
    ]),
    { asn: "AS64496", country: "DE" },
  );
  assert.is(readOrigin(["not such a row"]), undefined);
  const zones = { origin4: "o.test", origin6: "o6.test" };
  assert.is(originName("203.0.113.9", zones), "9.113.0.203.o.test");
  assert.is(
    originName("2001:db8::1", zones),
    `1.${"0.".repeat(23)}8.b.d.0.1.0.0.2.o6.test`,
  );
});

test.run();
