/** What an app might do with groups: a club that comes about with its first member. */
import { isApiError, type TimClient } from "@tim/edge";

/** Lets somebody into a club; who comes first becomes its owner. */
export async function joinClub(tim: TimClient, GroupId: string, user: string): Promise<void> {
  await tim.call("im_open_login_svc/account_import", { UserID: user });
  try {
    await tim.call("group_open_http_svc/add_group_member", {
      GroupId,
      MemberList: [{ Member_Account: user }],
    });
  } catch (error) {
    if (!isApiError(error, 10010)) throw error; // 10010: there is no such group
    await tim.call("group_open_http_svc/create_group", {
      GroupId,
      Name: GroupId,
      Type: "Public",
      Owner_Account: user,
    });
  }
}
