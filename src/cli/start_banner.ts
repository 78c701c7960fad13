/**
 * What `tim start` prints: who talks to whom, and lines to paste.
 *
 * @module
 */

import type { TimClient } from "../core/client.ts";

/** What the banner tells. */
export interface BannerFacts {
  gateway: string;
  client: TimClient;
  /** Whether the backend is the emulator that was started too. */
  embedded: boolean;
  allow: readonly string[];
  /** A JWT for alice, who is an operator. */
  token: string;
  /** Whether callbacks are received. */
  callbacks: boolean;
}

/** Writes the banner. */
export function banner(told: BannerFacts): string {
  const { gateway, client, embedded, allow, token, callbacks } = told;
  const facts = [
    ["Gateway", gateway],
    ["Console", `${gateway}/  in a browser; sign in with the token below`],
    ["Reference", `${gateway}/docs  to read and try the commands`],
    [
      "Backend",
      `${client.baseUrl}  ${embedded ? "(embedded emulator)" : "(not an emulator of ours)"}`,
    ],
    ...embedded ? [["Emulator", `${client.baseUrl}/_emulator/  shows what it holds`]] : [],
    ["App", `SDKAppID ${client.sdkAppId}, administrator "${client.identifier}"`],
    [
      "Key",
      embedded
        ? "the emulator's well-known one, refused elsewhere"
        : "from TIM_SECRET_KEY, not shown; it stays in this process",
    ],
    ["Commands", allow.join(", ")],
    ["Callbacks", callbackLine(gateway, embedded, callbacks)],
    ["Callers", "JWTs of a key made at this start; one for alice, for 12 hours:"],
  ];
  return `
tim-edge is running

${facts.map(([name, value]) => `  ${name!.padEnd(9)} ${value}`).join("\n")}

AUTH="Authorization: Bearer ${token}"

${samples(embedded).map((sample) => sample(gateway)).join("\n\n")}

Ctrl-C ends it.
`;
}

function callbackLine(gateway: string, embedded: boolean, received: boolean): string {
  if (!received) return "not received: TIM_WEBHOOK_TOKEN is not set";
  return `${gateway}/webhooks  ${embedded ? "(the emulator sends its own there)" : ""}`.trimEnd();
}

/** The same as data, for `--json`. */
export function bannerData(
  { gateway, client, embedded, allow, token, callbacks }: BannerFacts,
): Record<string, unknown> {
  const { baseUrl: backend, sdkAppId, identifier } = client;
  return {
    ...{ gateway, console: `${gateway}/`, reference: `${gateway}/docs` },
    ...{ backend, embedded, sdkAppId, identifier, allow, token, callbacks },
  };
}

type Sample = (gateway: string) => string;

function samples(embedded: boolean): Sample[] {
  const call = (title: string, command: string, body: object): Sample => (gateway) =>
    `# ${title}\ncurl -sw '\\n' -H "$AUTH" -d '${
      JSON.stringify(body)
    }' \\\n  ${gateway}/v4/${command}`;
  const RoomId = "live_coffee_7";
  return [
    (gateway) => `# A UserSig for alice\ncurl -sw '\\n' -X POST -H "$AUTH" ${gateway}/usersig`,
    call("The app's groups", "group_open_http_svc/get_appid_group_list", { Limit: 2 }),
    // A real app is not written to just because somebody pasted a sample.
    ...embedded
      ? [
        call("Create a live room", "live_engine_http_srv/create_room", {
          RoomInfo: { RoomId, RoomType: "Live", RoomName: "Morning coffee" },
        }),
        call("Read it back", "live_engine_http_srv/get_room_info", { RoomId }),
      ]
      : [],
  ];
}
