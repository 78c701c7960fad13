/**
 * Answers whose text is known: a server need not read it out of a stream.
 *
 * @module
 */

const texts = new WeakMap<Response, string>();

/** Makes an answer out of a text. */
export function textAnswer(text: string, headers: HeadersInit): Response {
  const response = new Response(text, { headers });
  texts.set(response, text);
  return response;
}

/** The text of an answer that was made so. */
export function textOf(response: Response): string | undefined {
  return texts.get(response);
}
