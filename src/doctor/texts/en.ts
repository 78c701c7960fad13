/**
 * English.
 *
 * @module
 */

import { time } from "../format.ts";
import { enApp } from "./en_app.ts";
import { enHttp } from "./en_http.ts";
import { enMachine } from "./en_machine.ts";
import { enNetwork } from "./en_network.ts";
import { enTls } from "./en_tls.ts";
import type { FindingTexts, Texts } from "./texts.ts";

const checks: Texts["checks"] = {
  runtime: "Runtime",
  proxy: "Proxy",
  hosts: "Hosts file",
  routes: "Routes",
  resolvers: "Resolvers",
  dns: "DNS",
  nameservers: "DNS servers",
  egress: "Egress",
  answers: "Answers",
  tcp: "TCP",
  tls: "TLS",
  resumption: "Resumption",
  control: "Others",
  head: "HEAD /",
  post: "POST",
  large: "8 KB",
  reuse: "Reuse",
  idle: "Idle",
  clock: "Clock",
  credentials: "Credentials",
  regions: "Regions",
};

const enChecks: FindingTexts<"check"> = {
  "check.skipped": ({ because }) => ({
    saw: `skipped because ${checks[because]} failed`,
  }),
  "check.not-here": ({ name }) => ({ saw: `cannot be looked at on ${name}` }),
  "check.stopped": () => ({
    saw: "not done: the examination was ended before",
    means: "The examination was ended before it was done; what it had seen by then is fine.",
    remedy: "Let it run to its end, which takes a few seconds.",
  }),
  "check.not-permitted": ({ detail }) => ({
    saw: `not permitted: ${detail}`,
    means: "The doctor may not look: this process is not permitted to use the network.",
    remedy: "Run it with that permission (deno run --allow-net --allow-env --allow-read).",
  }),
  "check.broken": ({ detail }) => ({
    saw: `the check itself failed: ${detail}`,
    means: "A check of the doctor failed by itself; nothing else was found.",
    remedy: "Please report this with the output of --json.",
  }),
};

/** The English texts. */
export const en: Texts = {
  checks,
  findings: { ...enMachine, ...enNetwork, ...enTls, ...enHttp, ...enApp, ...enChecks },
  healthy: (host) =>
    `${host} is healthy from here: names, port, certificate, calls and clock are fine.`,
  healthyAsFar: (host, titles) =>
    `Nothing is wrong with ${host} in what was looked at: ${titles.join(", ")}.`,
  unexplained: "Something is wrong that has no name yet; see the findings.",
  page: {
    findings: "Findings",
    fine: (count) => `${count} checks without an error or a warning`,
    status: {
      ok: "ok",
      info: "note",
      warning: "warning",
      error: "error",
      skipped: "skipped",
      unknown: "not seen",
    },
    waterfall: "Where the time of a first call goes",
    waterfallNote: "One after the other on a new connection; on an open one only the last remains.",
    phases: { dnsMs: "DNS", tcpMs: "TCP", tlsMs: "TLS", firstByteMs: "First byte" },
    total: "Total",
    host: "Host",
    histogram: "How long calls take",
    histogramNote: (calls, limit) => `${calls} calls; the backend's own limit is ${limit}.`,
    time: "Time",
    calls: "Calls",
    data: "Report as JSON",
    copy: "Copy",
    copied: "Copied",
  },
  seeForYourself: "See for yourself",
  accepted: (reason) => `accepted: ${reason}`,
  remedy: "What to do",
  colon: ": ",
  diff: {
    notMade: "not made",
    none: "No difference.",
    some: (count) => count === 1 ? "1 check differs." : `${count} checks differ.`,
  },
  verdict: { ok: "Healthy", warning: "Works, but", error: "Unhealthy", unknown: "Could not look" },
  lookedAt: (url, runtime, tookMs) => `Looked at ${url} from ${runtime} in ${time(tookMs)}.`,
};
