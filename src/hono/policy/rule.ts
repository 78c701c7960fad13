/**
 * Rules as data: who may call what, and under which conditions.
 *
 * @module
 */

/**
 * A value in a rule: what it says, or `"$caller"` for the caller's identifier, `"$claim.name"` or
 * `"$claim.path.to.name"` for a claim of the token, `"$body.Path.To.Field"` for a field of the request. A text
 * that begins with a dollar sign is written with two.
 *
 * @example Fields that callers cannot choose
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, type HookCaller, type RuleValue } from "@tim/edge/hono";
 *
 * const set: Record<string, RuleValue> = {
 *   From_Account: "$caller", // whoever asks
 *   CloudCustomData: "$claim.tenant", // what is known of the caller
 *   SyncOtherMachine: 2, // as it stands
 * };
 * const alice: HookCaller = { identifier: "alice", claims: { tenant: "acme" } };
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   authenticate: ({ headers }) => headers.get("x-session") === "5f0c" ? alice : undefined,
 *   policy: [{ roles: ["*"], commands: ["openim/sendmsg"], set }],
 * });
 * const call = { headers: { "x-session": "5f0c" }, body: '{ "command": "openim/sendmsg" }' };
 * const why = await gateway.request("/why", { method: "POST", ...call });
 * console.log((await why.json()).body.CloudCustomData); // acme
 * ```
 */
export type RuleValue = string | number | boolean | null;

/**
 * What must be true of the request, or of an object that it is about. Exactly one of `equals`, `oneOf`,
 * `startsWith` and `absent` says what.
 *
 * @example Three things that must be true of a request
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { type Condition, createGateway } from "@tim/edge/hono";
 *
 * const when: Condition[] = [
 *   { field: "To_Account[]", startsWith: "staff-" },
 *   { field: "SyncOtherMachine", oneOf: [1, 2], optional: true },
 *   { field: "OfflinePushInfo", absent: true },
 * ];
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "reports" }],
 *   policy: [{ roles: ["*"], commands: ["openim/batchsendmsg"], when }],
 * });
 * console.log(gateway.listPolicy()[0]?.when[1]); // SyncOtherMachine is one of 1, 2, if given
 * ```
 */
export interface Condition {
  /**
   * Which field: `From_Account`, `RoomInfo.RoomId`; `MemberList[].Member_Account` is that of every entry. No
   * rule holds for a body that writes it in another case, or has something else where the path wants a list
   * or an object. An empty list counts as missing.
   */
  field: string;
  /** It has this value. */
  equals?: RuleValue;
  /** It has one of these values. */
  oneOf?: readonly RuleValue[];
  /** It is a text that begins with this one. */
  startsWith?: string;
  /** It is not there. */
  absent?: true;
  /** It may also be missing. @default {false} */
  optional?: boolean;
  /** Look at the answer of this command, called first, instead of at the request. */
  lookup?: Lookup;
}

/**
 * The call that looks an object up. It counts against the backend's limits like any other.
 *
 * @example Whoever owns a group may end it
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, type Lookup } from "@tim/edge/hono";
 *
 * const lookup: Lookup = {
 *   command: "group_open_http_svc/get_group_info",
 *   body: { GroupIdList: ["$body.GroupId"] },
 * };
 * const owned = { lookup, field: "GroupInfo[].Owner_Account", equals: "$caller" };
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "reports" }],
 *   policy: [{ roles: ["*"], commands: ["group_open_http_svc/destroy_group"], when: [owned] }],
 * });
 * const [condition] = gateway.listPolicy()[0]!.when;
 * console.log(condition?.split(",")[0]); // GroupInfo[].Owner_Account is the caller
 * ```
 */
export interface Lookup {
  /** `service/command`, one that only reads. */
  command: string;
  /** Its body; values as in rules: `{ "RoomId": "$body.RoomId" }`. */
  body: Readonly<Record<string, unknown>>;
}

/**
 * One rule: allows commands to roles. What no rule allows is refused.
 *
 * @example Messages go out in the caller's own name
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, hashApiKey, makeApiKey, type PolicyRule } from "@tim/edge/hono";
 *
 * const rule: PolicyRule = {
 *   roles: ["*"],
 *   commands: ["openim/sendmsg"],
 *   set: { From_Account: "$caller" },
 * };
 * const client = new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" });
 * const key = makeApiKey();
 * const apiKeys = [{ sha256: await hashApiKey(key), identifier: "alice" }];
 * const gateway = createGateway({ client, apiKeys, policy: [rule] });
 * const asked = { command: "openim/sendmsg", body: { From_Account: "bob", To_Account: "mira" } };
 * const call = { method: "POST", headers: { "x-api-key": key }, body: JSON.stringify(asked) };
 * const why = await (await gateway.request("/why", call)).json();
 * console.log(why.body); // {"From_Account":"alice","To_Account":"mira"}
 * ```
 */
export interface PolicyRule {
  /** What it is called in explanations. @default {"rule 1"}, and so on */
  name?: string;
  /** Who: callers with one of these roles; `"*"` is every caller who proved who it is. */
  roles: readonly string[];
  /**
   * What: `"service/command"`, `"service/*"`, `"service/get_*"`, or `"*"`. A name that is that of a command
   * or of a rule but for its case is refused.
   */
  commands: readonly string[];
  /** Commands that `commands` names and the rule does not allow. */
  except?: readonly string[];
  /** What must be true, all of it. @default {[]} */
  when?: readonly Condition[];
  /** Fields that are set whatever the caller wrote: `{ "From_Account": "$caller" }`. */
  set?: Readonly<Record<string, RuleValue>>;
  /** Fields that are taken out. */
  remove?: readonly string[];
}

/**
 * Rules, in their order: the first that is for the caller and the command, and whose conditions hold,
 * decides what goes out.
 *
 * @example Owners end their rooms, moderators anybody's
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, type PolicyRule } from "@tim/edge/hono";
 *
 * const policy: PolicyRule[] = [
 *   { roles: ["*"], commands: ["live_engine_http_srv/get_room_info"] },
 *   { roles: ["moderator"], commands: ["live_engine_http_srv/*"] },
 *   {
 *     name: "own rooms",
 *     roles: ["*"],
 *     commands: ["live_engine_http_srv/destroy_room"],
 *     when: [{
 *       lookup: {
 *         command: "live_engine_http_srv/get_room_info",
 *         body: { RoomId: "$body.RoomId" },
 *       },
 *       field: "Response.RoomInfo.Owner_Account",
 *       equals: "$caller",
 *     }],
 *   },
 * ];
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   jwt: {
 *     jwksUrl: "https://login.example.com/.well-known/jwks.json",
 *     issuer: "https://login.example.com",
 *     audience: "chat",
 *     algorithms: ["ES256"],
 *   },
 *   policy,
 * });
 * console.log(gateway.listPolicy().length); // 3
 * ```
 */
export type Policy = readonly PolicyRule[];
