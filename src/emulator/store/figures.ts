/**
 * What is counted of an app, day by day.
 *
 * @module
 */

/** The figures that each command raises by one. */
const RAISED: Record<string, readonly string[]> = {
  "openim/sendmsg": ["UpMsgNum", "C2CUpMsgNum", "DownMsgNum", "C2CDownMsgNum"],
  "group_open_http_svc/send_group_msg": ["UpMsgNum", "GroupUpMsgNum"],
  "group_open_http_svc/create_group": ["GroupNewGroupNum"],
  "group_open_http_svc/destroy_group": ["GroupDestroyGroupNum"],
  "group_open_http_svc/add_group_member": ["GroupJoinGroupTimes"],
  "group_open_http_svc/delete_group_member": ["GroupQuitGroupTimes"],
  "sns/friend_add": ["ChainIncrease"],
  "sns/friend_delete": ["ChainDecrease"],
};

const NAMES = [...new Set([...Object.values(RAISED).flat(), "RegistUserNumOneDay"])];

const DAY = 86_400;

/** Figures by day, in UTC. */
export class Figures {
  /** The figures that are counted. */
  get names(): readonly string[] {
    return NAMES;
  }

  private readonly _days = new Map<number, Map<string, number>>();

  /** Counts a command that was carried out. */
  count(command: string, nowSeconds: number): void {
    for (const name of RAISED[command] ?? []) this.add(name, 1, nowSeconds);
  }

  /** Raises a figure. */
  add(name: string, by: number, nowSeconds: number): void {
    const day = Math.floor(nowSeconds / DAY);
    let counts = this._days.get(day);
    if (!counts) this._days.set(day, counts = new Map());
    counts.set(name, (counts.get(name) ?? 0) + by);
  }

  /** The days up to now that have any figures, and today; the newest first. */
  days(nowSeconds: number, most: number): { day: string; counts: ReadonlyMap<string, number> }[] {
    const today = Math.floor(nowSeconds / DAY);
    const days = [...this._days.keys(), today].filter((day) => day > today - most && day <= today);
    return [...new Set(days)].sort((a, b) => b - a).map((day) => ({
      day: new Date(day * DAY * 1000).toISOString().slice(0, 10).replaceAll("-", ""),
      counts: this._days.get(day) ?? new Map(),
    }));
  }
}
