/**
 * The manual of `tim start`.
 *
 * @module
 */

import { manual } from "../manual.ts";

/** `tim start`. */
export const startManual = manual({
  name: "start",
  summary: "the gateway, in front of an emulator or the real backend",
  usage: ["[options]"],
  about: "With no TIM_* variables it talks to an emulator that it starts too; nothing leaves the " +
    "machine. With TIM_SDK_APP_ID and TIM_SECRET_KEY set (and perhaps TIM_IDENTIFIER, TIM_REGION " +
    "or TIM_BASE_URL) it talks to the real backend.\n\n" +
    "Its address is a console for the browser, and /docs a reference to try every allowed command " +
    "in; sign in there with the printed token. Callbacks come in at POST /webhooks: the " +
    "emulator's, or the real backend's when TIM_WEBHOOK_TOKEN is the token beside the callback's " +
    "address in Tencent's console.\n\n" +
    "Every request is a line on standard error. Ctrl-C and SIGTERM let the answers that are under " +
    "way go out, and end it.",
  operands: false,
  options: {
    port: { type: "string", value: "<n>", default: "8787", help: "Port of the gateway" },
    "emulator-port": {
      type: "string",
      value: "<n>",
      default: "8788",
      help: "Port of the emulator",
    },
    hostname: {
      type: "string",
      value: "<address>",
      default: "127.0.0.1",
      help: "Address to listen on",
    },
    allow: {
      type: "string",
      value: "<pattern>",
      multiple: true,
      help:
        "Command that callers may use: service/command, service/* or *. When left out: all on " +
        "the emulator, the sample call alone on the real backend",
    },
    json: {
      type: "boolean",
      help: "Where it listens and a token, as one JSON document; requests as JSON lines on " +
        "standard error",
    },
  },
  examples: [
    "tim start",
    "tim start --port 0 --emulator-port 0 --allow 'live_engine_http_srv/*'",
    "TIM_REGION=sgp tim start --allow live_engine_http_srv/get_room_info",
  ],
  exitCodes: { 0: "ended by a signal", 1: "a port is taken", 2: "used wrongly" },
});
