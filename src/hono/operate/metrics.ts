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
  total: number;
}

/** Counters by one word and another: a text of both for every request would cost more than counting. */
type Counters<One> = Map<One, Map<string, number>>;

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
  /** By route: how often each status and reason, and how long it took. */
  readonly #routes = new Map<string, { answers: Counters<number>; seconds: Histogram }>();
  /** By command: how often each outcome. */
  readonly #calls: Counters<string> = new Map();
  readonly #upstream: Histogram = histogram();
  #storeFailures = 0;

  /** Counts a request. What it says are our own words and checked commands, so nothing needs escaping. */
  count({ route, status, reason = "", ms, upstream }: Counted): void {
    let counts = this.#routes.get(route);
    if (counts === undefined) {
      this.#routes.set(route, counts = { answers: new Map(), seconds: histogram() });
    }
    add(counts.answers, status, reason);
    observe(counts.seconds, ms / 1000);
    if (upstream === undefined) return;
    observe(this.#upstream, upstream.ms / 1000);
    const { command, outcome } = upstream;
    const known = this.#calls.size < MAX_COMMANDS || this.#calls.has(command);
    add(this.#calls, known ? command : "other", outcome);
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
    for (const [route, { answers }] of this.#routes) {
      for (const [status, reason, n] of entries(answers)) {
        const label = `route="${route}",status="${status}",reason="${reason}"`;
        lines.push(`tim_gateway_requests_total{${label}} ${n}`);
      }
    }
    head("tim_gateway_request_seconds", "histogram", "Whole time of a request");
    for (const [route, { seconds }] of this.#routes) {
      lines.push(...histogramLines("tim_gateway_request_seconds", `route="${route}"`, seconds));
    }
    head("tim_gateway_upstream_seconds", "histogram", "Time the backend took");
    lines.push(...histogramLines("tim_gateway_upstream_seconds", "", this.#upstream));
    head("tim_gateway_upstream_calls_total", "counter", "Calls by command and outcome");
    for (const [command, outcome, n] of entries(this.#calls)) {
      const label = `command="${command}",outcome="${outcome}"`;
      lines.push(`tim_gateway_upstream_calls_total{${label}} ${n}`);
    }
    head("tim_gateway_store_failures_total", "counter", "Times that a store did not answer");
    lines.push(`tim_gateway_store_failures_total ${this.#storeFailures}`);
    head("tim_gateway_requests_under_way", "gauge", "Requests under way");
    lines.push(`tim_gateway_requests_under_way ${underWay}`);
    return lines.join("\n") + "\n";
  }
}

function histogram(): Histogram {
  return { counts: CLASSES.map(() => 0), sum: 0, total: 0 };
}

function add<One>(counters: Counters<One>, one: One, other: string): void {
  let row = counters.get(one);
  if (row === undefined) counters.set(one, row = new Map());
  row.set(other, (row.get(other) ?? 0) + 1);
}

function* entries<One>(counters: Counters<One>): Generator<[one: One, other: string, n: number]> {
  for (const [one, row] of counters) {
    for (const [other, n] of row) yield [one, other, n];
  }
}

function observe(histogram: Histogram, seconds: number): void {
  histogram.sum += seconds;
  histogram.total++;
  const at = CLASSES.findIndex((end) => seconds <= end);
  if (at >= 0) histogram.counts[at]!++;
}

function histogramLines(
  name: string,
  label: string,
  { counts, sum, total }: Histogram,
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
