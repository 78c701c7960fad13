/**
 * The gateway's own addresses for callers, as `/openapi.json` describes them.
 *
 * @module
 */

import type { OpenApiDocument, OpenApiOperation } from "../../api/openapi_document.ts";
import { roomPrivileges } from "../../core/user_buf.ts";

const text = { type: "string" };
const texts = { type: "array", items: text };
const room = object({
  roomId: { type: "integer" },
  strRoomId: text,
  privileges: { type: "array", items: { enum: Object.keys(roomPrivileges) } },
}, ["privileges"]);

/** The tag that they stand under. */
export const OWN_TAG = { name: "gateway", description: "The gateway itself" };

/** What callers may ask the gateway itself. */
export const ownPaths: OpenApiDocument["paths"] = {
  "/usersig": {
    post: operation(
      "usersig",
      "A UserSig for the caller, and a PrivateMapKey for a room",
      object({
        sdkAppId: { type: "integer" },
        identifier: text,
        userSig: text,
        expiresAt: { type: "integer", description: "Seconds since 1970" },
        privateMapKey: text,
      }),
      object({ expireSeconds: { type: "integer", minimum: 1 }, room }),
    ),
  },
  "/policy": {
    get: operation("policy", "What the caller may do: the rules for it", {
      type: "array",
      items: object({
        rule: text,
        roles: texts,
        commands: texts,
        when: texts,
        set: object(),
        remove: texts,
      }),
    }),
  },
  "/why": {
    post: operation(
      "why",
      "Whether a call would be allowed, and why",
      object({
        allowed: { type: "boolean" },
        because: text,
        rules: { type: "array", items: object() },
        body: { ...object(), description: "The body that would go out" },
      }),
      object({ command: text, body: object() }, ["command"]),
    ),
  },
  "/whoami": {
    get: operation(
      "whoami",
      "What the gateway makes of the caller's credentials",
      object({ identifier: text, roles: texts, via: text, operator: { type: "boolean" } }),
    ),
  },
};

function object(properties?: Record<string, object>, required?: string[]): object {
  return { type: "object", ...required && { required }, ...properties && { properties } };
}

function operation(
  name: string,
  summary: string,
  answer: object,
  body?: object,
): OpenApiOperation {
  const json = (schema: object) => ({ content: { "application/json": { schema } } });
  return {
    operationId: `gateway.${name}`,
    summary,
    tags: [OWN_TAG.name],
    ...body && { requestBody: { required: true, ...json(body) } },
    responses: { "200": { description: "The answer", ...json(answer) } },
  };
}
