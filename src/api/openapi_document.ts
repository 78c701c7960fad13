/**
 * The whole catalogue, or a part of it, as one OpenAPI 3.1 document: for the gateway's `/openapi.json` and
 * `/docs`, and for generators of clients. Half a megabyte of text (70 kB gzipped), so nothing else imports it.
 *
 * @module
 */

import { areas, operations, schemas } from "./generated/openapi.ts";

/**
 * One operation of the document.
 *
 * @example What one operation says
 * ```ts
 * import { openApiDocument, type OpenApiOperation } from "@tim/edge/openapi";
 *
 * const line = (operation: OpenApiOperation) =>
 *   `${operation.operationId}, ${operation["x-rate-limit"]} a second`;
 * const { post } = openApiDocument().paths["/v4/live_engine_http_srv/get_room_list"]!;
 * console.log(post && line(post)); // live.getRoomList, 10 a second
 * ```
 */
export interface OpenApiOperation {
  /** `area.name`, the named call of `@tim/edge/api`. */
  operationId: string;
  /** What it does, in a line. */
  summary: string;
  /** What the backend does besides, as a list in Markdown. */
  description?: string;
  /** Its area. */
  tags: string[];
  /** Everything else: body, answers, `x-rate-limit`, `x-idempotent`, `x-error-codes`. */
  [key: string]: unknown;
}

/**
 * An OpenAPI 3.1 document; what is not described here may be anything
 * that the specification allows.
 *
 * @example For callers of a gateway
 * ```ts
 * import { type OpenApiDocument, openApiDocument } from "@tim/edge/openapi";
 *
 * const document: OpenApiDocument = openApiDocument();
 * document.servers = [{ url: "https://gateway.example" }];
 * document.components.securitySchemes = { key: { type: "http", scheme: "bearer" } };
 * document.security = [{ key: [] }];
 * console.log(document.openapi, document.servers[0]?.url); // 3.1.0 https://gateway.example
 * ```
 */
export interface OpenApiDocument {
  /** Version of the specification. */
  openapi: "3.1.0";
  /** What it is about. */
  info: { title: string; version: string; description?: string };
  /** Where the operations are. */
  servers: { url: string }[];
  /** The areas. */
  tags: { name: string; description: string }[];
  /** The operations by path, `/v4/service/command`. */
  paths: Record<string, Record<string, OpenApiOperation>>;
  /** What the operations refer to. */
  components: { schemas: Record<string, object>; securitySchemes?: Record<string, object> };
  /** What every operation wants. */
  security?: Record<string, string[]>[];
}

/**
 * What {@linkcode openApiDocument} takes.
 *
 * @example Two commands and no more
 * ```ts
 * import { openApiDocument, type OpenApiOptions } from "@tim/edge/openapi";
 *
 * const offered = ["openim/sendmsg", "openim/admin_msgwithdraw"];
 * const options: OpenApiOptions = { commands: (command) => offered.includes(command) };
 * const { paths } = openApiDocument(options);
 * console.log(Object.keys(paths).join(" ")); // /v4/openim/sendmsg /v4/openim/admin_msgwithdraw
 * ```
 */
export interface OpenApiOptions {
  /** Which commands, by `service/command`. @default all */
  commands?: (command: string) => boolean;
}

/**
 * Makes the document: the operations that are wanted, and the schemas that they refer to.
 *
 * @example For a generator of clients
 * ```ts
 * import { openApiDocument } from "@tim/edge/openapi";
 *
 * const live = openApiDocument({ commands: (name) => name.startsWith("live_engine_http_srv/") });
 * console.log(Object.keys(live.paths).length);
 * ```
 *
 * @param options Which commands.
 * @returns A document of its own, to be changed at will.
 */
export function openApiDocument(options: OpenApiOptions = {}): OpenApiDocument {
  const { commands = () => true } = options;
  const paths: OpenApiDocument["paths"] = {};
  const used: string[] = [];
  const found = new Set<string>();
  for (const [command, text] of Object.entries(operations)) {
    if (!commands(command)) continue;
    const operation = JSON.parse(text) as OpenApiOperation;
    paths[`/v4/${command}`] = { post: operation };
    used.push(...operation.tags);
    addSchemas(text, found);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Server REST API of Tencent Cloud's Chat, Room and Live",
      version: "2026-11",
      description: "Every answer is HTTP 200; `ErrorCode` in its envelope says how the call went.",
    },
    servers: [],
    tags: Object.entries(areas).filter(([area]) => used.includes(area))
      .map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.keys(schemas).filter((name) => found.has(name))
          .map((name) => [name, JSON.parse(schemas[name]!)]),
      ),
    },
  };
}

/** Adds the names of the schemas that a text refers to, at any distance. */
function addSchemas(text: string, found: Set<string>): void {
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    if (found.has(name!)) continue;
    found.add(name!);
    addSchemas(schemas[name!]!, found);
  }
}
