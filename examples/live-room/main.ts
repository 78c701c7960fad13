/** A live room from its creation through seats and gifts to its end. */
import process from "node:process";
import { isApiError } from "@tim/edge";
import { createTim } from "@tim/edge/api";

const { account, live } = createTim({
  sdkAppId: Number(process.env.TIM_SDK_APP_ID),
  secretKey: process.env.TIM_SECRET_KEY!,
  baseUrl: process.env.TIM_BASE_URL,
  region: process.env.TIM_REGION,
});
const RoomId = "coffee_hour";

await account.multiaccountImport({ Accounts: ["mira", "omar"] });

// The room, and two guests in it.
await live.createRoom({
  RoomInfo: {
    RoomId,
    RoomType: "Live",
    RoomName: "Coffee hour",
    Owner_Account: "mira",
    SeatTemplate: "AudioSalon",
    MaxSeatCount: 4,
  },
});
try {
  await live.addRobot({ RoomId, RobotList_Account: ["omar"] });
  await live.pickUserOnSeat({ RoomId, Member_Account: "omar", Index: 2 });
  console.log((await live.getSeatList({ RoomId })).Response);

  // A gift: the catalogue keeps it from the last time.
  await live.addGift({ GiftId: "rose", DefaultName: "Rose", Coins: 10 }).catch((error) => {
    if (!isApiError(error, 100002)) throw error; // 100002: there is one of that name
  });
  await live.sendGift({
    RoomId,
    GiftId: "rose",
    Count: 3,
    From_Account: "omar",
    ReceiverList_Account: ["mira"],
  });
  console.log((await live.getRoomStats({ RoomId })).Response);
} finally {
  await live.destroyRoom({ RoomId });
}
