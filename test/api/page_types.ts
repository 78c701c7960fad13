/**
 * What the compiler must accept, refuse and infer of pages and batches; `deno check` is the test.
 */

import type { TimClient } from "../../mod.ts";
import {
  type AccountAccountCheckResponse,
  callInBatches,
  type PagedCommand,
  type PageItem,
  paginate,
  type Tim,
} from "../../src/api/mod.ts";
import { type Equal, holds, type IsAny } from "../support/type_claims.ts";

/** The paged commands whose items have no type of their own. */
type Untyped = {
  [C in PagedCommand]: true extends IsAny<PageItem<C>> | Equal<PageItem<C>, never> ? C : never;
}[PagedCommand];
holds<Equal<Untyped, never>>();

export async function pagesOf(tim: Tim, plain: TimClient) {
  for await (const group of paginate(tim, "group_open_http_svc/get_appid_group_list")) {
    holds<Equal<typeof group, { GroupId: string }>>();
  }
  const members = await paginate(plain, "live_engine_http_srv/get_member_list", { RoomId: "r" })
    .toArray({ limit: 10 });
  holds<Equal<(typeof members)[number]["Member_Account"], string | undefined>>();
  // @ts-expect-error: the room is missing
  paginate(tim, "live_engine_http_srv/get_member_list", {});
  // @ts-expect-error: the body is missing
  paginate(tim, "live_engine_http_srv/get_member_list");
  // @ts-expect-error: no such field
  paginate(tim, "group_open_http_svc/get_appid_group_list", { Limt: 2 });
  // @ts-expect-error: it does not answer in pages
  paginate(tim, "live_engine_http_srv/create_room", {
    RoomInfo: { RoomId: "r", RoomType: "Live" },
  });
}

export async function batchesOf(tim: Tim, plain: TimClient) {
  const { answers, failed } = await callInBatches(tim, "im_open_login_svc/account_check", {
    CheckItem: [{ UserID: "mira" }],
  }, { concurrency: 2, timeoutMs: 9000 });
  holds<Equal<(typeof answers)[number], AccountAccountCheckResponse>>();
  holds<Equal<(typeof failed)[number]["code"], number | undefined>>();
  // The list may be left out of one call, but not of a batch.
  await callInBatches(plain, "group_open_http_svc/send_group_system_notification", {
    GroupId: "g",
    Content: "hello",
    ToMembers_Account: ["mira"],
  });
  // @ts-expect-error: the list is missing
  callInBatches(tim, "group_open_http_svc/send_group_system_notification", {
    GroupId: "g",
    Content: "hello",
  });
  // @ts-expect-error: the list is missing
  callInBatches(tim, "im_open_login_svc/multiaccount_import", { Accounts: ["mira"] });
  // @ts-expect-error: no such field
  callInBatches(tim, "im_open_login_svc/account_check", { CheckItem: [{ UserId: "mira" }] });
  // @ts-expect-error: it takes no list
  callInBatches(tim, "im_open_login_svc/account_import", { UserID: "mira" });
}
