/**
 * The backend's own limit for each command, shared fairly: it counts for the whole app, so one caller could
 * spend it for all.
 *
 * @module
 */

/** Calls of one command within the running period. */
interface Window {
  from: number;
  total: number;
  byCaller: Map<string, number>;
  /** How many callers there were in the period before. */
  before: number;
}

/** Shares the calls of each command. */
export interface FairShare {
  /**
   * Takes one call.
   *
   * @param command The command.
   * @param caller Who calls.
   * @param perSecond Calls a second that the whole app may make.
   * @returns `0`, or the milliseconds to wait, and for whose sake.
   */
  take(command: string, caller: string, perSecond: number): { waitMs: number; own: boolean };
}

/**
 * Counts in this process. A caller gets an equal part of the limit among those who called in this period
 * and the one before, and never more than half of it: whoever comes next finds something left.
 *
 * @param instances Among how many processes the limit is divided.
 */
export function fairShare(instances: number): FairShare {
  const windows = new Map<string, Window>();
  return {
    take(command, caller, perSecond) {
      // Below one call a second the period grows until it holds one.
      const ceiling = Math.max(1, Math.floor(perSecond / instances));
      const periodMs = 1000 * ceiling * instances / perSecond;
      const now = Date.now();
      let window = windows.get(command);
      if (window === undefined || now - window.from >= periodMs || now < window.from) {
        const last = window !== undefined && now - window.from < 2 * periodMs ? window : undefined;
        window = { from: now, total: 0, byCaller: new Map(), before: last?.byCaller.size ?? 0 };
        windows.set(command, window);
      }
      const used = window.byCaller.get(caller) ?? 0;
      const others = Math.max(2, window.before, window.byCaller.size + (used === 0 ? 1 : 0));
      const share = Math.max(1, Math.floor(ceiling / others));
      const own = used >= share;
      if (own || window.total >= ceiling) {
        return { waitMs: Math.ceil(window.from + periodMs - now), own };
      }
      window.total++;
      window.byCaller.set(caller, used + 1);
      return { waitMs: 0, own };
    },
  };
}
