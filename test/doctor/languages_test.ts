import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { FindingId, RefusalFacts } from "../../src/doctor/facts.ts";
import { allChecks } from "../../src/doctor/checks/all.ts";
import { causes } from "../../src/doctor/causes.ts";
import { explainErrorCode } from "../../src/errors/mod.ts";
import { renderText } from "../../src/doctor/mod.ts";
import type { DoctorReport } from "../../src/doctor/run.ts";
import type { FindingText } from "../../src/doctor/texts/texts.ts";
import { languages, texts } from "../../src/doctor/texts/all.ts";

const test = suite("doctor: languages");
const ids = Object.keys(texts.en.findings) as FindingId[];

/** Facts of any form: each value is a mark that must come out again. */
function anyFacts(): unknown {
  const list = [{
    address: "ADDRESS",
    host: "HOST",
    kind: "public",
    server: "SERVER",
    id: "ID",
    about: "private",
    fault: "timeout",
    asn: "AS1",
    toString: () => "ADDRESS",
  }];
  const given: Record<string, unknown> = {
    // Those that a text takes by destructuring what is left.
    ...{
      host: "HOST",
      samples: 21,
      answered: 20,
      p50Ms: 1,
      p90Ms: 2,
      p99Ms: 3,
      worstMs: 4,
      limitMs: 5,
    },
    ...{ notes: ["deno-repeats-posts"], servers: list, addresses: list, hosts: list, chain: ["C"] },
    ...{ names: ["N"], dead: ["D"], here: ["H"], public: ["P"], resolvers: list, machine: list[0] },
    ...{ right: { id: "RIGHT", host: "RIGHT-HOST" }, missing: "machine", because: "tls" },
    ...{ code: 60021, status: 403, keyLooksRight: true, trusted: false, validTo: "2027-01-31" },
    ...{ validFrom: "2027-01-30", now: "2026-11-21", contentType: "text/html", fault: "timeout" },
  };
  const texts = [
    "host",
    "detail",
    "variable",
    "proxy",
    "name",
    "version",
    "path",
    "line",
    "issuer",
  ];
  const more = [
    "location",
    "server",
    "info",
    "requestId",
    "identifier",
    "region",
    "nearest",
    "url",
  ];
  return new Proxy(given, {
    get: (facts, key) =>
      key in facts
        ? facts[key as string]
        : [...texts, ...more].includes(String(key))
        ? String(key).toUpperCase()
        : 1234,
  });
}

/** Codes that no finding of their own stands for. */
const REFUSALS = [
  ...[10002, 10003, 10004, 60002, 60003, 60008, 60009, 60013, 60014, 60015, 60016, 60017, 60020],
  ...[60022, 70002, 70051, 70169, 70201, 70202, 70203, 70348, 70398, 70401, 70402, 70500],
];
const LIMITS = [60007, 60011, 60018, 60019, 70050];

test("every check that has a title is made, in the order of the titles", () => {
  assert.equal(allChecks.map(({ id }) => id), Object.keys(texts.en.checks));
});

for (const language of languages) {
  const words = texts[language];

  test(`${language} has words for every finding`, () => {
    for (const id of ids) {
      const say = words.findings[id] as (facts: unknown) => FindingText;
      const original = texts.en.findings[id] as typeof say;
      const [text, english] = [say(anyFacts()), original(anyFacts())];
      assert.ok(text.saw, id);
      assert.equal(
        [text.means === undefined, text.remedy === undefined],
        [english.means === undefined, english.remedy === undefined],
        id,
      );
      assert.not.match(JSON.stringify(text), /undefined|NaN|\[object/, id);
      // Who has the package has no checkout.
      assert.not.match(JSON.stringify(text), "deno task", id);
      // What a reader must act upon is the same in every language.
      for (const key of ["means", "remedy"] as const) {
        for (const word of ["HOST", "ISSUER", "PROXY", "60021", "RIGHT", "TIM_IDENTIFIER", "MTU"]) {
          assert.is(
            text[key]?.includes(word) ?? false,
            english[key]?.includes(word) ?? false,
            `${id} ${key}: ${word}`,
          );
        }
        if (text[key] !== undefined) {
          assert.match(text[key]!, /[.。)）\d]$|servername HOST$/, `${id} ${key}`);
        }
      }
    }
  });

  if (language === "en") continue;
  test(`${language} leaves nothing in English`, () => {
    const foreign = /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/;
    for (const id of new Set(causes.flatMap(({ findings }) => findings[0]!))) {
      const say = words.findings[id] as (facts: unknown) => { means?: string; remedy?: string };
      const { means, remedy } = say(anyFacts());
      if (means) assert.match(means, foreign, id);
      if (remedy && !/^TIM_REGION=/.test(remedy) && !id.startsWith("credentials.r")) {
        assert.match(remedy, foreign, id);
      }
    }
    const { phases: _, ...page } = words.page;
    for (const [key, text] of Object.entries(page)) {
      if (typeof text === "string" && key !== "data") assert.match(text, foreign, key);
    }
    assert.equal(Object.keys(words.checks), Object.keys(texts.en.checks));
  });

  test(`${language} explains the codes that a call can be refused with`, () => {
    const foreign = /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/;
    const refused = words.findings["credentials.refused"];
    const limited = words.findings["credentials.rate-limited"];
    for (const [codes, say] of [[REFUSALS, refused], [LIMITS, limited]] as const) {
      for (const code of codes) {
        const { means, remedy } = say({ ...anyFacts() as RefusalFacts, code, info: "INFO" });
        assert.not.match(means!, "INFO");
        assert.not.match(means!, explainErrorCode(code)!.meaning);
        assert.match(means!.split("：").at(-1)!.split(": ").at(-1)!, foreign, String(code));
        assert.match(remedy!, foreign, String(code));
        assert.not.match(remedy!, explainErrorCode(code)!.remedy);
      }
    }
  });

  test(`${language} fits into 80 columns`, () => {
    const report = {
      target: {
        baseUrl: "https://api.test",
        host: "api.test",
        port: 443,
        secure: true,
        prefix: "",
      },
      runtime: { name: "Deno", version: "2.9.6" },
      startedAt: "2026-11-21T00:00:00.000Z",
      tookMs: 1234,
      verdict: { status: "ok", cause: "healthy" },
      findings: ids.map((id) => ({
        // Those of every check stand under the name of one.
        check: id.replace(/^check\./, "tls.").split(".")[0]!,
        id,
        status: "info",
        facts: anyFacts(),
      })),
    } as DoctorReport;
    for (const line of renderText(report, { language }).split("\n").slice(0, -2)) {
      const wide = [...line].filter((each) => /[\u2e80-\uffef]/.test(each)).length;
      assert.ok(line.length + wide <= 80 || !/ .+ /.test(line.trim()), line);
    }
  });
}

test.run();
