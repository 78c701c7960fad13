import { parseJson } from "../body/parse_json.ts";
import { readText } from "../body/read_text.ts";
import type { Exchange } from "../exchange.ts";
import type { Limits } from "../limits/options.ts";
import { Refusal } from "../problem.ts";

/** Reads the JSON object of a request that has no query. */
export async function readBody(
  { request }: Exchange,
  limits: Limits,
): Promise<Record<string, unknown>> {
  if (request.url.includes("?")) {
    throw new Refusal("bad-request", "This address takes no query; everything goes into the body");
  }
  const { bodyBytes, bodyTime, jsonDepth } = limits;
  return parseJson(await readText(request, { maxBytes: bodyBytes, time: bodyTime }), jsonDepth);
}
