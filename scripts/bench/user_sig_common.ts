/** What the UserSig benches of all runtimes share. */

/** How many signatures are under way at the same time, where they can be. */
export const IN_FLIGHT = 64;

/** A throw-away app. */
export const app = {
  sdkAppId: 1400000000,
  secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
};

/** What one way came to. */
export interface Figures {
  way: string;
  /** Mean length of a UserSig; absent where none is made. */
  characters?: number;
  /** Signatures a second. */
  rates: { oneAtATime: number; inFlight: number };
}

/** Another user every time, so that nothing can be remembered. */
export function requestFor(user: number): { identifier: string; expireSeconds: number } {
  return { identifier: `user_${user}`, expireSeconds: 86_400 };
}

/** The middle one. */
export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
