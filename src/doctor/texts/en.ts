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

const checks = {
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
    saw: `skipped because ${checks[because as keyof typeof checks]} failed`,
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
  unexplained: "Something is wrong that has no name yet; see the findings.",
  remedy: "What to do",
  verdict: { ok: "Healthy", warning: "Works, but", error: "Unhealthy", unknown: "Could not look" },
  lookedAt: (url, runtime, tookMs) => `Looked at ${url} from ${runtime} in ${time(tookMs)}.`,
};
