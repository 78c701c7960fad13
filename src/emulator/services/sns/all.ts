/**
 * `sns`: friends, friend groups and blocklists.
 * Source: "Relationship chain management" of the Chat documentation.
 *
 * @module
 */

import { type Service, service } from "../service.ts";
import { friendCommands } from "./friends.ts";
import { listCommands } from "./lists.ts";
import { friendReadingCommands } from "./reading.ts";
import { BAD_PARAMETER } from "./results.ts";

/** Relations of accounts with each other. */
export const snsService: Service = service(
  "sns",
  { badBody: BAD_PARAMETER, unknownCommand: 60008 },
  { ...friendCommands, ...friendReadingCommands, ...listCommands },
);
