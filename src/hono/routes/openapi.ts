import type {
  OpenApiDocument,
  OpenApiOperation,
  OpenApiOptions,
} from "../../api/openapi_document.ts";
import { ConfigError } from "../../core/errors.ts";
import type { Caller } from "../auth/caller.ts";
import { checkKeys } from "../check_keys.ts";
import type { Parts } from "../gateway.ts";
import type { Route } from "../handle.ts";
import type { GatewayOptions } from "../options.ts";
import type { CompiledRule } from "../policy/compile.ts";
import { OWN_TAG, ownPaths } from "./own_operations.ts";

/**
 * What `/openapi.json` shows.
 *
 * @example For everybody, and loaded when somebody asks
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, type GatewayOpenApi } from "@tim/edge/hono";
 *
 * const openapi: GatewayOpenApi = {
 *   document: async (options) => (await import("@tim/edge/openapi")).openApiDocument(options),
 *   show: "everyone",
 *   url: "https://chat.example.com/tim",
 * };
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "reports" }],
 *   openapi,
 * });
 * const document = await (await gateway.request("/openapi.json")).json();
 * console.log(document.servers[0].url); // https://chat.example.com/tim
 * ```
 */
export interface GatewayOpenApi {
  /** `openApiDocument` of `@tim/edge/openapi`, or a function that loads it when it is wanted. */
  document: (options: OpenApiOptions) => OpenApiDocument | Promise<OpenApiDocument>;
  /**
   * Whose commands: `"caller"` wants credentials and shows what the policy may allow their caller;
   * `"everyone"` shows anybody all that the policy names, but not its rules.
   * @default {"caller"}
   */
  show?: "caller" | "everyone";
  /** The gateway's address as callers know it. @default what the request says */
  url?: string;
}

/**
 * `GET /openapi.json`: the catalogue, narrowed to what the policy may allow.
 *
 * @throws {ConfigError} When an option is wrong.
 */
export function openApiRoute(
  parts: Parts,
  openapi: GatewayOpenApi,
  options: Pick<GatewayOptions, "jwt" | "apiKeys">,
): Route {
  checkKeys("openapi", openapi, ["document", "show", "url"]);
  const { document, show = "caller", url } = openapi;
  if (typeof document !== "function") {
    throw new ConfigError("openapi.document must be openApiDocument of @tim/edge/openapi");
  }
  if (show !== "caller" && show !== "everyone") {
    throw new ConfigError(`openapi.show is "${show}", wanted "caller" or "everyone"`);
  }
  const schemes = securitySchemes(options);
  // Anybody may ask for this one, as often as he likes: it must cost nothing.
  let forEveryone: string | undefined;

  async function narrowed(caller: Caller | undefined): Promise<OpenApiDocument> {
    const { policy } = parts;
    const rules = (command: string) => caller ? policy.rulesFor(caller, command) : [];
    const found = await document({
      commands: (command) => caller ? rules(command).length > 0 : policy.names(command),
    });
    const commands = Object.entries(found.paths).map(([path, { post, ...others }]) =>
      [path, { ...others, post: adapt(post!, rules(path.replace(/^\/v4\//, ""))) }] as const
    );
    const own = Object.entries(ownPaths).map(([path, item]) => {
      const refusing = Object.entries(item).map(([method, one]) => [method, refusable(one)]);
      return [path, Object.fromEntries(refusing)] as const;
    });
    const { schemas } = found.components;
    return {
      ...found,
      servers: [],
      tags: [...found.tags, OWN_TAG],
      paths: Object.fromEntries([...own, ...commands]),
      info: {
        ...found.info,
        title: "tim-edge gateway",
        description: `${found.info.description} Refusals of the gateway itself are problem ` +
          "documents (RFC 9457) with a status of their own.",
      },
      components: { schemas: { ...schemas, Problem: PROBLEM }, securitySchemes: schemes },
      security: Object.keys(schemes).map((name) => ({ [name]: [] })),
    };
  }

  return async (exchange) => {
    const base = url ?? new URL(".", exchange.request.url).href.replace(/\/$/, "");
    const servers = JSON.stringify([{ url: base }]);
    const text = show === "caller"
      ? JSON.stringify(await narrowed(await parts.identify(exchange)))
      : forEveryone ??= JSON.stringify(await narrowed(undefined));
    return { status: 200, body: text.replace('"servers":[]', () => `"servers":${servers}`) };
  };
}

/** Says what the gateway adds to a command. */
function adapt(operation: OpenApiOperation, rules: readonly CompiledRule[]): OpenApiOperation {
  const telling = rules.some(({ rule, conditions }) =>
    conditions.length > 0 || rule.set || rule.remove
  );
  return {
    ...refusable(operation),
    ...telling && {
      "x-gateway-rules": rules.map(({ name, rule, conditions }) => ({
        rule: name,
        when: conditions.map(({ text }) => text),
        set: rule.set ?? {},
        remove: rule.remove ?? [],
      })),
    },
    parameters: [{
      name: "Idempotency-Key",
      in: "header",
      description: "With the same key and body the call is made once; the answer comes again.",
      schema: { type: "string", maxLength: 255 },
    }],
  };
}

/** The gateway may itself say no. */
function refusable(operation: OpenApiOperation): OpenApiOperation {
  const schema = { $ref: "#/components/schemas/Problem" };
  return {
    ...operation,
    responses: {
      ...operation.responses as object,
      default: {
        description: "The gateway itself says no, or got no answer",
        content: { "application/problem+json": { schema } },
      },
    },
  };
}

function securitySchemes(
  { jwt, apiKeys }: Pick<GatewayOptions, "jwt" | "apiKeys">,
): Record<string, object> {
  return {
    ...jwt && { token: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
    ...apiKeys?.length && { apiKey: { type: "apiKey", in: "header", name: "X-API-Key" } },
  };
}

const text = { type: "string" };
const PROBLEM = {
  type: "object",
  required: ["type", "title", "status", "detail", "requestId"],
  properties: {
    type: { ...text, description: "urn:tim-edge: and the reason" },
    title: text,
    status: { type: "integer" },
    detail: { ...text, description: "What was wrong this time, and what to do" },
    requestId: { ...text, description: "The same as X-Request-Id" },
  },
};
