/**
 * `tim doctor`: why calls to the backend fail from this machine.
 *
 * @module
 */

import { writeFile } from "node:fs/promises";
import { ConfigError } from "../../core/errors.ts";
import { exitCode } from "../../doctor/exit_code.ts";
import { headline } from "../../doctor/report/headline.ts";
import type { DoctorPlatform } from "../../doctor/platform.ts";
import { redactReport } from "../../doctor/report/redact_report.ts";
import { renderHtml } from "../../doctor/report/render_html.ts";
import { renderJson } from "../../doctor/report/render_json.ts";
import { renderText } from "../../doctor/report/render_text.ts";
import { reportSchema } from "../../doctor/report/report_schema.ts";
import { type DoctorReport, runDoctor } from "../../doctor/run.ts";
import { texts } from "../../doctor/texts/all.ts";
import { hostPlatform } from "../../runtime/doctor_host.ts";
import { hasFlag } from "../arguments.ts";
import { runDoctorDiff } from "./diff.ts";
import { showLive } from "./live.ts";
import { type DoctorCommand, readCommand } from "./options.ts";
import { reportFailure } from "../failure.ts";
import { helpText } from "../help_text.ts";
import type { CliIo } from "../io.ts";
import { doctorManual } from "../manuals/doctor.ts";

/**
 * Runs the subcommand.
 *
 * @param args What stands behind `doctor` on the command line.
 * @param io Where to write, and the environment.
 * @param platform The machine to look from.
 * @returns The exit code: 0 healthy, 1 a problem, 2 used wrongly, 3 warnings under `--strict`, 4 could not
 * look.
 */
export async function runDoctorCommand(
  args: string[],
  io: CliIo,
  platform: DoctorPlatform = hostPlatform(),
): Promise<number> {
  let said = false;
  const terminal = io;
  io = {
    ...terminal,
    out(text) {
      said = true;
      terminal.out(text);
    },
  };
  try {
    if (hasFlag(args, "--help", "-h")) return print(io, await helpText(doctorManual));
    if (hasFlag(args, "--schema")) return print(io, JSON.stringify(reportSchema, null, 2) + "\n");
    if (args[0] === "diff") return await runDoctorDiff(args.slice(1), io);
    const command = await readCommand(args, io.env);
    return await watch(command, io, { ...platform, env: io.env });
  } catch (error) {
    // Behind a report, which is one document, a second would make both unreadable.
    return await reportFailure(error, "doctor", hasFlag(args, "--json") && !said, io);
  }
}

function print(io: CliIo, text: string): number {
  io.out(text);
  return 0;
}

/** Examines once, or again and again until somebody ends it. */
async function watch(command: DoctorCommand, io: CliIo, platform: DoctorPlatform): Promise<number> {
  const { flags: { strict }, watchMs } = command;
  const ending = new AbortController();
  const stopListening = io.onInterrupt?.(() => ending.abort());
  try {
    let before: DoctorReport | undefined;
    for (;;) {
      const report = await examine(command, io, platform, ending.signal);
      // What was cut off in the middle says nothing new of a host that was seen before.
      if (!ending.signal.aborted || !before) await show(command, io, report, before);
      if (watchMs === undefined) return exitCode(report, strict);
      if (!ending.signal.aborted) before = report;
      await pause(watchMs, ending.signal);
      if (ending.signal.aborted) return exitCode(before ?? report, strict);
    }
  } finally {
    stopListening?.();
  }
}

async function examine(
  { run, flags, language }: DoctorCommand,
  io: CliIo,
  platform: DoctorPlatform,
  signal: AbortSignal,
): Promise<DoctorReport> {
  const unicode = showsUnicode(io.env, language);
  const live = showLive(io, texts[language], { quiet: flags.json === true, unicode });
  try {
    return await runDoctor({ ...run, platform, signal, onFinding: live.next });
  } finally {
    live.end();
  }
}

/** The whole report; when watching, only a line as long as the verdict stays the same. */
async function show(
  { flags, language, run, watchMs }: DoctorCommand,
  io: CliIo,
  report: DoctorReport,
  before: DoctorReport | undefined,
): Promise<void> {
  const json = renderJson(report, { language, strict: flags.strict });
  if (flags.json) {
    io.out(JSON.stringify(json, null, watchMs === undefined ? 2 : undefined) + "\n");
  } else if (before?.verdict.cause === report.verdict.cause) {
    const { verdict, colon } = texts[language];
    const { sentence } = headline(report, texts[language]);
    io.out(`${report.startedAt} ${verdict[report.verdict.status]}${colon}${sentence}\n`);
  } else {
    const color = io.isTTY && !io.env.NO_COLOR;
    const unicode = showsUnicode(io.env, language);
    const columns = io.isTTY ? Math.max(40, Math.min(80, io.columns ?? 80)) : 80;
    io.out(renderText(report, { color, unicode, columns, language }));
  }
  if (flags.html !== undefined) {
    await save("html", flags.html, await renderHtml(report, { language }));
    io.err(`HTML: ${flags.html}\n`);
  }
  if (flags.report !== undefined) {
    const { USER, LOGNAME, USERNAME, HOME } = io.env;
    const texts = (list: (string | undefined)[]) => list.flatMap((text) => text || []);
    const safe = redactReport(json, {
      keys: texts([run.credentials?.secretKey, io.env.TIM_SECRET_KEY]),
      users: texts([USER, LOGNAME, USERNAME, HOME?.split(/[/\\]/).pop()]),
    });
    await save("report", flags.report, JSON.stringify(safe, null, 2) + "\n");
    io.err(`JSON: ${flags.report}\n`);
  }
}

async function save(flag: "html" | "report", path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((error: Error) => {
    throw new ConfigError(`--${flag} ${path} cannot be written: ${error.message}`);
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end, { once: true });
  });
}

/**
 * Windows Terminal and the consoles of editors show UTF-8; elsewhere the locale says it. Whoever asks for
 * Chinese, Japanese or Korean where it does not must know better.
 */
function showsUnicode(env: CliIo["env"], language: DoctorCommand["language"]): boolean {
  if (language !== "en") return true;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return locale
    ? /utf-?8/i.test(locale)
    : Boolean(env.WT_SESSION || env.TERM_PROGRAM || env.__CF_USER_TEXT_ENCODING);
}
