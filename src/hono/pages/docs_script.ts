/**
 * In the browser: the reference, written out of `/openapi.json`.
 *
 * @module
 */

/** Stands behind the scripts of both pages. */
export const docsScript: string = String.raw`
const filter = byId("filter"), list = byId("operations");

/** Lines that begin with "- ", as the catalogue has them. */
const listOf = (text) => make("ul", {}, ...text.split("\n").map((line) =>
  make("li", { textContent: line.replace(/^- /, "") })));

function section(title, ...children) {
  const there = children.flat().filter(Boolean);
  return there.length ? [make("h3", { textContent: title }), ...there] : [];
}

function errorCode(code) {
  const item = make("li", {});
  if (!FEATURES.explain) item.append(make("span", { className: "tag", textContent: code }));
  else {
    const button = make("button", { type: "button", textContent: code });
    button.onclick = async () => item.replaceChildren(
      make("b", { textContent: code + " " }), await explained(code) ?? "–");
    item.append(button);
  }
  return item;
}

function rulesOf(rules) {
  return make("ul", {}, ...rules.map(({ rule, when, set, remove }) => make("li", {
    textContent: [rule, ...when, ...Object.entries(set).map(([field, value]) => field + " = " + JSON.stringify(value)),
      ...remove.map((field) => "− " + field)].join(" · "),
  })));
}

function write(command, operation) {
  const answer = contentOf(operation.responses["200"]);
  const codes = operation["x-error-codes"] ?? [];
  const page = operation.externalDocs?.url;
  return [
    factsOf(operation),
    page && make("p", {}, make("a", { href: page, rel: "noreferrer", target: "_blank", textContent: TEXTS.docsPage })),
    ...section(TEXTS.rules, operation["x-gateway-rules"] && rulesOf(operation["x-gateway-rules"])),
    ...section(TEXTS.tryCommand, tryForm(() => command, operation)),
    ...section(TEXTS.answer, fieldTable(answer.schema), make("details", {},
      make("summary", { textContent: TEXTS.example }), make("div", { className: "inside" }, json(exampleOf(answer))))),
    ...section(TEXTS.behaviour, operation.description && listOf(operation.description)),
    ...section(TEXTS.errorCodes, codes.length > 0 && make("ul", { className: "tags" }, ...codes.map(errorCode))),
  ].filter(Boolean);
}

/** One operation, written when it is opened: there are hundreds. */
function entry([command, operation]) {
  const { operationId, summary } = operation;
  const [service, name] = command.split("/");
  const fold = make("details", { className: "op", id: operationId }, make("summary", {},
    make("b", { textContent: operationId }), " ",
    make("code", {}, service + "/", make("wbr"), name),
    make("span", { className: "soft", textContent: summary })));
  fold.dataset.text = [operationId, command, summary].join(" ").toLowerCase();
  fold.addEventListener("toggle", () => {
    if (!fold.open) return;
    if (fold.children.length === 1) fold.append(make("div", { className: "inside" }, ...write(command, operation)));
    history.replaceState(null, "", "#" + operationId);
  });
  return fold;
}

function narrow() {
  const words = filter.value.trim().toLowerCase().split(/\s+/);
  let shown = 0;
  for (const area of list.children) {
    let within = 0;
    for (const fold of area.querySelectorAll(".op")) {
      fold.hidden = !words.every((word) => fold.dataset.text.includes(word));
      if (!fold.hidden) within++;
    }
    area.hidden = within === 0;
    shown += within;
  }
  byId("count").textContent = shown + " / " + OPERATIONS.size + " " + TEXTS.commands;
  byId("nothing").hidden = shown > 0 || OPERATIONS.size === 0;
}
filter.addEventListener("input", narrow);

/** Opens what the address names. */
function openNamed() {
  let name = location.hash.slice(1);
  try { name = decodeURIComponent(name); } catch { /* It names nothing that there is. */ }
  const named = byId(name);
  if (!named?.matches(".op")) return;
  named.open = true;
  named.scrollIntoView();
}
addEventListener("hashchange", openNamed);

const lock = (...words) => {
  byId("reference").hidden = true;
  byId("locked").hidden = false;
  byId("locked").replaceChildren(...words);
  list.replaceChildren();
};

whenSignedIn.push(async (who, signal) => {
  if (!who && FEATURES.openapi !== "everyone") return lock(TEXTS.signInFirst);
  let tags;
  try {
    ({ tags } = await loadCatalogue());
  } catch (error) {
    return signal.aborted ? undefined : lock(problemLine(error));
  }
  byId("reference").hidden = false;
  byId("locked").hidden = true;
  list.replaceChildren(...tags.flatMap(({ name, description }) => {
    const own = [...OPERATIONS].filter(([, { tags }]) => tags[0] === name);
    if (own.length === 0) return [];
    const heading = make("h2", { id: "area-" + name, textContent: description });
    return make("section", {}, heading, ...own.map(entry));
  }));
  for (const part of list.children) part.setAttribute("aria-labelledby", part.firstChild.id);
  narrow();
  openNamed();
});

lookAtHealth();
showSession();
`;
