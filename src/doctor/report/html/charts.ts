/**
 * The page's charts: inline SVG, each with its numbers in a table below it.
 *
 * @module
 */

import { time } from "../../format.ts";
import type { Phases } from "../phases.ts";
import type { PageTexts } from "../../texts/texts.ts";
import { type Markup, markup } from "./markup.ts";

const NAMES = ["dnsMs", "tcpMs", "tlsMs", "firstByteMs"] as const;
const COLOURS = ["a", "b", "c", "d"];
const WIDTH = 640;

/** One row of the waterfall. */
export interface Row {
  host: string;
  phases: Phases;
}

/** Phases of each host as segments on one time axis. */
export function waterfall(rows: readonly Row[], words: PageTexts): Markup {
  const sums = rows.map(({ phases }) => NAMES.reduce((sum, name) => sum + (phases[name] ?? 0), 0));
  const scale = roundUp(Math.max(4, ...sums));
  const x = (ms: number) => Math.round(ms / scale * WIDTH * 10) / 10;
  const height = rows.length * 50 + 34;
  return markup`
    <svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="waterfall-title">
    <title id="waterfall-title">${words.waterfall}: ${
    rows.map(({ host }, at) => `${host} ${time(sums[at]!)}`).join(", ")
  }</title>
    ${
    rows.map(({ host, phases }, row) => {
      let at = 0;
      return markup`<text x="0" y="${row * 50 + 18}">${host}</text>${
        NAMES.map((name, index) => {
          const ms = phases[name] ?? 0;
          const left = at;
          at += ms;
          return ms > 0
            ? markup`
              <rect class="${COLOURS[index]}" x="${x(left)}" y="${
              row * 50 + 26
            }" height="16" width="${Math.max(1, x(ms))}">
                <title>${words.phases[name]} ${time(ms)}</title>
              </rect>
            `
            : undefined;
        })
      }`;
    })
  }
    ${axis(scale, height - 28)}
    </svg>
    <ul class="legend">${
    NAMES.map((name, index) =>
      markup`<li><svg viewBox="0 0 1 1" aria-hidden="true"><rect class="${
        COLOURS[index]
      }" width="1" height="1"/></svg>${words.phases[name]}</li>`
    )
  }</ul>
    <div class="wide" tabindex="0" role="region" aria-labelledby="waterfall">
      <table>
        <thead>
          <tr><th scope="col">${words.host}</th>${
    NAMES.map((name) => markup`<th scope="col" class="n">${words.phases[name]}</th>`)
  }<th scope="col" class="n">${words.total}</th></tr>
        </thead>
        <tbody>${
    rows.map(({ host, phases }, row) =>
      markup`<tr><th scope="row">${host}</th>${
        NAMES.map((name) =>
          markup`<td class="n">${phases[name] === undefined ? "–" : time(phases[name])}</td>`
        )
      }<td class="n">${time(sums[row]!)}</td></tr>`
    )
  }</tbody>
      </table>
    </div>
  `;
}

/** How many calls took how long, beside the limit. */
export function histogram(
  timesMs: readonly number[],
  limitMs: number,
  words: PageTexts,
): Markup {
  const worst = Math.max(8, ...timesMs);
  const scale = roundUp(worst);
  const bins = 2 * marksOf(scale);
  const step = scale / bins;
  const counts = Array.from(
    { length: bins },
    (_, bin) => timesMs.filter((ms) => Math.min(bins - 1, Math.floor(ms / step)) === bin).length,
  );
  const most = Math.max(1, ...counts);
  const width = WIDTH / bins;
  const note = words.histogramNote(timesMs.length, time(limitMs));
  return markup`
    <svg viewBox="0 0 ${WIDTH} 162" role="img" aria-labelledby="histogram-title">
    <title id="histogram-title">${words.histogram}. ${note}</title>
    ${
    counts.map((count, bin) => {
      const height = Math.round(count / most * 110);
      return count === 0 ? undefined : markup`
        <rect class="b" x="${Math.round(bin * width + 2)}" y="${130 - height}" width="${
        Math.round(
          width - 4,
        )
      }" height="${height}" />
        <text x="${Math.round(bin * width + width / 2)}" y="${
        126 -
        height
      }" text-anchor="middle">${count}</text>
      `;
    })
  }
    ${
    limitMs < scale
      ? markup`
        <line class="limit" x1="${limitMs / scale * WIDTH}" x2="${
        limitMs / scale *
        WIDTH
      }" y1="6" y2="130" />
      `
      : undefined
  }
    ${axis(scale, 136)}
    </svg>
    <p class="soft">${note}</p>
    <div class="wide" tabindex="0" role="region" aria-labelledby="histogram">
      <table>
        <thead>
          <tr>
            <th scope="col">${words.time}</th>
            <th scope="col" class="n">${words.calls}</th>
          </tr>
        </thead>
        <tbody>${
    counts.map((count, bin) =>
      count === 0 ? undefined : markup`
            <tr>
              <th scope="row">${time(bin * step || 0)} – ${time((bin + 1) * step)}</th>
              <td class="n">${count}</td>
            </tr>
          `
    )
  }</tbody>
      </table>
    </div>
  `;
}

/** A line with marks at round numbers. */
function axis(scale: number, y: number): Markup {
  const marks = marksOf(scale);
  return markup`
    <line class="axis" x1="0" x2="${WIDTH}" y1="${y - 4}" y2="${y - 4}" />${
    Array.from({ length: marks + 1 }, (_, mark) =>
      markup`<text x="${mark * WIDTH / marks}" y="${y + 18}" text-anchor="${
        mark === 0 ? "start" : mark === marks ? "end" : "middle"
      }">${mark === 0 ? "0" : time(mark * scale / marks)}</text>`)
  }
  `;
}

/** Into how many parts a round number divides without a rest. */
function marksOf(scale: number): number {
  return /^[48]/.test(String(scale)) ? 4 : 5;
}

/** The next number that reads well. */
function roundUp(ms: number): number {
  const power = 10 ** Math.floor(Math.log10(ms));
  return [1, 2, 4, 5, 8, 10].map((digit) => digit * power).find((round) => round >= ms)!;
}
