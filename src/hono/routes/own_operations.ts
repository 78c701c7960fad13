/**
 * The gateway's own addresses for callers, as `/openapi.json` describes them.
 *
 * @module
 */

import type { OpenApiDocument, OpenApiOperation } from "../../api/openapi_document.ts";
import { roomPrivileges } from "../../core/user_buf.ts";

const text = { type: "string" };
const texts = { type: "array", items: text };
const room = {
  type: "object",
  required: ["privileges"],
  properties: {
    roomId: { type: "integer" },
    strRoomId: text,
    privileges: { type: "array", items: { enum: Object.keys(roomPrivileges) } },
  },
};

/** The tag that they stand under. */
export const OWN_TAG = { name: "gateway", description: "The gateway itself" };

/** What callers may ask the gateway itself. */
export const ownPaths: OpenApiDocument["paths"] = {
  "/usersig": {
    post: operation("usersig", "A UserSig for the caller, and a PrivateMapKey for a room", {
      sdkAppId: { type: "integer" },
      identifier: text,
      userSig: text,
      expiresAt: { type: "integer", description: "Seconds since 1970" },
      privateMapKey: text,
    }, { expireSeconds: { type: "integer", minimum: 1 }, room }),
  },
  "/why": {
    post: operation(
      "why",
      "Whether a call would be allowed, and why",
      {
        allowed: { type: "boolean" },
        because: text,
        rules: { type: "array", items: { type: "object" } },
        body: { type: "object", description: "The body that would go out" },
      },
      { command: text, body: { type: "object" } },
      ["command"],
    ),
  },
  "/whoami": {
    get: operation("whoami", "What the gateway makes of the caller's credentials", {
      identifier: text,
      roles: texts,
      via: text,
      operator: { type: "boolean" },
    }),
  },
};

function operation(
  name: string,
  summary: string,
  answer: Record<string, object>,
  body?: Record<string, object>,
  required?: string[],
): OpenApiOperation {
  const json = (properties: object, more = {}) => ({
    content: { "application/json": { schema: { type: "object", properties, ...more } } },
  });
  return {
    operationId: `gateway.${name}`,
    summary,
    tags: [OWN_TAG.name],
    ...body && { requestBody: { required: true, ...json(body, required && { required }) } },
    responses: { "200": { description: "The answer", ...json(answer) } },
  };
}
