/**
 * The audit: who had which command called with the administrator's rights, and what came of it.
 *
 * @module
 */

/** One call, or one that the policy refused. */
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

/** Takes the records. What it throws is logged and changes no answer. */
export type AuditSink = (record: AuditRecord) => void | Promise<void>;
