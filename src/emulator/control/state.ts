/**
 * What there is in a world, in short: for people and for tests.
 *
 * @module
 */

import { firstOf } from "../store/first_of.ts";
import type { RunningApp } from "../worlds/running_app.ts";

/** How many of each kind are listed. */
const LISTED = 100;

/** Shows an app's world; long lists are cut after a hundred. */
export function stateOf(app: RunningApp): object {
  const { world } = app;
  const groups = world.groups.list().page(0, LISTED).items;
  return {
    sdkAppId: app.sdkAppId,
    admins: [...app.admins],
    trial: app.trial,
    calls: app.calls,
    accounts: { total: world.accounts.size, list: world.accounts.first(LISTED) },
    groups: {
      total: world.groups.list().size,
      list: groups.map(({ id, type, name, owner, members }) => ({
        id,
        type,
        name,
        owner,
        members: members.size,
      })),
    },
    rooms: {
      total: world.rooms.size,
      list: firstOf(world.rooms.values(), LISTED).map((room) => ({
        id: room.id,
        type: room.type,
        owner: room.owner,
        members: room.members.size,
      })),
    },
  };
}
