/**
 * The manual of `tim doctor`.
 *
 * @module
 */

import { regions } from "../../core/regions.ts";
import { manual } from "../manual.ts";

/** `tim doctor`. */
export const doctorManual = manual({
  name: "doctor",
  summary: "finds out why calls to the backend fail from this machine",
  usage: ["[options]", "diff A.json B.json     (what differs between two reports)"],
  operands: false,
  options: {
    host: {
      type: "string",
      value: "<host[:port]>",
      help: "The host to look at, over HTTPS",
    },
    region: {
      type: "string",
      value: "<region>",
      help: "The host of a region, see below",
    },
    resolve: {
      type: "string",
      value: "<host:ip>",
      multiple: true,
      help: "Connect to this address in place of what DNS says",
    },
    ca: {
      type: "string",
      value: "<file>",
      help: "Trust this root certificate (PEM) too, for a private host",
    },
    timeout: {
      type: "string",
      value: "<seconds>",
      help: "The longest a single probe may take (5; a call gets 4 at least)",
    },
    only: {
      type: "string",
      value: "<check,...>",
      multiple: true,
      help: "Only these checks, and those they need; see below",
    },
    idle: {
      type: "string",
      value: "<seconds>",
      help: "Watch how long an idle connection lives; takes that time",
    },
    regions: {
      type: "boolean",
      help: "Measure every region's host, and find the app's own, even for a host of your own",
    },
    "no-regions": {
      type: "boolean",
      help: "Measure no other region's host, not even for a documented one",
    },
    "no-credentials": {
      type: "boolean",
      help: "Make no signed call, even if TIM_SDK_APP_ID and TIM_SECRET_KEY are set",
    },
    "no-third-party": {
      type: "boolean",
      help: "Ask nobody but the backend's hosts and the configured DNS servers",
    },
    config: {
      type: "string",
      value: "<file>",
      help: "The project file (tim-doctor.json), see below",
    },
    watch: {
      type: "string",
      value: "<seconds>",
      help: "Look again and again; Ctrl-C ends it",
    },
    json: { type: "boolean", help: "The report as JSON, for programs" },
    schema: { type: "boolean", help: "The JSON Schema of that report" },
    html: { type: "string", value: "<file>", help: "The report as one HTML page" },
    report: {
      type: "string",
      value: "<file>",
      help: "The report as JSON to attach to a ticket: no key, no user name",
    },
    lang: {
      type: "string",
      value: "<language>",
      help: "When left out, the locale's",
      choices: ["en", "zh", "ja", "ko"],
    },
    strict: { type: "boolean", help: "Warnings give exit code 3" },
  },
  notes: async () => (await import("../doctor/help.ts")).doctorNotes(),
  examples: [
    "tim doctor --region sgp",
    "tim doctor --host console.tim.qq.com --json > report.json",
    "tim doctor --only tls,clock --html report.html",
    "tim doctor --host tim.internal:8443 --ca company-root.pem",
    "TIM_BASE_URL=http://127.0.0.1:8788 tim doctor    # a local emulator",
  ],
  exitCodes: {
    0: "healthy",
    1: "a problem",
    2: "used wrongly",
    3: "warnings (--strict)",
    4: "could not look",
  },
});

/** The regions that `--region` takes. */
export const regionIds: readonly string[] = regions.map(({ id }) => id);
