/**
 * `sns`: friends, friend groups and blocklists.
 * Source: "Relationship chain management" of the Chat documentation.
 *
 * @module
 */

import { type Service, service } from "./service.ts";
import { friendCommands } from "./sns_friends.ts";
import { listCommands } from "./sns_lists.ts";
import { friendReadingCommands } from "./sns_reading.ts";
import { BAD_PARAMETER } from "./sns_results.ts";

/** Relations of accounts with each other. */
export const snsService: Service = service(
  "sns",
  { badBody: BAD_PARAMETER, unknownCommand: 60008 },
  { ...friendCommands, ...friendReadingCommands, ...listCommands },
);
