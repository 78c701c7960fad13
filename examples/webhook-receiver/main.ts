/** Receives the backend's callbacks: refuses a word before a message goes out, and tells of new members. */
import process from "node:process";
import { refuse, webhookHandler } from "@tim/edge/webhooks";

export default {
  fetch: webhookHandler({
    sdkAppId: Number(process.env.TIM_SDK_APP_ID),
    // Missing, it is an error: unsigned callbacks are anybody's.
    token: process.env.TIM_CALLBACK_TOKEN ?? "",
    on: {
      "Group.CallbackBeforeSendMsg": (event) => {
        const { From_Account, MsgBody } = event.body;
        if (!JSON.stringify(MsgBody).includes("casino")) return; // it goes out as it is
        console.log(`${From_Account} may not say that`);
        return refuse(event, 10101, "Not here");
      },
      "Group.CallbackAfterNewMemberJoin": ({ body }) => {
        console.log(`new in ${body.GroupId}:`, body.NewMemberList);
      },
    },
  }),
};
