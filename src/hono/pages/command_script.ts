/**
 * In the browser, of both pages: trying a command, and what came of it.
 *
 * @module
 */

/** Stands behind `schemaScript`. */
export const commandScript: string = String.raw`
const SHOWN_HEADERS = ["x-request-id", "x-tim-request-id", "x-tim-attempts", "x-tim-region", "server-timing"];

/** The way to make the same call elsewhere; credentials are named, never shown. */
function curlFor(command, body) {
  const header = authHeaders()["x-api-key"] ? "X-API-Key: $KEY" : "Authorization: Bearer $TOKEN";
  return "curl -s -H \"" + header + "\" \\\n  -d '" + body.replaceAll("'", "'\\''") + "' \\\n  " +
    location.origin + BASE + "v4/" + command;
}

async function explained(code) {
  if (!FEATURES.explain || !code) return undefined;
  try {
    const { meaning, remedy } = await (await call("explain/" + code)).json();
    return make("p", {}, meaning + " ", make("b", { textContent: TEXTS.whatToDo + ": " }), remedy);
  } catch {
    return undefined; // A code that no page lists.
  }
}

/** JSON laid out to be read; integers of 64 bits keep their digits. */
const laidOut = (text) => JSON.stringify(JSON.parse(text, (_name, value, at) =>
  Number.isInteger(value) && !Number.isSafeInteger(value) && at && JSON.rawJSON ? JSON.rawJSON(at.source) : value), null, 2);

async function showAnswer(response, output) {
  const text = await response.text();
  const answer = JSON.parse(text);
  const good = answer.ErrorCode === 0;
  const words = good ? TEXTS.stateOk : "ErrorCode " + answer.ErrorCode + (answer.ErrorInfo ? ": " + answer.ErrorInfo : "");
  const kept = SHOWN_HEADERS.filter((name) => response.headers.has(name));
  output.replaceChildren(inBox(good ? "ok" : "error",
    make("p", {}, make("span", { className: "state " + (good ? "ok" : "error"), textContent: good ? "✓" : "✗" }),
      " " + words),
    await explained(answer.ErrorCode),
    make("h3", { textContent: TEXTS.answer }), json(laidOut(text)),
    make("details", {}, make("summary", { textContent: TEXTS.headers }), make("div", { className: "inside" },
      ...kept.map((name) => make("p", { className: "soft", textContent: name + ": " + response.headers.get(name) }))))));
}

async function showWhy(response, output) {
  const { allowed, because, rules, body } = await response.json();
  output.replaceChildren(inBox(allowed ? "ok" : "error",
    make("p", {}, mark(allowed, allowed ? TEXTS.allowed : TEXTS.refused), " " + because),
    make("ul", {}, ...rules.map(({ rule, says }) => make("li", { textContent: rule + ": " + says }))),
    body && make("h3", { textContent: TEXTS.bodyJson }), body && json(body)));
}

/** The form: a body, and what may be done with it. */
function tryForm(commandOf, operation) {
  const content = contentOf(operation?.requestBody);
  const text = make("textarea", { rows: 10, spellcheck: false, value: JSON.stringify(exampleOf(content), null, 2) });
  const output = make("div", { ariaLive: "polite" });
  output.setAttribute("aria-live", "polite");
  const send = make("button", { className: "main", textContent: TEXTS.send });
  const why = make("button", { type: "button", textContent: TEXTS.why });
  const curl = make("div");
  const showCurl = () => curl.replaceChildren(
    make("p", { className: "soft", textContent: TEXTS.sameByCurl }), codeLine(curlFor(commandOf(), compact())));
  const compact = () => { try { return JSON.stringify(JSON.parse(text.value)); } catch { return text.value; } };
  const parsed = () => {
    try { return JSON.parse(text.value); } catch (error) { throw new Error(TEXTS.notJson + ": " + error.message); }
  };
  const add = (name, value) => {
    try {
      text.value = JSON.stringify({ ...JSON.parse(text.value || "{}"), [name]: value }, null, 2);
      showCurl();
    } catch { text.focus(); } // What is no JSON is for the person to mend.
  };
  text.addEventListener("input", showCurl);
  why.onclick = doing(why, output, async () =>
    await showWhy(await call("why", { body: { command: commandOf(), body: parsed() } }), output));
  const form = make("form", {},
    make("label", {}, TEXTS.bodyJson, text), make("p", { className: "bar" }, send, why), curl);
  form.onsubmit = doing(send, output, async () => {
    parsed();
    output.replaceChildren(make("p", { className: "soft", textContent: TEXTS.sending }));
    await showAnswer(await call("v4/" + commandOf(), { body: compact() }), output);
  });
  showCurl();
  const table = fieldTable(content.schema, add);
  return [form, output, table && make("details", {}, make("summary", { textContent: TEXTS.fields }),
    make("div", { className: "inside" }, table))];
}

/** What is worth knowing of a command before one sends it, in one line. */
function factsOf(operation) {
  const facts = [
    operation["x-rate-limit"] && operation["x-rate-limit"] + " " + TEXTS.perSecond,
    operation["x-idempotent"] === undefined ? "" : operation["x-idempotent"] ? TEXTS.repeatable : "! " + TEXTS.notTwice,
  ].filter(Boolean);
  return make("ul", { className: "tags" }, ...facts.map((fact) => make("li", { className: "tag", textContent: fact })));
}
`;
