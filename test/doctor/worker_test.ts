import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type DoctorOptions,
  type DoctorReport,
  renderText,
  runDoctor,
} from "../../src/doctor/mod.ts";
import {
  type WorkerConnect,
  workerPlatform,
  type WorkerPlatformOptions,
  type WorkerSocket,
} from "../../src/runtime/doctor_worker.ts";

const test = suite("doctor: Workers");
const REFUSAL = '{"ActionStatus":"FAIL","ErrorInfo":"sdkappid is empty","ErrorCode":60009}';

/** How the scripted sockets behave. */
interface Script {
  /** Why the connection fails. */
  refuse?: string;
  /** Why the handshake fails. */
  refuseTls?: string;
  /** Never answers. */
  silent?: boolean;
  opened: string[];
  requests: string[];
}

/** Sockets as `cloudflare:sockets` has them, over the runtime's own streams, with a backend behind. */
function scripted(script: Script): WorkerConnect {
  const make = (failure: string | undefined, tls: boolean): WorkerSocket => {
    const there = new TransformStream<Uint8Array, Uint8Array>();
    const back = new TransformStream<Uint8Array, Uint8Array>();
    let end = () => {};
    const closed = new Promise<void>((resolve) => end = resolve);
    // A socket whose handshake fails is called open all the same, and closes a little later.
    const opened = failure && !tls ? Promise.reject(new Error(failure)) : Promise.resolve({});
    opened.catch(() => {});
    if (failure && tls) setTimeout(() => end(), 5);
    if (tls && !failure) serve(there.readable, back.writable, script).catch(() => {});
    return {
      readable: back.readable,
      writable: there.writable,
      opened,
      closed,
      close: () => Promise.resolve(end()),
      startTls: () => {
        script.opened.push("tls");
        return make(script.refuseTls, true);
      },
    };
  };
  return ({ hostname, port }, { secureTransport }) => {
    script.opened.push(`${secureTransport} ${hostname}:${port}`);
    return make(script.refuse, false);
  };
}

async function serve(
  readable: ReadableStream<Uint8Array>,
  writable: WritableStream<Uint8Array>,
  script: Script,
): Promise<void> {
  const reader = readable.getReader();
  const writer = writable.getWriter();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += new TextDecoder().decode(value);
    for (;;) {
      const head = /^(\w+) ([^]*?)\r\n\r\n/.exec(text);
      if (!head) break;
      const length = Number(/content-length: (\d+)/i.exec(head[0])?.[1] ?? 0);
      if (text.length < head[0].length + length) break;
      text = text.slice(head[0].length + length);
      script.requests.push(`${head[1]} ${head[2]!.split(" ")[0]}`);
      if (script.silent) continue;
      const body = head[1] === "HEAD" ? "" : REFUSAL;
      await writer.write(new TextEncoder().encode(
        `HTTP/1.1 200 OK\r\nDate: ${new Date().toUTCString()}\r\nContent-Length: ${
          body.length || 0
        }\r\n\r\n${body}`,
      ));
    }
  }
}

/** DNS over HTTPS that knows one name. */
async function answerDns(_: string, { body }: RequestInit): Promise<Response> {
  const question = new Uint8Array(await (body as Blob).arrayBuffer());
  const known = new TextDecoder().decode(question).includes("api\x04test");
  const four = question[question.length - 14] === 1;
  const record = [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 7];
  return new Response(Uint8Array.from([
    ...[0, 0, 0x81, known ? 0x80 : 0x83, 0, 1, 0, known && four ? 1 : 0, 0, 0, 0, 0],
    ...question.subarray(12, question.length - 11),
    ...(known && four ? record : []),
  ]));
}

async function examine(
  script: Partial<Script>,
  options: Partial<DoctorOptions & WorkerPlatformOptions> = {},
): Promise<{ report: DoctorReport; script: Script; text: string }> {
  const whole: Script = { opened: [], requests: [], ...script };
  const { fetch = answerDns, ...rest } = options;
  const report = await runDoctor({
    platform: workerPlatform({ connect: scripted(whole), colo: "FRA", fetch }),
    host: "api.test",
    timeoutMs: 1000,
    ...rest,
  });
  return { report, script: whole, text: renderText(report, { columns: 1000 }) };
}

test("examines a host from a Worker, and says what cannot be looked at from there", async () => {
  const { report, script, text } = await examine({});
  assert.is(report.verdict.cause, "healthy", JSON.stringify(report.findings, null, 1));
  assert.equal(report.runtime, { name: "Workers", version: "", place: "FRA" });
  assert.match(text, /\nLooked at https:\/\/api\.test from Workers \(FRA\) in /);
  for (const title of ["Hosts file", "Routes", "Resolvers"]) {
    assert.match(text, new RegExp(`i ${title} +cannot be looked at on Workers`));
  }
  assert.match(text, /✓ DNS +api\.test is 192\.0\.2\.7 /);
  assert.match(
    text,
    /✓ TLS +the platform verifies the certificate, and shows neither it nor the handshake/,
  );
  assert.match(text, /✓ POST +21 calls: /);
  assert.match(text, /✓ Reuse +second call over the same connection/);
  assert.match(text, /✓ Clock +within 1 s/);
  assert.equal([...new Set(script.opened)].sort(), ["starttls api.test:443", "tls"]);
  assert.equal([...new Set(script.requests)].map((line) => line.split("?")[0]).sort(), [
    "HEAD /",
    "POST /v4/group_open_http_svc/get_appid_group_list",
  ]);
});

for (
  const [what, script, options, cause] of [
    ["a name that nobody knows", {}, { host: "nobody.test" }, "name-unknown"],
    [
      "a DNS server that fails",
      {},
      { fetch: () => Promise.reject(new TypeError("network connection lost")) },
      "resolver-failed",
    ],
    ["a closed port", { refuse: "connect: Connection refused" }, {}, "port-refused"],
    ["a port that it may not connect to", { refuse: "proxy request failed" }, {}, "no-connection"],
    ["a certificate that the platform refuses", { refuseTls: "not trusted" }, {}, "tls-failed"],
  ] as const
) {
  test(`names ${what}`, async () => {
    const { report } = await examine(script, options);
    assert.is(report.verdict.cause, cause, JSON.stringify(report.findings, null, 1));
  });
}

test("does not hang on a host that says nothing", async () => {
  const { report, script } = await examine({ silent: true }, { only: ["head"] });
  assert.is(report.verdict.cause, "head-silent", JSON.stringify(report.findings, null, 1));
  assert.equal(script.requests, ["HEAD /"]);
});

test.run();
