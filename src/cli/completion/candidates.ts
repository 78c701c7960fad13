/**
 * What could stand where the cursor is: the hidden `tim __complete`, which the shells' scripts ask.
 *
 * @module
 */

import type { Option } from "../manual.ts";
import { regionIds } from "../manuals/doctor.ts";
import { userSigParts } from "../manuals/usersig.ts";
import { type Subcommand, subcommands } from "../subcommands.ts";

/** One word to offer. */
export interface Candidate {
  /** The whole word. */
  word: string;
  /** What it means, for shells that show it. */
  about?: string;
}

/**
 * Lists what the last word may become. Nothing where only a file's name can stand: the shell knows these.
 *
 * @param words The words behind `tim`; the last one is being written, and may be empty.
 */
export async function candidates(words: readonly string[]): Promise<Candidate[]> {
  const before = words.slice(0, -1);
  const current = words.at(-1) ?? "";
  const found = await offers(before, current);
  return found.filter(({ word }) => word.startsWith(current));
}

async function offers(before: readonly string[], current: string): Promise<Candidate[]> {
  const [name, ...rest] = before;
  if (name === undefined) {
    return [
      ...Object.values(subcommands).map(({ manual }) => named(manual.name, manual.summary)),
      named("--help", "What there is"),
      named("--version", "Which version this is"),
    ];
  }
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (!subcommand) return [];
  const { options } = subcommand.manual;
  const [, flag, value] = /^--([\w-]+)=(.*)$/.exec(current) ?? [];
  if (flag !== undefined && Object.hasOwn(options, flag)) {
    const inner = await valuesOf(name, flag, options[flag]!, value!);
    return inner.map(({ word, about }) => named(`--${flag}=${word}`, about));
  }
  const last = rest.at(-1);
  const taking = last?.startsWith("--") && options[last.slice(2)];
  if (taking && taking.type === "string") {
    return await valuesOf(name, last!.slice(2), taking, current);
  }
  if (current.startsWith("-")) return optionsOf(subcommand, rest);
  return await wordsOf(name, operandsOf(options, rest), current);
}

function named(word: string, about?: string): Candidate {
  return about ? { word, about } : { word };
}

/** The options that are not there yet, and that go with the part that is. */
function optionsOf({ manual }: Subcommand, rest: readonly string[]): Candidate[] {
  const part = manual.name === "usersig" && rest.find((word) => Object.hasOwn(userSigParts, word));
  const taken: readonly string[] | undefined = part
    ? [...userSigParts[part as keyof typeof userSigParts], "json", "help"]
    : undefined;
  return Object.entries(manual.options)
    .filter(([option, { multiple }]) =>
      (multiple || !rest.includes(`--${option}`)) && (taken?.includes(option) ?? true)
    )
    .map(([option, { help }]) => named(`--${option}`, help));
}

/** The words of a command line that are no options and no values of options. */
function operandsOf(options: Record<string, Option>, rest: readonly string[]): string[] {
  return rest.filter((word, at) => {
    const flag = rest[at - 1]?.startsWith("--") ? options[rest[at - 1]!.slice(2)] : undefined;
    return !word.startsWith("-") && flag?.type !== "string";
  });
}

/** The values of an option; nothing for a file, a number, a text. */
async function valuesOf(
  name: string,
  flag: string,
  { choices }: Option,
  current: string,
): Promise<Candidate[]> {
  const list = current.slice(0, current.lastIndexOf(",") + 1);
  if (flag === "region") return regionIds.map((id) => named(id));
  if (flag === "privileges") {
    const { roomPrivileges } = await import("../../core/user_buf.ts");
    return ["all", ...Object.keys(roomPrivileges)].map((word) => named(list + word));
  }
  if (name === "doctor" && flag === "only") {
    const { allChecks } = await import("../../doctor/checks/all.ts");
    return allChecks.map(({ id }) => named(list + id));
  }
  if (name === "start" && flag === "allow") {
    const { commandNames } = await import("./api_words.ts");
    return commandNames(current).filter(({ word }) => word.includes("/"));
  }
  return choices?.map((word) => named(word)) ?? [];
}

/** The words that a subcommand takes besides its options. */
async function wordsOf(name: string, words: string[], current: string): Promise<Candidate[]> {
  const first = words.length === 0;
  if (name === "help" && first) {
    return [...Object.keys(subcommands), "exit-codes"].map((word) => named(word));
  }
  if (name === "usersig" && first) return Object.keys(userSigParts).map((word) => named(word));
  if (name === "completion" && first) return ["bash", "zsh", "fish"].map((word) => named(word));
  if (name === "doctor" && first) return [named("diff", "What differs between two reports")];
  if (name === "errors") {
    const { explainAllErrorCodes } = await import("../../errors/mod.ts");
    return explainAllErrorCodes().map(({ code, meaning }) => named(String(code), meaning));
  }
  if (name !== "call") return [];
  const { commandNames, fieldWords } = await import("./api_words.ts");
  return first ? commandNames(current) : fieldWords(words[0]!, current);
}
