/**
 * Counters in the text format of Prometheus.
 *
 * @module
 */

/** Upper ends of the histograms' classes, in seconds. */
const CLASSES = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Commands beyond these are counted together: names that callers make up must not fill the memory. */
const MAX_COMMANDS = 500;

interface Histogram {
  counts: number[];
  sum: number;
}

/** One request, for the counters. */
export interface Counted {
  route: string;
  status: number;
  reason?: string;
  ms: number;
  /** When the backend was asked: the command, its answer's code and the time it took. */
  upstream?: { command: string; outcome: string; ms: number };
}

/** Counts in this process, or this isolate. */
export class Metrics {
  readonly #requests = new Map<string, number>();
  readonly #calls = new Map<string, number>();
  readonly #commands = new Set<string>();
  readonly #seconds = new Map<string, Histogram>();
  readonly #upstream: Histogram = { counts: CLASSES.map(() => 0), sum: 0 };
  #upstreamCount = 0;
  #storeFailures = 0;

  /** Counts a request. What it says are our own words and checked commands, so nothing needs escaping. */
  count({ route, status, reason = "", ms, upstream }: Counted): void {
    add(this.#requests, `route="${route}",status="${status}",reason="${reason}"`);
    let histogram = this.#seconds.get(route);
    if (histogram === undefined) {
      this.#seconds.set(route, histogram = { counts: CLASSES.map(() => 0), sum: 0 });
    }
    observe(histogram, ms / 1000);
    if (upstream === undefined) return;
    observe(this.#upstream, upstream.ms / 1000);
    this.#upstreamCount++;
    const known = this.#commands.has(upstream.command) || this.#commands.size < MAX_COMMANDS;
    if (known) this.#commands.add(upstream.command);
    const command = known ? upstream.command : "other";
    add(this.#calls, `command="${command}",outcome="${upstream.outcome}"`);
  }

  /** Counts a failure of a store. */
  storeAway(): void {
    this.#storeFailures++;
  }

  /** Writes all of it. */
  text(underWay: number): string {
    const lines: string[] = [];
    const head = (name: string, type: string, help: string) =>
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
    head("tim_gateway_requests_total", "counter", "Requests by route, status and reason");
    for (const [label, n] of this.#requests) {
      lines.push(`tim_gateway_requests_total{${label}} ${n}`);
    }
    head("tim_gateway_request_seconds", "histogram", "Whole time of a request");
    for (const [route, { counts, sum }] of this.#seconds) {
      const total = sumOf(this.#requests, `route="${route}"`);
      lines.push(
        ...histogramLines("tim_gateway_request_seconds", `route="${route}"`, counts, sum, total),
      );
    }
    head("tim_gateway_upstream_seconds", "histogram", "Time the backend took");
    lines.push(
      ...histogramLines(
        "tim_gateway_upstream_seconds",
        "",
        this.#upstream.counts,
        this.#upstream.sum,
        this.#upstreamCount,
      ),
    );
    head("tim_gateway_upstream_calls_total", "counter", "Calls by command and outcome");
    for (const [label, n] of this.#calls) {
      lines.push(`tim_gateway_upstream_calls_total{${label}} ${n}`);
    }
    head("tim_gateway_store_failures_total", "counter", "Times that a store did not answer");
    lines.push(`tim_gateway_store_failures_total ${this.#storeFailures}`);
    head("tim_gateway_requests_under_way", "gauge", "Requests under way");
    lines.push(`tim_gateway_requests_under_way ${underWay}`);
    return lines.join("\n") + "\n";
  }
}

function add(counters: Map<string, number>, label: string): void {
  counters.set(label, (counters.get(label) ?? 0) + 1);
}

function observe(histogram: Histogram, seconds: number): void {
  histogram.sum += seconds;
  const at = CLASSES.findIndex((end) => seconds <= end);
  if (at >= 0) histogram.counts[at]!++;
}

function sumOf(counters: Map<string, number>, part: string): number {
  let sum = 0;
  for (const [label, n] of counters) if (label.startsWith(part + ",")) sum += n;
  return sum;
}

function histogramLines(
  name: string,
  label: string,
  counts: number[],
  sum: number,
  total: number,
): string[] {
  let below = 0;
  const comma = label === "" ? "" : ",";
  const braces = label === "" ? "" : `{${label}}`;
  return [
    ...CLASSES.map((end, index) =>
      `${name}_bucket{${label}${comma}le="${end}"} ${below += counts[index]!}`
    ),
    `${name}_bucket{${label}${comma}le="+Inf"} ${total}`,
    `${name}_sum${braces} ${sum.toFixed(6)}`,
    `${name}_count${braces} ${total}`,
  ];
}
