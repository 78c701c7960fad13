/**
 * Blanks what differs from run to run, and puts it back into bodies: names with the run's prefix, ids that the
 * backend gives, times.
 */

/** Fields with a value that the backend makes up; the first such value of a run is `<Field 1>`. */
const GIVEN = /^(MsgKey|LastMsgKey|BattleId|TaskId)$/;
/** An id of a group that the backend gave; a community's own begins with `@TGS#_`. */
const GIVEN_GROUP = /^@TGS#[^_]/;
/** Fields that are a place in a list, which the backend writes as it likes. */
const CURSOR = /^(Next|NextSeq|NextTimestamp|LastStandardSequence|CurrentStandardSequence)$/;
/** Texts for people, which are each backend's own. */
const TEXT = /^(ErrorInfo|ResultInfo|ErrorMsg|ErrorDisplay|Info)$/;
const APP = /^(appid|sdkappid)$/i;
/** A number of seconds, milliseconds or microseconds since 1970. */
const isTime = (value: unknown) => /^1[5-9]\d{8}(\d{3}(\d{3})?)?$/.test(String(value));

/** The names of one scenario of one run. */
export class Names {
  readonly #prefix: string;
  readonly #identifier: string;
  readonly #now: () => number;
  #labels = new Map<string, { value: unknown; label: string }>();
  #counts = new Map<string, number>();
  #latest = new Map<string, unknown>();

  /**
   * @param run What this run's own ids begin with.
   * @param identifier The administrator, who is `$administrator` in transcripts.
   * @param now Milliseconds since 1970.
   */
  constructor(run: string, identifier: string, now: () => number) {
    this.#prefix = `${run}_`;
    this.#identifier = identifier;
    this.#now = now;
  }

  /** A copy, to blank an answer with that may not be the last one. */
  copy(): Names {
    const copy = new Names(this.#prefix.slice(0, -1), this.#identifier, this.#now);
    copy.#labels = new Map(this.#labels);
    copy.#counts = new Map(this.#counts);
    copy.#latest = new Map(this.#latest);
    return copy;
  }

  /** Writes a body for the wire. */
  fill(value: unknown): unknown {
    if (typeof value === "string") return this.#fillText(value);
    return mapped(value, (_field, part) => this.fill(part));
  }

  #fillText(text: string): unknown {
    const now = /^<now([+-]\d+)?>$/.exec(text);
    if (now) return Math.floor(this.#now() / 1000) + Number(now[1] ?? 0);
    if (text === "$administrator") return this.#identifier;
    const [, field] = /^<(\w+)(?: \d+)?>$/.exec(text) ?? [];
    if (field === undefined) return text.replaceAll(/\$(?=[a-z])/g, this.#prefix);
    const labelled = [...this.#labels.values()].find(({ label }) => label === text);
    if (labelled) return labelled.value;
    if (!this.#latest.has(field)) throw new Error(`No answer has had ${text} yet`);
    return this.#latest.get(field);
  }

  /** Writes an answer for a transcript. */
  blank(value: unknown, field = ""): unknown {
    if (typeof value === "object") {
      return mapped(
        value,
        (name, part) => name === "RequestId" ? undefined : this.blank(part, name),
        field,
      );
    }
    this.#latest.set(field, value);
    if (typeof value === "boolean") return value;
    if (TEXT.test(field)) return value === "" ? "" : "<text>";
    if (APP.test(field)) return "<app>";
    if (value === "" || value === 0) return value;
    const known = this.#labels.get(String(value));
    if (known) return known.label;
    if (isTime(value)) return typeof value === "number" ? "<time>" : "<time as text>";
    if (CURSOR.test(field)) return "<cursor>";
    if (GIVEN.test(field)) return this.#label(field, value);
    if (typeof value !== "string") return value;
    if (GIVEN_GROUP.test(value)) return this.#label("GroupId", value);
    if (value === this.#identifier) return "$administrator";
    return this.plain(value);
  }

  /** A text without the run's prefix. */
  plain(text: string): string {
    return text.replaceAll(this.#prefix, "$");
  }

  #label(field: string, value: unknown): string {
    const count = (this.#counts.get(field) ?? 0) + 1;
    this.#counts.set(field, count);
    const label = `<${field} ${count}>`;
    this.#labels.set(String(value), { value, label });
    return label;
  }
}

/** A list or object with its parts changed; those that become `undefined` are left out. */
function mapped(
  value: unknown,
  change: (field: string, part: unknown) => unknown,
  field = "",
): unknown {
  if (Array.isArray(value)) return value.map((part) => change(field, part));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, part]) => [name, change(name, part)] as const);
  return Object.fromEntries(entries.filter(([, part]) => part !== undefined));
}
