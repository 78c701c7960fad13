/**
 * What the compiler must accept, refuse and infer of pages and batches; `deno check` is the test.
 */

import type { TimClient } from "../../mod.ts";
import { type PagedCommand, type PageItem, paginate, type Tim } from "../../src/api/mod.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true
  : false;
type IsAny<T> = 0 extends 1 & T ? true : false;
/** Fails to compile unless its type is exactly `true`. */
function holds<_Claim extends true>(): void {}

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
