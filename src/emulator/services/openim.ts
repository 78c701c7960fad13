/**
 * `openim`: one-to-one messages. Source: "One-to-one messages" of the Chat documentation.
 *
 * @module
 */

import { historyCommands } from "./openim_history.ts";
import { sendingCommands } from "./openim_messages.ts";
import { type Service, service } from "./service.ts";

/** One-to-one messages: send, import, read, recall, change, mark as read. */
export const openimService: Service = service("openim", { badBody: 90001, unknownCommand: 60008 }, {
  ...sendingCommands,
  ...historyCommands,
});
