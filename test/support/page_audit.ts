/**
 * What every page of ours must hold, measured in the browser: contrast, no sideways scrolling, a visible
 * focus.
 */

import type { Page } from "./chromium.ts";

/**
 * Texts whose contrast with what is behind them is below 4.5:1 (3:1 when large), as the Web Content
 * Accessibility Guidelines count it. Background images are not looked at.
 */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Colour = [red: number, green: number, blue: number, alpha: number];
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
    // The canvas understands every notation that the stylesheet may use.
    const parse = (colour: string): Colour => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
      return [red!, green!, blue!, alpha! / 255];
    };
    const over = ([r, g, b, a]: Colour, [br, bg, bb]: Colour): Colour => [
      r * a + br * (1 - a),
      g * a + bg * (1 - a),
      b * a + bb * (1 - a),
      1,
    ];
    const behind = (element: Element | null): Colour => {
      if (element === null) {
        const dark = getComputedStyle(document.documentElement).colorScheme.includes("dark") &&
          matchMedia("(prefers-color-scheme: dark)").matches;
        return dark ? [18, 18, 18, 1] : [255, 255, 255, 1];
      }
      const own = parse(getComputedStyle(element).backgroundColor);
      return own[3] === 1 ? own : over(own, behind(element.parentElement));
    };
    const light = (colour: Colour) => {
      const [r, g, b] = colour.slice(0, 3).map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    };
    const faint: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement!;
      const text = walker.currentNode.textContent!.trim();
      if (text === "" || /^(SCRIPT|STYLE|TEMPLATE)$/.test(element.tagName)) continue;
      if (!element.checkVisibility({ checkVisibilityCSS: true })) continue;
      const style = getComputedStyle(element);
      const ground = behind(element);
      // Text in a drawing is painted by `fill`.
      const paint = element.closest("svg") ? style.fill : style.color;
      const [a, b] = [light(over(parse(paint), ground)), light(ground)];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      if (ratio < (large ? 3 : 4.5)) {
        faint.push(`${ratio.toFixed(2)}:1 <${element.tagName.toLowerCase()}> ${text.slice(0, 60)}`);
      }
    }
    return faint;
  });
}

/** What sticks out to the right of the window, when the page scrolls sideways. */
export function stickingOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .map((element) => `<${element.tagName.toLowerCase()} class="${element.className}">`)
      .slice(0, 10);
  });
}

/** Where the keyboard is: the focused element's tag and name, and whether its focus can be seen. */
export function focused(page: Page): Promise<{ tag: string; name: string; visible: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const style = getComputedStyle(element);
    const label = (element as HTMLInputElement).labels?.[0]?.textContent;
    return {
      tag: element.tagName.toLowerCase(),
      name: (element.getAttribute("aria-label") ?? label ?? element.textContent ?? "").trim(),
      visible: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) ||
        style.boxShadow !== "none",
    };
  });
}

/** Presses Tab until what is focused has this name; tells every stop on the way. */
export async function tabTo(page: Page, name: string | RegExp, limit = 60): Promise<string[]> {
  const stops: string[] = [];
  for (let press = 0; press < limit; press++) {
    await page.keyboard.press("Tab");
    const stop = await focused(page);
    stops.push(stop.name);
    if (typeof name === "string" ? stop.name === name : name.test(stop.name)) return stops;
  }
  throw new Error(`Tab never reached ${name}; it went over ${JSON.stringify(stops)}`);
}
