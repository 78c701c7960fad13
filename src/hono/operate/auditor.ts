/**
 * Writes audit records out of requests.
 *
 * @module
 */

import type { Exchange } from "../exchange.ts";
import { type LateWork, outlive } from "../late_work.ts";
import type { AuditRecord, AuditSink } from "./audit.ts";

/** Writes one record. */
export interface Auditor {
  call(
    exchange: Exchange,
    outcome: AuditRecord["outcome"],
    why?: string,
    body?: Record<string, unknown>,
  ): void;
}

/** Makes it; what the sink throws goes to `onFailure`, and writing that takes time is late work. */
export function auditor(
  sink: AuditSink,
  withBody: boolean,
  late: LateWork,
  onFailure: (error: unknown) => void,
): Auditor {
  return {
    call(exchange, outcome, why, body) {
      const { caller, command, requestId, rule, upstreamRequestId } = exchange;
      const record: AuditRecord = {
        time: new Date().toISOString(),
        requestId,
        caller: caller!.identifier,
        roles: caller!.roles,
        via: caller!.via,
        command: command!,
        outcome,
        ...rule !== undefined && { rule },
        ...why !== undefined && { why },
        ...upstreamRequestId !== undefined && { upstreamRequestId },
        ...withBody && body && { body },
      };
      const writing = (async () => await sink(record))().catch(onFailure);
      outlive(exchange, late, writing);
    },
  };
}
