/**
 * What a scenario of the parity suite is made of.
 *
 * Names: `"$mira"` in a body is an account, group or room that this run has for itself; on the wire it gets the
 * run's prefix, in transcripts it is `$mira` again. `"<MsgKey 1>"` is the first value that the backend gave in a
 * field of that name, `"<LastMsgTime>"` the latest; `"<now-60>"` is the time in seconds, a minute ago.
 */

/** Changes of the request itself, for what is judged before any command. */
export interface RequestChange {
  /** Parameters of the URL; `null` leaves one out. A `usersig` given here is sent as it is. */
  query?: Record<string, string | null>;
  /** The body as text. */
  text?: string;
  /** Whom the UserSig is made for, where it is not the caller. */
  signFor?: string;
  /** When the UserSig is made, in seconds from now. */
  signedAt?: number;
  /** A byte of the UserSig's signature is changed. */
  forge?: true;
}

/** One call: the command, its body, the documented `ErrorCode` (0 when left out), a changed request. */
export type Step = readonly [
  command: string,
  body: object,
  code?: number,
  change?: RequestChange,
];

/** Calls that belong together, and the behaviour that they show. */
export interface Scenario {
  /** A sentence: what is so. */
  name: string;
  steps: readonly Step[];
  /** The step, from 0, before which a new second begins: what follows must lie within it. */
  freshSecond?: number;
  /** Calls that put back what accounts, groups and rooms do not take along when they are deleted. */
  after?: readonly Step[];
}

/** The scenarios of one part of the API. */
export interface Area {
  /** Its name in `expected.json`. */
  name: string;
  scenarios: readonly Scenario[];
}

/** What a call came to, with ids and times blanked. */
export interface Exchange {
  command: string;
  body: unknown;
  answer: unknown;
}

/** Imports accounts. */
export function accounts(...names: string[]): Step {
  return ["im_open_login_svc/multiaccount_import", { Accounts: names.map((name) => `$${name}`) }];
}

/** The body of a message that is one text. */
export function text(Text: string): object[] {
  return [{ MsgType: "TIMTextElem", MsgContent: { Text } }];
}
