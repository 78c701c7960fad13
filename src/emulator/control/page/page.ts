/**
 * `GET /_emulator/`: the control API for people. One file, that asks no other host for anything.
 *
 * @module
 */

import { html, raw } from "hono/html";
import type { FaultKind } from "../../faults/fault.ts";
import { SCRIPT } from "./script.ts";
import { frame } from "./frame.ts";
import type { PageLanguage } from "../../../ui/language.ts";
import { asScriptData } from "../../../ui/page_policy.ts";
import { baseScript } from "../../../ui/script.ts";
import { pageTexts } from "./texts.ts";

const KINDS: readonly FaultKind[] = [
  "delay",
  "hang",
  "close",
  "truncate",
  "status",
  "html",
  "json",
  "error",
];

/** Writes the page. */
export function page(language: PageLanguage, nonce: string) {
  const t = pageTexts(language);
  const body = html`
    <header>
      <h1>tim-edge · ${t.title}</h1>
      <p id="verdict" role="status">${t.loading}</p>
      <a href="coverage">${t.coverage}</a>
    </header>
    <main>
      <p id="problem" class="bad" role="alert" hidden></p>
      <section aria-labelledby="h-requests">
        <h2 id="h-requests">${t.requests}</h2>
        <div class="bar">
          <label>${t.filter}<input id="filter" type="search"></label>
          <button id="pause" type="button" aria-pressed="false">${t.pause}</button>
          <button id="clear" type="button">${t.clear}</button>
          <button id="fresh" type="button" class="gone"></button>
        </div>
        <div id="empty">
          <p class="soft">${t.noRequests}</p>
          <pre id="sample" tabindex="0"></pre>
        </div>
        <p id="nothing" class="soft" hidden>${t.noneMatch}</p>
        <div id="table" class="scroll" hidden>
          <table>
            <thead>
              <tr>
                <th scope="col">${t.time}</th>
                <th scope="col">${t.command}</th>
                <th scope="col">${t.outcome}</th>
                <th scope="col" class="wide">${t.app}</th>
                <th scope="col" class="number wide">${t.took}</th>
              </tr>
            </thead>
            <tbody id="requests"></tbody>
          </table>
        </div>
      </section>
      <section aria-labelledby="h-worlds">
        <h2 id="h-worlds">${t.worlds}</h2>
        <div id="worlds">
          <p class="soft">${t.loading}</p>
        </div>
      </section>
      <section aria-labelledby="h-faults">
        <h2 id="h-faults">${t.faults}</h2>
        <form id="fault-form" class="bar">
          <label>${t.kind}<select name="kind">${KINDS.map((kind) =>
            html`<option>${kind}</option>`
          )}</select></label>
          <label>${t.value}<input name="value" inputmode="numeric" pattern="[0-9]*"></label>
          <label>${t.command}<input name="command" placeholder="${t.anyCommand}"></label>
          <label>${t.every}<input name="every" type="number" min="1"></label>
          <label class="check"><input name="acted" type="checkbox"> ${t.acted}</label>
          <button>${t.addFault}</button>
        </form>
        <div id="faults">
          <p class="soft">${t.loading}</p>
        </div>
      </section>
      <section aria-labelledby="h-reset">
        <h2 id="h-reset">${t.reset}</h2>
        <div class="bar">
          <button id="to-seed" type="button">${t.toSeed}</button>
          <button id="to-empty" type="button">${t.toEmpty}</button>
          <button id="take" type="button">${t.take}</button>
        </div>
        <div id="snapshots" class="bar"></div>
      </section>
      <section aria-labelledby="h-clock">
        <h2 id="h-clock">${t.clock}</h2>
        <p id="now"></p>
        <div class="bar">
          <button id="freeze" type="button">${t.freeze}</button>
          <button id="hour" type="button">${t.hour}</button>
          <button id="day" type="button">${t.day}</button>
        </div>
      </section>
      <section aria-labelledby="h-callbacks">
        <h2 id="h-callbacks">${t.callbacks}</h2>
        <div id="callbacks">
          <p class="soft">${t.loading}</p>
        </div>
      </section>
    </main>
    <script nonce="${nonce}">const TEXTS = ${raw(asScriptData(t))};${raw(
      baseScript + SCRIPT,
    )}</script>
  `;
  return frame(language, nonce, t.title, body);
}
