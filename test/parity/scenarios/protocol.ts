import type { Area, Step } from "../scenario.ts";

const CHECK = "im_open_login_svc/account_check";
const body = { CheckItem: [{ UserID: "$nobody" }] };
/** One harmless call with its request changed. */
const ask = (code: number, change: Step[3]): Step => [CHECK, body, code, change];
const noApp = { sdkappid: "1" };

/** What is judged before any command, and in which order. */
export const protocol: Area = {
  name: "protocol",
  scenarios: [
    {
      name: "each parameter of the URL has its code when it is missing",
      steps: [
        ask(0, {}),
        ask(60012, { query: { sdkappid: null } }),
        ask(60004, { query: { identifier: null } }),
        ask(70002, { query: { usersig: null } }),
        ask(60002, { query: { random: null } }),
        ask(60002, { query: { contenttype: null } }),
      ],
    },
    {
      name: "each fault of a UserSig has its code",
      steps: [
        ask(70003, { query: { usersig: "eJw-cut" } }),
        ask(70009, { forge: true }),
        ask(70013, { signFor: "$somebody" }),
        ask(70001, { signedAt: -86_400 }),
      ],
    },
    {
      name: "who is no administrator is told so, after the UserSig was judged",
      steps: [
        ask(60010, { query: { identifier: "$somebody" }, signFor: "$somebody" }),
        ask(70009, { query: { identifier: "$somebody" }, signFor: "$somebody", forge: true }),
      ],
    },
    {
      name: "the app is judged before the UserSig, the UserSig before the body",
      steps: [
        ask(60006, { query: { ...noApp, usersig: "broken" } }),
        ask(70003, { query: { usersig: "broken" }, text: "{" }),
        ask(60003, { text: "{" }),
        ask(60003, { text: "" }),
        ask(60003, { text: "[]" }),
      ],
    },
    {
      name: "an unknown service and an unknown command are told apart",
      steps: [
        ["no_such_svc/account_check", body, 60009],
        ["im_open_login_svc/no_such_command", body, 60008],
        ["openim/no_such_command", body, 60008],
        ["group_open_http_svc/no_such_command", body, 10003],
        ["live_engine_http_srv/no_such_command", body, 60008],
      ],
    },
    {
      name: "an account must be a string, and unknown fields are let through",
      steps: [
        [CHECK, { CheckItem: [{ UserID: 17 }] }, 60015],
        [CHECK, { ...body, Unheard: { Of: 1 } }],
      ],
    },
  ],
};
