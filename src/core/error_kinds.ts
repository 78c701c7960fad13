/**
 * What each error code of the backend means for a caller: who must act, and whether to try again.
 *
 * Kept as ranges, since every program that calls the API carries it; the texts are in `@tim/edge/errors`.
 * Source: "Error Codes" of the Chat documentation and the command pages of Room and Live.
 *
 * @module
 */

import type { Retryable, TimErrorKind } from "./errors.ts";

/** What is known about one error code. */
export interface ErrorRow {
  /** The backend's `ErrorCode`. */
  code: number;
  /** What sort of trouble it is; `unknown` for a code that no page lists. */
  kind: TimErrorKind;
  /** Whether the same call may be made again: `"after-delay"` only after a pause. */
  retryable: Retryable;
  /** Whether the backend may have acted on the call all the same. */
  outcomeUnknown: boolean;
}

const KINDS = {
  auth:
    "-100018 -100006 -10106 -10009..-10008 -10006..-10003 -10001 6206 10001 10008 20002 20008 " +
    "30002 60004..60006 60012 70001..70010 70013..70016 70018..70020 70052 70115 70140 " +
    "70209..70211 70214 70221 70236 70252 70346..70347",
  permission:
    "-50040 -10112..-10110 -20 1002 2004 2015 10007 10016..10017 10026 10041 10059 11000 " +
    "20006..20007 20009..20012 30004 30009 30515..30516 30525 40004 40007..40008 50003 51013 " +
    "60010 60016..60017 60021 70051 70403 71000 72001 80001 80004 90009 90045 91101 " +
    "100006..100007 100016..100019 102001 102008 131000 141000",
  "rate-limit":
    "-20009 -10114..-10113 -302 -203 -14 1004 10006 10023 10049 22006 23003 30540 31707 60007 " +
    "60011 60018..60019 70050 70114 90024 90051 100012 100405 100413 100422",
  quota: "-100013 -50059 -10108 10014 10036..10038 10047..10048 10058 10063 10070 30010..30014 " +
    "32100..32103 51008 51010 51012 60020 70398 72000 90047 100008..100009 100013 100020 " +
    "100205 100404 100500 100502 101011",
  "not-found":
    "1005 10010 10015 10019 10030 10050 10052 10062 20003 20022 23004 30003 30614 31704 31804 " +
    "32216 40003 50001 51009 70107 90003 90008 90012 90048..90049 100004..100005 100204 " +
    "100206 100251 100301 100400 100411 100424 100503 102002 110003 114000",
  conflict:
    "10013 10021 10024..10025 10031 10056 10071 20016 20023 20028 23001 30008 30539 90050 " +
    "90052 90101 90107 100003 100010..100011 100102 100200..100203 100210 100300 " +
    "100401..100403 100412 100414..100416 100419..100421",
  validation: "-10109 -201 -197..-195 -7 1001 2002..2003 2016 6017 7003 9522 10003..10005 10009 " +
    "10011..10012 10018 10020 10032..10035 10044..10046 10051 10053..10054 10060..10061 20001 " +
    "21005 22001 22003..22005 23002 30001 30005 40001..40002 40005 40009 40601 40605 40610 " +
    "50002 51006 51011 60002..60003 60009 60015 70101..70106 70113 70145 70204 70206 70402 " +
    "80002 90001..90002 90004..90007 90010..90011 90018 90020 90022 90026 90030..90035 " +
    "90039..90040 90043..90044 90053..90056 93000 100002 100015 100026 100211 100501 100504 " +
    "114001..114004 114011 120001 130001..130005 130007..130008 141004",
  server: "-10007 -202 -200..-198 -1 1003 2001 10002 20004..20005 20018 22002 30006..30007 40006 " +
    "50004..50005 51007 60008 60013..60014 60022 70017 70169 70201..70203 70205 70207..70208 " +
    "70212..70213 70222 70225 70231 70308 70348 70362 70401 70500 80003 80005 90992 " +
    "90994..90995 91000 100001 102004 110002 114005 115066 115068 130009..130012 130014 " +
    "141002",
} satisfies Partial<Record<TimErrorKind, string>>;

/** Failures of the backend that happen before it acts. */
const NOT_ACTED = "-10007 -200 -199 1003 51007 60014 60022 70017 70205 80003 80005 102004 114005 " +
  "115066 115068 100424";
/** Failures of the backend that stay however often one tries. */
const LASTING = "-202 -198 -1 110002";
/** Writes that collided: read again, wait a little, repeat. */
const COLLISIONS = "10056 20028 30008 100102";

let rows: Map<number, ErrorRow> | undefined;

/**
 * Looks an error code up.
 *
 * @example Is it worth another try?
 * ```ts
 * import { errorRow } from "@tim/edge";
 *
 * console.log(errorRow(60007).kind, errorRow(60007).retryable); // rate-limit after-delay
 * ```
 *
 * @param code The backend's `ErrorCode`.
 * @returns Its row; for a code that no page lists, kind `unknown` and never to be repeated.
 */
export function errorRow(code: number): ErrorRow {
  rows ??= build();
  return rows.get(code) ?? { code, kind: "unknown", retryable: false, outcomeUnknown: true };
}

/** Every code that the table holds. */
export function knownErrorCodes(): number[] {
  rows ??= build();
  return [...rows.keys()];
}

function build(): Map<number, ErrorRow> {
  const table = new Map<number, ErrorRow>();
  for (const [kind, list] of Object.entries(KINDS) as [TimErrorKind, string][]) {
    const server = kind === "server";
    const retryable = server || (kind === "rate-limit" && "after-delay");
    for (const code of expand(list)) {
      table.set(code, { code, kind, retryable, outcomeUnknown: server });
    }
  }
  const correct = (list: string, change: Partial<ErrorRow>) => {
    for (const code of expand(list)) Object.assign(table.get(code)!, change);
  };
  correct(NOT_ACTED, { retryable: true, outcomeUnknown: false });
  correct(LASTING, { retryable: false, outcomeUnknown: false });
  correct(COLLISIONS, { retryable: "after-delay" });
  return table;
}

/** `"3 7..9"` → 3, 7, 8, 9. */
function* expand(list: string): Generator<number> {
  for (const range of list.split(" ")) {
    const [first, last = first] = range.split("..").map(Number) as [number, number?];
    for (let code = first; code <= last; code++) yield code;
  }
}
