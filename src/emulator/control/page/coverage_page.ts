/**
 * `GET /_emulator/coverage` for a person: the table that programs get as JSON.
 *
 * @module
 */

import { html } from "hono/html";
import type { Coverage, CoverageRow } from "../coverage.ts";
import { frame } from "./frame.ts";
import { pageTexts } from "./texts.ts";
import type { PageLanguage } from "../../../ui/language.ts";

const MARKS = {
  "emulated": ["ok", "✓"],
  "acknowledged": ["warn", "!"],
  "not emulated": ["bad", "✗"],
} as const;

/** Writes the page. What the rows say is English, as the catalogue is. */
export function coveragePage(table: Coverage, language: PageLanguage, nonce: string) {
  const t = pageTexts(language);
  const { totals, confidence, legend, knownDifferences, commands, callbacks } = table;
  const sent = callbacks.filter((callback) => callback.sent).length;
  const body = html`
    <header>
      <h1>tim-edge · ${t.coverage}</h1>
      <a href="./">${t.title}</a>
    </header>
    <main lang="en">
      <section aria-labelledby="h-words">
        <h2 id="h-words">${commands.length} commands</h2>
        <dl>${Object.entries({ ...totals, ...confidence }).map(([word, count]) =>
          html`
            <dt>${word}: ${count}</dt>
            <dd>${legend[word as keyof typeof legend]}</dd>
          `
        )}</dl>
        <h3>What holds for every command</h3>
        <ul>${knownDifferences.map((text) => html`<li>${text}</li>`)}</ul>
      </section>
      <section aria-labelledby="h-commands">
        <h2 id="h-commands">Command by command</h2>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Command</th>
                <th scope="col">How far, how sure</th>
              </tr>
            </thead>
            <tbody>${commands.map(row)}</tbody>
          </table>
        </div>
      </section>
      <section aria-labelledby="h-callbacks">
        <h2 id="h-callbacks">${callbacks.length} callbacks</h2>
        <p>${sent} are sent, where an address is set and takes them. These never are:</p>
        <dl>${callbacks.filter(({ why }) => why).map(({ name, why }) =>
          html`
            <dt>${name}</dt>
            <dd>${why}</dd>
          `
        )}</dl>
      </section>
    </main>
  `;
  return frame(language, nonce, t.coverage, body);
}

function row({ command, summary, status, why, confidence, ...lists }: CoverageRow) {
  const [service, name] = command.split("/");
  const [kind, mark] = MARKS[status];
  return html`
    <tr id="${command}">
      <td
        class="name"><a href="#${command}">${service}/<wbr>${name}</a><br>${summary}${why &&
          html`<br><span class="warn">! ${why}</span>`}${notes(
            "Differs",
            lists.knownDifferences,
          )}${notes("Chosen", lists.choices)}${notes("Missing", lists.missing)}</td>
      <td><span class="${kind}">${mark} ${status}</span><br>${confidence}</td>
    </tr>
  `;
}

function notes(title: string, texts: readonly string[]) {
  if (texts.length === 0) return "";
  return html`
    <details>
      <summary>${title}: ${texts.length}</summary>
      <ul>${texts.map((text) => html`<li>${text}</li>`)}</ul>
    </details>
  `;
}
