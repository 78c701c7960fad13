import { accounts as imported, type Area } from "../scenario.ts";

const S = "im_open_login_svc";
const check = (...names: string[]) => ({
  CheckItem: names.map((name) => ({ UserID: `$${name}` })),
});
const remove = (...names: string[]) => ({
  DeleteItem: names.map((name) => ({ UserID: `$${name}` })),
});

/** Importing, checking, deleting, kicking; the state of logins. */
export const accounts: Area = {
  name: "accounts",
  scenarios: [
    {
      name: "an account is imported, found, imported again, deleted and gone",
      steps: [
        [`${S}/account_check`, check("mira")],
        [`${S}/account_import`, {
          UserID: "$mira",
          Nick: "Mira",
          FaceUrl: "https://img.example.org/m",
        }],
        [`${S}/account_check`, check("mira")],
        [`${S}/account_import`, { UserID: "$mira", Nick: "Mira 2" }],
        ["profile/portrait_get", { To_Account: ["$mira"], TagList: ["Tag_Profile_IM_Nick"] }],
        [`${S}/account_delete`, remove("mira")],
        [`${S}/account_check`, check("mira")],
        [`${S}/account_delete`, remove("mira")],
      ],
    },
    {
      name: "many accounts are imported at once; doubles do no harm",
      steps: [
        [`${S}/multiaccount_import`, { Accounts: ["$mira", "$omar", "$mira"] }],
        [`${S}/account_check`, check("mira", "omar", "ghost")],
        [`${S}/multiaccount_import`, { Accounts: ["$lin", ""] }],
        [`${S}/account_delete`, remove("mira", "ghost")],
      ],
    },
    {
      name: "bodies that break a rule have their codes",
      steps: [
        [`${S}/account_import`, {}, 70402],
        [`${S}/account_import`, { UserID: "" }, 70402],
        [`${S}/account_import`, { UserID: "$" + "x".repeat(33) }, 70402],
        [`${S}/multiaccount_import`, {}, 70402],
        [
          `${S}/multiaccount_import`,
          { Accounts: Array.from({ length: 101 }, (_, at) => `$n${at}`) },
          70402,
        ],
      ],
    },
    {
      name: "a login state is ended whether there is one or not",
      steps: [
        imported("mira"),
        [`${S}/kick`, { UserID: "$mira" }],
        [`${S}/kick`, { UserID: "$ghost" }, 70107],
        ["openim/query_online_status", { To_Account: ["$mira", "$ghost"], IsNeedDetail: 1 }],
        ["openim/query_online_status", { To_Account: [] }, 90001],
      ],
    },
    {
      name: "a mute in the whole app is set, read and lifted",
      steps: [
        imported("mira"),
        ["openconfigsvr/setnospeaking", { Set_Account: "$mira", C2CmsgNospeakingTime: 4294967295 }],
        ["openconfigsvr/getnospeaking", { Get_Account: "$mira" }],
        ["openconfigsvr/setnospeaking", { Set_Account: "$mira", C2CmsgNospeakingTime: 0 }],
        ["openconfigsvr/getnospeaking", { Get_Account: "$mira" }],
        ["openconfigsvr/setnospeaking", { Set_Account: "$mira" }, 130008],
        ["openconfigsvr/setnospeaking", { Set_Account: "$ghost", C2CmsgNospeakingTime: 1 }, 130005],
        ["openconfigsvr/getnospeaking", { Get_Account: "$ghost" }, 130003],
      ],
    },
  ],
};
