/**
 * The gateway: exposes the server REST API at the edge to callers who prove who they are.
 *
 * @module
 */

export type { CallOutcome } from "../core/attempts.ts";
export type { CallOptions } from "../core/client_options.ts";
export type { Envelope } from "../core/request.ts";
export { type RoomPrivilege, roomPrivileges } from "../core/user_buf.ts";
export type { SignRequest } from "../core/user_sig.ts";
export { type ApiKey, hashApiKey, makeApiKey } from "./auth/api_keys.ts";
export type { HookCaller } from "./auth/caller.ts";
export type { JwtOptions } from "./auth/jwt_options.ts";
export type { AuthOptions } from "./auth/who_asks.ts";
export { type DurableCommand, type DurableState, GatewayObject } from "./durable/gateway_object.ts";
export type { DurableNamespace } from "./durable/namespace.ts";
export { createGateway } from "./gateway.ts";
export type { Gateway, GatewayControl, GatewaySchema, JsonAnswer } from "./gateway_type.ts";
export { durableIdempotency } from "./idempotency/durable_store.ts";
export { memoryIdempotency, type MemoryIdempotencyOptions } from "./idempotency/memory_store.ts";
export { redisIdempotency, type RedisIdempotencyOptions } from "./idempotency/redis_store.ts";
export type { BeginOptions, Begun, IdempotencyStore, StoredAnswer } from "./idempotency/store.ts";
export { durableLimiter } from "./limits/durable_limiter.ts";
export type { GatewayLimiter, LimitVerdict, Rate } from "./limits/limiter.ts";
export { memoryLimiter, type MemoryLimiterOptions } from "./limits/memory_limiter.ts";
export type { LimitOptions } from "./limits/options.ts";
export {
  type RedisCommands,
  redisLimiter,
  type RedisLimiterOptions,
} from "./limits/redis_limiter.ts";
export { type RateLimitBinding, workersLimiter } from "./limits/workers_limiter.ts";
export type { AuditRecord, AuditSink } from "./operate/audit.ts";
export type { CorsOptions } from "./operate/cors.ts";
export { consoleLog, type LogRecord, type LogSink } from "./operate/request_log.ts";
export type { GatewayClient, GatewayOptions, IdempotencyOptions } from "./options.ts";
export type { CommandFacts } from "./policy/catalogue.ts";
export type { Explanation, ListedRule } from "./policy/policy.ts";
export type { Condition, Lookup, Policy, PolicyRule, RuleValue } from "./policy/rule.ts";
export type { RoomRule, UserSigOptions } from "./policy/user_sig_rules.ts";
export type { DoctorResult, GatewayDoctor } from "./routes/doctor.ts";
export type { GatewayOpenApi } from "./routes/openapi.ts";
export type { UserSigAnswer, UserSigRequest } from "./routes/user_sig.ts";
export type { GatewayPage, PageFeatures, PageView } from "./pages/page.ts";
export type { WhoAmI } from "./routes/whoami.ts";
export type { GatewayWebhooks } from "./routes/webhooks.ts";
export type { PageLanguage } from "../ui/language.ts";
