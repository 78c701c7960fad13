/**
 * HTML that cannot be broken out of: what is put into a template is escaped, unless it is markup already.
 *
 * @module
 */

/** A piece of HTML. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | string | number | undefined | readonly Part[];

/** The template tag. */
export function markup(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(strings.reduce((text, string, at) => text + write(parts[at - 1]!) + string));
}

/** Texts for attributes and for between the tags. */
function escape(text: string): string {
  // deno-lint-ignore no-control-regex -- what a server sent may hold anything
  return text.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, "�").replace(
    /[&<>"']/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );
}

function write(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Markup) return part.text;
  return typeof part === "object" ? part.map(write).join("") : escape(String(part));
}
