/** Lists the app's groups, page by page, with name, type and size. */
import process from "node:process";
import { createTim, paginate } from "@tim/edge/api";

const tim = createTim({
  sdkAppId: Number(process.env.TIM_SDK_APP_ID),
  secretKey: process.env.TIM_SECRET_KEY!,
  baseUrl: process.env.TIM_BASE_URL,
  region: process.env.TIM_REGION,
});

const groups = paginate(tim, "group_open_http_svc/get_appid_group_list", { Limit: 50 });
for await (const { items, total } of groups.pages()) {
  if (total === 0) console.log("The app has no groups yet");
  if (items.length === 0) break;
  const { GroupInfo } = await tim.group.getGroupInfo({
    GroupIdList: items.map(({ GroupId }) => GroupId),
  });
  for (const { GroupId, Name, Type, MemberNum } of GroupInfo) {
    console.log(`${GroupId}\t${Name}\t${Type}\t${MemberNum} members`);
  }
}
