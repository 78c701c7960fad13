/**
 * The report as one page that needs nothing else: verdict first, evidence below, machine data at the end.
 *
 * @module
 */

import { sha256 } from "../../core/sha256.ts";
import type { Finding, RegionFact, Status } from "../facts.ts";
import { headline, nameOf, textOf } from "./headline.ts";
import { histogram, type Row, waterfall } from "./html/charts.ts";
import { Markup, markup } from "./html/markup.ts";
import { script } from "./html/script.ts";
import { style } from "./html/style.ts";
import { phasesOf } from "./phases.ts";
import { renderJson } from "./render_json.ts";
import type { DoctorReport } from "../run.ts";
import { shellCommand } from "./shell_commands.ts";
import { authority } from "../target.ts";
import { type Language, texts } from "../texts/all.ts";
import type { Texts } from "../texts/texts.ts";

const MARKS: Record<Status, string> = {
  ok: "✓",
  info: "i",
  warning: "!",
  error: "✗",
  skipped: "–",
  unknown: "?",
};

/**
 * Writes a report as an HTML page. Its Content-Security-Policy lets nothing in but its own style and script.
 *
 * @example A page to pass on
 * ```ts
 * import { renderHtml, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const report = await runDoctor({ platform: hostPlatform(), region: "sgp" });
 * const page = await renderHtml(report, { language: "ja" });
 * console.log(page.trimStart().slice(0, 15)); // <!doctype html>
 * ```
 *
 * @param report What the doctor found.
 * @param options `language` of the texts.
 */
export async function renderHtml(
  report: DoctorReport,
  options: { language?: Language } = {},
): Promise<string> {
  const { language = "en" } = options;
  const words = texts[language];
  const { target, given, findings, verdict, runtime, startedAt, tookMs } = report;
  const { sentence, remedy } = headline(report, words);
  const policy = [
    "default-src 'none'",
    `style-src '${await sourceHash(style)}'`,
    `script-src '${await sourceHash(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const grave = findings.filter(({ status }) => status === "error" || status === "warning");
  const rest = findings.filter((finding) => !grave.includes(finding));
  const command = verdict.finding && shellCommand(verdict.finding.check, target, given);
  const from = nameOf(runtime);
  const page = markup`
    <!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="${policy}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>${MARKS[verdict.status]} ${authority(target)}: ${
    words
      .verdict[verdict.status]
  }</title>
        <style>${new Markup(style)}</style>
      </head>
      <body>
        <main>
    <header class="verdict ${verdict.status}">
    <span class="state">${MARKS[verdict.status]} ${words.verdict[verdict.status]}</span>
    <h1>${sentence}</h1>
    ${remedy && markup`<p><b>${words.remedy}${words.colon.trim()}</b> ${remedy}</p>`}
    ${
    command &&
    markup`<p><b>${words.seeForYourself}${words.colon.trim()}</b></p>${code(command, words)}`
  }
    <p class="soft">${words.lookedAt(target.baseUrl, from, tookMs)}
    <time datetime="${startedAt}">${startedAt}</time></p>
    </header>
    <section aria-labelledby="findings">
    <h2 id="findings">${words.page.findings}</h2>
    ${grave.map((finding) => show(finding, report, words, true))}
    <details class="folded"><summary>${words.page.fine(rest.length)}</summary>
    ${rest.map((finding) => show(finding, report, words, false))}
    </details>
    </section>
    ${timeline(report, words)}
    ${latency(findings, words)}
    <section class="data" aria-labelledby="data">
    <h2 id="data">${words.page.data}</h2>
    <details><summary>JSON</summary><div class="inside"><pre tabindex="0" role="region" aria-label="JSON">${
    JSON
      .stringify(renderJson(report, { language }), null, 2)
  }</pre></div></details>
    </section>
        </main>
        <script>${new Markup(script)}</script>
      </body>
    </html>
  `;
  return page.text.trimStart();
}

function show(
  finding: Finding,
  { target, given }: DoctorReport,
  words: Texts,
  open: boolean,
): Markup {
  const { check, status } = finding;
  const { saw, means, remedy } = textOf(finding, words);
  const command = shellCommand(check, target, given);
  return markup`
    <details${new Markup(open ? " open" : "")}>
      <summary><span class="state ${status}">${MARKS[status]} ${
    words.page
      .status[status]
  }</span> <b>${words.checks[check]}</b>${saw}</summary>
      <div class="inside">${means && markup`<p>${means}</p>`}${
    remedy &&
    markup`<p><b>${words.remedy}${words.colon.trim()}</b> ${remedy}</p>`
  }${
    command &&
    markup`<p class="soft">${words.seeForYourself}${words.colon.trim()}</p>${code(command, words)}`
  }<p class="soft">${finding.id}</p></div>
      </details>
  `;
}

function code(command: string, words: Texts): Markup {
  return markup`
    <div
      class="code"><code>${command}</code><button type="button" hidden data-copied="${words.page.copied}">${words.page.copy}</button></div>
  `;
}

/** The host's own phases, and those of the regions when they were measured. */
function timeline({ target, findings }: DoctorReport, words: Texts): Markup | undefined {
  const phases = phasesOf(findings);
  const rows: Row[] = Object.values(phases).some((ms) => ms !== undefined)
    ? [{ host: authority(target), phases }]
    : [];
  const regions = findings.find(({ id }) => id === "regions.measured" || id === "regions.far");
  if (regions && "nearest" in regions.facts) rows.push(...regions.facts.hosts.flatMap(toRow));
  if (rows.length === 0) return undefined;
  return markup`<section aria-labelledby="waterfall"><h2 id="waterfall">${words.page.waterfall}</h2>
<p class="soft">${words.page.waterfallNote}</p>${waterfall(rows, words.page)}</section>`;
}

function toRow({ host, tcpMs, tlsMs, fault }: RegionFact): Row[] {
  return fault ? [] : [{ host, phases: { tcpMs, tlsMs } }];
}

function latency(findings: readonly Finding[], words: Texts): Markup | undefined {
  const post = findings.find(({ facts }) => "timesMs" in facts && facts.timesMs.length > 0);
  if (!post || !("timesMs" in post.facts)) return undefined;
  return markup`<section aria-labelledby="histogram"><h2 id="histogram">${words.page.histogram}</h2>
${histogram(post.facts.timesMs, post.facts.limitMs, words.page)}</section>`;
}

/** What a Content-Security-Policy calls a script. */
async function sourceHash(text: string): Promise<string> {
  return `sha256-${btoa(String.fromCharCode(...await sha256(text)))}`;
}
