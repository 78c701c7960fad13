import type { Area } from "../scenario.ts";
import { accounts } from "./accounts.ts";
import { friends } from "./friends.ts";
import { groupMembers } from "./group_members.ts";
import { groupMessages } from "./group_messages.ts";
import { groups } from "./groups.ts";
import { liveRooms } from "./live_rooms.ts";
import { messages } from "./messages.ts";
import { officialAccounts } from "./official_accounts.ts";
import { profiles } from "./profiles.ts";
import { protocol } from "./protocol.ts";
import { recentContacts } from "./recent_contacts.ts";
import { rooms } from "./rooms.ts";
import { seats } from "./seats.ts";
import { topics } from "./topics.ts";

/** Every part of the API that there are scenarios of. */
export const areas: readonly Area[] = [
  protocol,
  accounts,
  profiles,
  friends,
  messages,
  recentContacts,
  groups,
  groupMembers,
  groupMessages,
  topics,
  rooms,
  seats,
  liveRooms,
  officialAccounts,
];
