/**
 * The fault laboratory to try out: lists the illnesses, or makes one and shows what the doctor says of it.
 *
 * `deno task doctor:lab [NUMBER | words] [--lang LANGUAGE] [--html FILE]`
 */

import { writeFileSync } from "node:fs";
import process from "node:process";
import { parseArgs } from "node:util";
import { renderHtml, renderText } from "../../src/doctor/mod.ts";
import { isLanguage, languages } from "../../src/doctor/texts/all.ts";
import { createAuthority } from "../support/certificates.ts";
import { faults } from "./faults/all.ts";

const { values, positionals } = readWords();
const wanted = positionals.join(" ").toLowerCase();
const found = /^\d+$/.test(wanted)
  ? faults.slice(Number(wanted) - 1, Number(wanted))
  : faults.filter(({ name }) => wanted !== "" && name.toLowerCase().includes(wanted));
const [first] = found;
if (!isLanguage(values.lang)) {
  console.error(`--lang is "${values.lang}", wanted one of: ${languages.join(", ")}`);
  process.exit(2);
} else if (first === undefined || found.length > 1) {
  const shown = found.length > 1 ? found : faults;
  for (const fault of shown) {
    console.log(`${String(faults.indexOf(fault) + 1).padStart(3)}  ${fault.name}`);
  }
  if (first) console.log("\nThese fit; choose one by its number.");
  else console.log("\ndeno task doctor:lab NUMBER shows the doctor's report for one.");
  process.exit(wanted !== "" && first === undefined ? 2 : 0);
} else {
  console.log(`Made ill on loopback: ${first.name}\n`);
  const roots = {
    root: await createAuthority(),
    stranger: await createAuthority("Corporate Proxy"),
  };
  const { report } = await first.examine(roots);
  const color = process.stdout.isTTY && !process.env.NO_COLOR;
  console.log(renderText(report, { color, language: values.lang }));
  if (values.html) writeFileSync(values.html, await renderHtml(report, { language: values.lang }));
  process.exit(0);
}

function readWords() {
  try {
    return parseArgs({
      options: { lang: { type: "string", default: "en" }, html: { type: "string" } },
      allowPositionals: true,
    });
  } catch (error) {
    console.error(`${(error as Error).message}
Usage: deno task doctor:lab [NUMBER | words] [--lang LANGUAGE] [--html FILE]`);
    process.exit(2);
  }
}
