/**
 * Real Chromium, the system's own, driven by `playwright-core`. Only for `*_node_test.ts`: one runtime is
 * enough, since the page does not know which one drives it.
 */

import { spawnSync } from "node:child_process";
import process from "node:process";
import { tool } from "./tool.mjs";

/** What the tests use of playwright's page; the whole is in its documentation. */
export interface Page {
  goto(url: string): Promise<{ status(): number } | null>;
  reload(): Promise<unknown>;
  url(): string;
  content(): Promise<string>;
  setContent(html: string): Promise<void>;
  evaluate<Result, Argument = void>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result>;
  waitForFunction<Argument = void>(
    run: (argument: Argument) => unknown,
    argument?: Argument,
    options?: { timeout?: number },
  ): Promise<unknown>;
  setViewportSize(size: { width: number; height: number }): Promise<void>;
  emulateMedia(media: {
    colorScheme?: "light" | "dark";
    media?: "screen" | "print";
    reducedMotion?: "reduce" | "no-preference";
  }): Promise<void>;
  screenshot(options?: { path?: string; fullPage?: boolean }): Promise<Uint8Array>;
  pdf(options?: { path?: string; format?: string }): Promise<Uint8Array>;
  keyboard: {
    press(key: string): Promise<void>;
    type(text: string): Promise<void>;
  };
  close(): Promise<void>;
}

/** A page, and what went wrong in it. */
export interface WatchedPage {
  page: Page;
  /** Script errors, messages of the console at level "error" and refusals by the page's own policy. */
  errors: string[];
  /** Requests to any other origin than those of loopback. */
  foreign: string[];
}

/** A browser of the test's own; `close` ends its processes. */
export interface Chromium {
  open(options?: { width?: number; height?: number; dark?: boolean }): Promise<WatchedPage>;
  close(): Promise<void>;
}

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** Where Chromium is. In CI a missing one is a failure, elsewhere it skips the tests, and says so. */
export function findChromium(): string | undefined {
  const found = NAMES.find((name) => spawnSync(name, ["--version"]).status === 0);
  if (found !== undefined) return spawnSync("which", [found]).stdout.toString().trim();
  if (process.env.CI === "true") throw new Error("chromium is missing, and CI=true");
  console.error("SKIPPED: the tests of pages, for there is no chromium on this machine");
}

/** Starts it without a window. */
export async function launchChromium(executablePath: string): Promise<Chromium> {
  const browser = await tool("playwright-core").chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  return {
    open: async ({ width = 1280, height = 900, dark = false } = {}) => {
      const page = await browser.newPage({
        viewport: { width, height },
        colorScheme: dark ? "dark" : "light",
      });
      page.setDefaultTimeout(15_000);
      const errors: string[] = [];
      const foreign: string[] = [];
      page.on("pageerror", (error: Error) => errors.push(String(error)));
      page.on("console", (message: { type(): string; text(): string }) => {
        if (message.type() === "error") errors.push(message.text());
      });
      page.on("request", (request: { url(): string }) => {
        const { protocol, hostname } = new URL(request.url());
        const local = ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
        if (/^(https?|wss?):$/.test(protocol) && !local) foreign.push(request.url());
      });
      return { page, errors, foreign };
    },
    close: () => browser.close(),
  };
}
