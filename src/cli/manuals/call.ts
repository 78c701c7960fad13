/**
 * The manual of `tim call`.
 *
 * @module
 */

import { manual } from "../manual.ts";

/** `tim call`. */
export const callManual = manual({
  name: "call",
  summary: "calls one command of the server REST API",
  usage: [
    "<service/command | area.name> [Field=value ...] [options]",
    "--help <service/command>    its fields, limits and an example",
    "--list [area | word]        the commands",
    "<command> --all             every page of a list, an item a line",
    "<command> --batch <file>    a list of any length",
  ],
  about: "Field=value sets a field; its schema says whether that is a number or a text. " +
    "A.B=value sets one inside another, A[0].B=value one of a list, A=x A=y lists both. " +
    "Field:=value is JSON.",
  operands: true,
  options: {
    data: {
      type: "string",
      value: "<json | @file | ->",
      help: "The body as JSON, from a file or from standard input; fields go on top",
    },
    all: {
      type: "boolean",
      help: "Read all pages: JSON Lines, or one JSON list with --json",
    },
    first: { type: "string", value: "<n>", help: "With --all: no more than so many items" },
    batch: {
      type: "string",
      value: "<file | ->",
      help: "Entries of the command's list: one a line (a name, or JSON), or a JSON list",
    },
    list: { type: "boolean", help: "List the commands of an area, or with a word in their text" },
    emulator: {
      type: "boolean",
      help: "Call tim emulator on this machine, with its well-known key; at TIM_BASE_URL or " +
        "http://127.0.0.1:8788",
    },
    verbose: {
      type: "boolean",
      short: "v",
      help: "A line on standard error for every attempt: host, time, outcome",
    },
    unchecked: {
      type: "boolean",
      help: "Send the body even if it does not fit the command's schema",
    },
    "dry-run": { type: "boolean", help: "Print the body, send nothing" },
  },
  notes: `Needs TIM_SDK_APP_ID and TIM_SECRET_KEY, or --emulator; TIM_IDENTIFIER,
TIM_REGION or TIM_BASE_URL as for tim start.`,
  examples: [
    "tim call --help live.createRoom",
    "tim call --list gift",
    "tim call live.createRoom RoomInfo.RoomId=r1 RoomInfo.RoomType=Live",
    `echo '{"UserID":"alice"}' | tim call im_open_login_svc/account_import --data -`,
    "printf 'bob\\nines\\n' | tim call account.multiaccountImport --batch -",
    "tim call group.getAppidGroupList --all > groups.jsonl",
  ],
  exitCodes: {
    0: "the backend said yes",
    1: "it said no",
    2: "used wrongly, nothing was sent",
    3: "some entries of a batch failed",
    4: "no whole answer came",
    130: "ended by Ctrl-C",
  },
});
