import { problem } from "../problem.ts";

/** Reads a JSON object; an empty body counts as `{}`. */
export async function readBody(request: Request): Promise<Record<string, unknown> | Response> {
  const text = await request.text();
  if (text.trim() === "") return {};
  try {
    const body = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body;
  } catch {
    // Answered below.
  }
  return problem("bad-request", "The body must be one JSON object");
}
