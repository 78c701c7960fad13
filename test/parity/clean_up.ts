/** Deletes what a run has made, however it ended. */

import type { Caller } from "./caller.ts";

type Body = Record<string, unknown>;

/** Where each kind of thing is made and how it is deleted; in this order, since rooms and groups have members. */
const KINDS: readonly {
  made: Record<string, (body: Body, answer: Body) => unknown>;
  remove: (id: string) => [command: string, body: object];
}[] = [
  {
    made: { "live_engine_http_srv/create_room": roomId },
    remove: (RoomId) => ["live_engine_http_srv/destroy_room", { RoomId }],
  },
  {
    made: { "room_engine_http_srv/create_room": roomId },
    remove: (RoomId) => ["room_engine_http_srv/destroy_room", { RoomId }],
  },
  {
    made: {
      "group_open_http_svc/create_group": (_body, { GroupId }) => GroupId,
      "group_open_http_svc/import_group": (_body, { GroupId }) => GroupId,
    },
    remove: (GroupId) => ["group_open_http_svc/destroy_group", { GroupId }],
  },
  {
    made: {
      "official_account_open_http_svc/create_official_account": (_body, answer) =>
        answer.OfficialAccountUserID,
    },
    remove: (Official_Account) => [
      "official_account_open_http_svc/destroy_official_account",
      { Official_Account },
    ],
  },
  {
    made: { "openim_robot_http_svc/create_robot": ({ UserID }) => UserID },
    remove: (Robot_Account) => ["openim_robot_http_svc/delete_robot", { Robot_Account }],
  },
  {
    made: {
      "im_open_login_svc/account_import": ({ UserID }) => UserID,
      "im_open_login_svc/multiaccount_import": ({ Accounts }) => Accounts,
    },
    remove: (UserID) => ["im_open_login_svc/account_delete", { DeleteItem: [{ UserID }] }],
  },
];

function roomId({ RoomInfo }: Body): unknown {
  return (RoomInfo as Body | undefined)?.RoomId ?? [];
}

/** What a scenario has made. */
export class Made {
  readonly #ids = KINDS.map(() => new Set<string>());
  readonly #own: string;

  /** @param run What the run's own ids hold; nothing else is ever deleted. */
  constructor(run: string) {
    this.#own = `${run}_`;
  }

  /** Takes down what a call made. */
  note(command: string, body: unknown, answer: Body): void {
    if (answer.ErrorCode !== 0) return;
    KINDS.forEach(({ made }, at) => {
      for (const id of [made[command]?.(body as Body, answer) ?? []].flat()) {
        // What was made without an id of its own got one from the backend, in answer to this very call.
        if (String(id).includes(this.#own) || /create_(group|official_account)$/.test(command)) {
          this.#ids[at]!.add(String(id));
        }
      }
    });
  }

  /** Deletes it all; tells what may be left over. */
  async remove(call: Caller): Promise<string[]> {
    const left: string[] = [];
    for (const [at, { remove }] of KINDS.entries()) {
      for (const id of this.#ids[at]!) {
        const [command, body] = remove(id);
        try {
          const { ErrorCode } = await call(command, body);
          if (ErrorCode !== 0 && !GONE.has(ErrorCode as number)) left.push(`${id} (${ErrorCode})`);
        } catch (error) {
          left.push(`${id} (${(error as Error).message})`);
        }
      }
      this.#ids[at]!.clear();
    }
    return left;
  }
}

/** Codes of things that the scenario itself has deleted already. */
const GONE = new Set([10010, 10015, 70107, 100004, 130004, 90001, 110003]);
