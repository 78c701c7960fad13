/**
 * Fields of profiles, as lists of friends show them.
 *
 * @module
 */

import type { World } from "../store/world.ts";

/** The value of a `Tag_Profile_…` field; none when it was never set. */
export function profileValue(
  world: World,
  account: string,
  tag: string,
): string | number | undefined {
  return world.accounts.profileValue(account, tag);
}
