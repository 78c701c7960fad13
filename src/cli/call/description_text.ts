/**
 * What is known of a command, as text of 80 columns.
 *
 * @module
 */

import { wrap } from "../help_text.ts";
import type { CommandDescription } from "./describe.ts";
import type { FieldDescription } from "./fields.ts";

const INDENT = "    ";
/** Behind a longer one there is no room for facts. */
const MOST_LABEL = 56;

/** Writes it. */
export function descriptionText(description: CommandDescription): string {
  const { command, name, summary, page, fields, rules, behaviour, errors, example } = description;
  const parts = [
    wrap(`${command}: ${summary}${description.deprecated ? " (deprecated)" : ""}`, "", "  "),
    table([
      ["Named call", name],
      ["Page", page],
      ["Rate limit", rateWords(description.rateLimit)],
      ["Caller", "an administrator of the app"],
      [
        "Repeated",
        description.idempotent
          ? "by the client, when no answer came: twice does no harm"
          : "never after it may have been done: twice could do harm",
      ],
      ["Pages", description.paged && "answers in pages; --all reads all of them"],
      ["Batches", description.batch && batchWords(description.batch)],
      ["Described", confidenceWords(description.confidence)],
    ]),
    fieldsText(fields, rules),
    behaviour.length > 0 &&
    `What it does:\n${behaviour.map((text) => wrap(text, "- ", "  ")).join("\n")}`,
    errors.length > 0 &&
    wrap(`Errors of its own: ${errors.join(" ")} (tim errors <code>)`, "", "  "),
    exampleText(example),
  ];
  return parts.filter(Boolean).join("\n\n") + "\n";
}

function fieldsText(fields: FieldDescription[], rules: string[]): string {
  if (fields.length === 0) return "Fields: none";
  const lines = fields.filter(({ when }) => !when).flatMap(fieldLines);
  let before: string | undefined;
  for (const field of fields.filter(({ when }) => when)) {
    if (field.when !== before) lines.push(`\nWhen ${field.when}:`);
    before = field.when;
    lines.push(...fieldLines(field));
  }
  const both = rules.map((rule) => `, ${rule}`).join("");
  return `${wrap(`Fields (* must be there${both}):`, "", "  ")}\n${lines.join("\n")}`;
}

function fieldLines(
  { path, type, required, limits, values, default: usual, text }: FieldDescription,
) {
  const facts = [
    type,
    ...limits,
    values && `${values.length > 1 ? "one of" : "always"} ${values.join(", ")}`,
    usual !== undefined && `default ${JSON.stringify(usual)}`,
  ].filter(Boolean).join("; ");
  const label = `  ${path}${required ? " *" : ""}`;
  return [
    ...(label.length > MOST_LABEL
      ? [label, wrap(facts, INDENT + INDENT)]
      : [wrap(facts, `${label}  `, INDENT + INDENT)]),
    ...(text ? [wrap(text, INDENT)] : []),
  ];
}

function table(rows: [string, string | false | undefined][]): string {
  return rows.filter(([, text]) => text)
    .map(([label, text]) => wrap(text as string, label.padEnd(12), " ".repeat(12)))
    .join("\n");
}

function exampleText({ line, before }: CommandDescription["example"]): string {
  if (!before) return `Example, for a backend that has what it names:\n${line}`;
  const what = before.length > 0 ? ", with what an empty one needs first" : "";
  return [`Example for tim emulator${what}:`, ...before, line].join("\n");
}

function rateWords(perSecond: number): string {
  if (perSecond >= 1) return `${perSecond} calls a second for the whole app`;
  return `one call in ${Math.round(1 / perSecond)} seconds for the whole app`;
}

function batchWords({ field, max }: { field: string; max: number }): string {
  return `${max} ${field} in one call; --batch sends any number`;
}

function confidenceWords(confidence: string): string | false {
  if (confidence === "sdk") return "by an SDK's source only, not by a page";
  return confidence === "partial" && "in part: some of its page could not be seen";
}
