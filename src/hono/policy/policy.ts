/**
 * The policy: judges a call, tells why, and lists itself.
 *
 * @module
 */

import type { Caller } from "../auth/caller.ts";
import type { Catalogue } from "./catalogue.ts";
import { type CompiledRule, compileRule } from "./compile.ts";
import type { LookUp } from "./condition.ts";
import type { Policy } from "./rule.ts";
import type { Asked } from "./values.ts";

/** What became of a call. */
export type Decision =
  | { allowed: true; rule: string; body: Record<string, unknown> }
  | { allowed: false; because: string };

/**
 * Why a call would be allowed or refused.
 *
 * @example Why a call would be refused
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, type Explanation, hashApiKey, makeApiKey } from "@tim/edge/hono";
 *
 * const key = makeApiKey();
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: await hashApiKey(key), identifier: "reports", roles: ["reader"] }],
 *   policy: [{ name: "writing", roles: ["editor"], commands: ["openim/*"] }],
 * });
 * const answer = await gateway.request("/why", {
 *   method: "POST",
 *   headers: { "x-api-key": key },
 *   body: JSON.stringify({ command: "openim/sendmsg" }),
 * });
 * const { allowed, rules }: Explanation = await answer.json();
 * console.log(allowed, rules[0]?.rule, rules[0]?.says); // false writing is for editor
 * ```
 */
export interface Explanation {
  /** Whether it would be allowed. */
  allowed: boolean;
  /** The reason, in one sentence. */
  because: string;
  /** What each rule says of it. */
  rules: { rule: string; says: string }[];
  /** The body that would go out. */
  body?: Record<string, unknown>;
}

/**
 * One rule of the effective policy.
 *
 * @example The policy as a table
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, type ListedRule } from "@tim/edge/hono";
 *
 * const row = ({ rule, roles, when }: ListedRule) => `${rule} (${roles}): ${when}`;
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "reports" }],
 *   policy: [{
 *     name: "teams",
 *     roles: ["support"],
 *     commands: ["group_open_http_svc/send_group_msg"],
 *     when: [{ field: "GroupId", startsWith: "team-" }],
 *   }],
 * });
 * console.log(gateway.listPolicy().map(row)[0]); // teams (support): GroupId begins with "team-"
 * ```
 */
export interface ListedRule {
  /** Its name. */
  rule: string;
  /** The roles that it is for. */
  roles: readonly string[];
  /** Its commands: every one by name where the gateway knows the catalogue, else the patterns. */
  commands: string[];
  /** Its conditions, in words. */
  when: string[];
  /** The fields that it sets. */
  set: Readonly<Record<string, unknown>>;
  /** The fields that it takes out. */
  remove: readonly string[];
}

/** A policy that was checked at start. */
export interface CompiledPolicy {
  /** The rules for a caller and a command; none means refused whatever the body. */
  rulesFor(caller: Caller, command: string): readonly CompiledRule[];
  /** Whether any rule names a command, for whomever. */
  names(command: string): boolean;
  /** Judges a call by the rules for it: the first that holds decides. */
  judge(
    rules: readonly CompiledRule[],
    caller: Caller,
    body: Record<string, unknown>,
    lookUp: LookUp,
  ): Promise<Decision> | Decision;
  /** Explains what {@linkcode CompiledPolicy.judge} would say. */
  why(
    caller: Caller,
    command: string,
    body: Record<string, unknown>,
    lookUp: LookUp,
  ): Promise<Explanation>;
  /** The rules for a caller, or all of them. */
  list(caller?: Caller): ListedRule[];
}

/**
 * Compiles a policy.
 *
 * @throws {ConfigError} When anything in it is misspelt or means nothing.
 */
export function compilePolicy(policy: Policy, catalogue: Catalogue): CompiledPolicy {
  const rules = policy.map((rule, index) => compileRule(rule, index, catalogue));
  const spelt = new Map([...catalogue.keys()].map((name) => [name.toLowerCase(), name]));

  /**
   * Whether a command is another one but for its case: a backend that reads names without regard to case
   * would take it for that one, past the rules for it.
   */
  function disguised(command: string): boolean {
    const known = spelt.get(command.toLowerCase());
    if (known !== undefined) return known !== command;
    return rules.some((rule) => rule.disguised(command));
  }

  /** Goes on from a rule; waits only where a condition looks something up. */
  function judge(
    candidates: readonly CompiledRule[],
    asked: Asked,
    lookUp: LookUp,
    reasons: readonly string[] = [],
  ): Promise<Decision> | Decision {
    const [rule, ...others] = candidates;
    if (rule === undefined) return { allowed: false, because: reasons.join("; ") };
    const decide = (reason: string | undefined) =>
      reason === undefined
        ? { allowed: true, rule: rule.name, body: rule.rewrite(asked) } as const
        : judge(others, asked, lookUp, [...reasons, `${rule.name}: ${reason}`]);
    const reason = rule.fails(asked, lookUp);
    return reason instanceof Promise ? reason.then(decide) : decide(reason);
  }

  return {
    rulesFor: (caller, command) =>
      disguised(command)
        ? []
        : rules.filter(({ names, isFor }) => names(command) && isFor(caller.roles)),
    names: (command) => rules.some((rule) => rule.names(command)),
    judge: (candidates, caller, body, lookUp) => judge(candidates, { caller, body }, lookUp),
    async why(caller, command, body, lookUp) {
      const said: Explanation["rules"] = [];
      const other = disguised(command);
      for (const rule of rules) {
        let says = "allows it";
        if (other || !rule.names(command)) says = "is about other commands";
        else if (!rule.isFor(caller.roles)) says = `is for ${rule.rule.roles.join(", ")}`;
        else says = await rule.fails({ caller, body }, lookUp) ?? says;
        said.push({ rule: rule.name, says });
      }
      const first = rules[said.findIndex(({ says }) => says === "allows it")];
      return {
        allowed: first !== undefined,
        because: first === undefined
          ? `no rule allows ${command} to ${caller.identifier} with this body`
          : `${first.name} allows it`,
        rules: said,
        ...first && { body: first.rewrite({ caller, body }) },
      };
    },
    list: (caller) =>
      rules.filter(({ isFor }) => caller === undefined || isFor(caller.roles))
        .map(({ name, rule, conditions, names }) => ({
          rule: name,
          roles: rule.roles,
          commands: catalogue.size > 0
            ? [...catalogue.keys()].filter(names)
            : [...rule.commands, ...(rule.except ?? []).map((pattern) => `not ${pattern}`)],
          when: conditions.map(({ text }) => text),
          set: rule.set ?? {},
          remove: rule.remove ?? [],
        })),
  };
}
