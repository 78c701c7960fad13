/**
 * Which language a page speaks.
 *
 * @module
 */

/**
 * The languages that the pages speak.
 *
 * @example The title of a page of one's own
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import type { PageLanguage } from "@tim/edge/console";
 * import { createGateway } from "@tim/edge/hono";
 *
 * const titles: Record<PageLanguage, string> = { en: "Rooms", zh: "房间", ja: "部屋", ko: "방" };
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "reports" }],
 *   console: ({ language }) => titles[language],
 * });
 * const answer = await gateway.request("/", { headers: { "accept-language": "ko-KR,ko;q=0.9" } });
 * console.log(await answer.text()); // 방
 * ```
 */
export type PageLanguage = "en" | "zh" | "ja" | "ko";

const LANGUAGES: readonly PageLanguage[] = ["en", "zh", "ja", "ko"];

/** The language that a browser asks for first, of those that there are. */
export function pageLanguage(acceptLanguage: string): PageLanguage {
  for (const part of acceptLanguage.split(",")) {
    const wanted = part.trim().slice(0, 2).toLowerCase();
    const found = LANGUAGES.find((language) => language === wanted);
    if (found) return found;
  }
  return "en";
}

/** One row a text: English, Chinese, Japanese, Korean. */
export type TextTable = Record<string, readonly [string, string, string, string]>;

/** The texts of one language, by name. */
export function textsOf<Table extends TextTable>(
  table: Table,
  language: PageLanguage,
): Record<keyof Table, string> {
  const at = LANGUAGES.indexOf(language);
  return Object.fromEntries(
    Object.entries(table).map(([name, texts]) => [name, texts[at]!]),
  ) as Record<keyof Table, string>;
}
