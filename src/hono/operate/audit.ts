/**
 * The audit: who had which command called with the administrator's rights, and what came of it.
 *
 * @module
 */

/**
 * One call, or one that the policy refused.
 *
 * @example Who had which UserSig refused
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { type AuditRecord, createGateway, hashApiKey, makeApiKey } from "@tim/edge/hono";
 *
 * const line = ({ caller, command, outcome, why = "" }: AuditRecord) =>
 *   `${caller} ${command} ${outcome} ${why}`;
 * const key = makeApiKey();
 * const records: AuditRecord[] = [];
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: await hashApiKey(key), identifier: "administrator" }],
 *   audit: (record) => void records.push(record),
 * });
 * await gateway.request("/usersig", { method: "POST", headers: { "x-api-key": key }, body: "{}" });
 * console.log(line(records[0]!)); // administrator usersig refused identifier-not-allowed
 * ```
 */
export interface AuditRecord {
  /** When, in ISO 8601. */
  time: string;
  /** The id that the answer carries. */
  requestId: string;
  /** Who asked. */
  caller: string;
  /** With which roles. */
  roles: readonly string[];
  /** How the caller proved itself. */
  via: string;
  /** What was asked for: `service/command`, `usersig` or `private-map-key`. */
  command: string;
  /** What came of it. `unknown`: the backend may have acted, but no answer came. */
  outcome: "ok" | "refused" | "failed" | "unknown";
  /** The rule that allowed it. */
  rule?: string;
  /** Why it was refused or failed: a reason of the gateway, or the backend's `ErrorCode`. */
  why?: string;
  /** The backend's `RequestId`. */
  upstreamRequestId?: string;
  /** The body as it went out; only when `auditBody` is on. */
  body?: Record<string, unknown>;
}

/**
 * Takes the records. What it throws is logged and changes no answer. A Worker must give the gateway's `fetch`
 * its context, or what is written after the answer may be cut off: `gateway.fetch(request, env, context)`.
 *
 * @example Kept in a file, one line of JSON each
 * ```ts
 * import { type AuditSink, createGateway, type GatewayClient } from "@tim/edge/hono";
 * import { appendFile } from "node:fs/promises";
 *
 * const audit: AuditSink = async (record) =>
 *   await appendFile("audit.jsonl", JSON.stringify(record) + "\n");
 * const apiKeys = [{ sha256: "0".repeat(64), identifier: "reports" }];
 *
 * export const gatewayOf = (client: GatewayClient) => createGateway({ client, apiKeys, audit });
 * ```
 */
export type AuditSink = (record: AuditRecord) => void | Promise<void>;
