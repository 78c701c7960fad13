/**
 * The manual of `tim emulator`.
 *
 * @module
 */

import {
  EMULATOR_ADMIN,
  EMULATOR_SDK_APP_ID,
  EMULATOR_SECRET_KEY,
} from "../../core/emulator_credentials.ts";
import { manual } from "../manual.ts";

/** `tim emulator`. */
export const emulatorManual = manual({
  name: "emulator",
  summary: "a backend on this machine, for clients in any language",
  usage: ["[options]"],
  about:
    "It answers the server REST API of Chat, Room and Live, and judges signatures and fields " +
    "as the real one does. Without --data it forgets everything when it ends. " +
    "tim call --emulator calls it.",
  operands: false,
  options: {
    app: {
      type: "string",
      value: "<SDKAPPID:KEY[:ADMIN]>",
      multiple: true,
      help: "An app besides the well-known one",
    },
    "any-app": {
      type: "boolean",
      help: "Every other SDKAppID has a world of its own, too, signed with the well-known key",
    },
    trial: { type: "boolean", help: "Apps have the free edition's limits" },
    seed: {
      type: "string",
      value: "<file>",
      help: "What the worlds begin with: JSON, as /_emulator/snapshot gives it",
    },
    data: { type: "string", value: "<file>", help: "Keep everything in this SQLite file" },
    limits: { type: "boolean", help: "Refuse calls that come too often" },
    webhook: {
      type: "string",
      value: "<url>",
      help: "Send callbacks to the app's server there",
    },
    "webhook-token": { type: "string", value: "<token>", help: "Sign them with this token" },
    tls: {
      type: "string",
      value: "<name[,name]>",
      help: "Listen with https, with a certificate for these host names; the real hosts' names, " +
        "too",
    },
    "tls-ca": {
      type: "string",
      value: "<file>",
      help: "Where to write what clients must trust; in a folder of its own when left out",
    },
    port: { type: "string", value: "<n>", default: "8788", help: "Port to listen on" },
    hostname: {
      type: "string",
      value: "<address>",
      default: "127.0.0.1",
      help: "Address to listen on",
    },
    quiet: { type: "boolean", help: "Do not print a line for every call" },
    json: {
      type: "boolean",
      help:
        "Where it listens and its apps, as one JSON document; calls as JSON lines on standard " +
        "error",
    },
  },
  notes: `The well-known app: SDKAppID ${EMULATOR_SDK_APP_ID}, administrator ${EMULATOR_ADMIN},
key ${EMULATOR_SECRET_KEY}`,
  examples: [
    "tim emulator",
    "tim emulator --port 0 --app 1400000000:a-key-of-mine:root --any-app",
    "tim emulator --port 0 --limits --trial --quiet",
  ],
  exitCodes: {
    0: "ended by a signal",
    1: "a port is taken, or a file of no use",
    2: "used wrongly",
  },
});
