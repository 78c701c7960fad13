/**
 * `tim call` alone and `tim call --list`: what can be called.
 *
 * @module
 */

import { areas as areaSummaries } from "../../api/generated/openapi.ts";
import { notes } from "../../api/generated/notes.ts";
import { eachName } from "../../api/named_calls.ts";
import { nearest } from "../../api/nearest.ts";
import { EXIT } from "../exit_codes.ts";
import { tableRow } from "../help_text.ts";
import { type CliIo, UsageError } from "../io.ts";

interface Listed {
  name: string;
  command: string;
  summary: string;
}

/**
 * Lists areas, or commands.
 *
 * @param word An area, or a word of a command's names or summary; every area when left out.
 * @param json Whether to print data.
 * @param io Where to print.
 */
export function listCommands(word: string | undefined, json: boolean, io: CliIo): number {
  if (word === undefined) printAreas(json, io);
  else printCommands(word, json, io);
  return EXIT.done;
}

function printAreas(json: boolean, io: CliIo): void {
  const areas = Object.entries(areaSummaries).map(([area, summary]) => ({
    area,
    commands: [...eachName()].filter(([each]) => each === area).length,
    summary,
  }));
  if (json) return io.out(JSON.stringify(areas, null, 2) + "\n");
  const rows = areas.map(({ area, commands, summary }) =>
    tableRow(`${area.padEnd(17)}${String(commands).padStart(3)}`, summary, 22)
  );
  io.out(`Areas, and how many commands each has:
${rows.join("\n")}

tim call --list <area> lists an area's commands, tim call --list <word> those
with the word in their name or summary, tim call --help <command> tells of one.
`);
}

function printCommands(word: string, json: boolean, io: CliIo): void {
  const found = matching(word);
  if (found.length === 0) {
    const near = nearest(word, Object.keys(areaSummaries));
    throw new UsageError(
      `no area, and no command with "${word}" in its name or summary` +
        (near ? `; did you mean the area ${near}?` : ""),
    );
  }
  if (json) return io.out(JSON.stringify(found, null, 2) + "\n");
  io.out(
    found.map(({ name, command, summary }) => `${name}\n  ${command}\n  ${summary}\n`).join(""),
  );
}

/** The commands of an area; those that hold the word when it is none. */
function matching(word: string): Listed[] {
  const all = [...eachName()].map(([area, name, command]) => ({
    area,
    name: `${area}.${name}`,
    command,
    summary: notes[command]!.summary,
  }));
  const wanted = word.toLowerCase();
  const ofArea = all.filter(({ area }) => area.toLowerCase() === wanted);
  const found = ofArea.length > 0
    ? ofArea
    : all.filter(({ name, command, summary }) =>
      `${name} ${command} ${summary}`.toLowerCase().includes(wanted)
    );
  return found.map(({ name, command, summary }) => ({ name, command, summary }));
}
