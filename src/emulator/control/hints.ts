/**
 * What was nearly right in a request.
 *
 * @module
 */

import { findCommand, nearestCommand } from "../../api/command_table.ts";
import { secondPaths } from "../../api/generated/second_paths.ts";
import { validateBody } from "../../api/validate/mod.ts";

/** Names of fields and commands that were written in other letters. */
export function hints(asked: string, text: string | undefined): string[] {
  const command = secondPaths[asked] ?? asked;
  if (!findCommand(command)) {
    const meant = nearestCommand(command);
    return meant ? [`There is no command ${command}; ${meant} is near`] : [];
  }
  let body: unknown;
  try {
    body = JSON.parse(text ?? "");
  } catch {
    return [];
  }
  return validateBody(command, body)
    .filter(({ message }) => message.startsWith("is no field"))
    .map(({ path, expected }) => {
      const field = path.slice(path.lastIndexOf(".") + 1);
      return `You sent ${field} (${path}); the field is ${expected}, and names are case-sensitive`;
    });
}
