/**
 * What the emulator's page does in the browser: it reads the control API and shows it, without jumping.
 *
 * Text and not a function, since a bundler may put helpers into functions that a browser does not have.
 *
 * @module
 */

/** The script; `TEXTS` and the script of all pages stand before it. */
export const SCRIPT: string = String.raw`
const api = async (path, method = "GET", body) => {
  const response = await fetch(path, { method, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
};
const act = (work) => async (event) => {
  event?.preventDefault();
  byId("problem").hidden = true;
  try { await work(event); await refresh(); } catch (error) {
    byId("problem").textContent = TEXTS.failed + ": " + error.message;
    byId("problem").hidden = false;
  }
};
let last = 0, paused = false, seen = 0, refused = 0;
const rows = byId("requests");

function requestRow(request) {
  const { errorCode, errorInfo, fault, hints } = request;
  const good = errorCode === 0;
  const name = request.command ?? request.method + " " + request.path;
  const [service, command] = name.split("/").length === 2 ? name.split("/") : [name];
  const words = command ? [service + "/", make("wbr"), command] : [service];
  const details = make("details", {}, make("summary", {}, ...words));
  details.addEventListener("toggle", () => {
    if (!details.open || details.children.length > 1) return;
    if (request.requestId) details.append(make("p", { className: "soft", textContent: request.requestId }));
    if (request.body !== undefined) details.append(make("h3", { textContent: TEXTS.body }), json(request.body));
    if (request.answer !== undefined) details.append(make("h3", { textContent: TEXTS.answer }), json(request.answer));
  });
  const outcome = make("td", { className: "name" }, make("span", {
    className: good ? "ok" : "bad",
    textContent: good ? TEXTS.ok : "✗ " + errorCode + " " + errorInfo,
  }));
  if (fault) outcome.append(make("div", { className: "warn", textContent: "! " + fault }));
  for (const hint of hints) outcome.append(make("div", { className: "warn", textContent: "! " + hint }));
  const row = make("tr", {},
    make("td", { className: "time" }, timeOf(request.time)),
    make("td", { className: "name command" }, details),
    outcome,
    make("td", { className: "wide", textContent: request.sdkAppId ?? "–" }),
    make("td", { className: "number wide", textContent: request.ms.toFixed(1) + " ms" }));
  row.dataset.text = [name, request.identifier, request.requestId, JSON.stringify(request.body)].join(" ").toLowerCase();
  return row;
}

function filter() {
  const wanted = byId("filter").value.trim().toLowerCase();
  let shown = 0;
  for (const row of rows.rows) {
    row.hidden = !row.dataset.text.includes(wanted);
    if (!row.hidden) shown++;
  }
  byId("empty").hidden = rows.rows.length > 0;
  byId("nothing").hidden = shown > 0 || rows.rows.length === 0;
  const url = new URL(location.href);
  if (wanted) url.hash = "filter=" + encodeURIComponent(wanted); else url.hash = "";
  if (url.href !== location.href) history.replaceState(null, "", url);
}

async function readLog() {
  const { requests } = await api("log?limit=200&after=" + last);
  for (const request of requests) {
    last = request.n;
    seen++;
    if (request.errorCode !== 0) refused++;
    rows.prepend(requestRow(request));
  }
  while (rows.rows.length > 500) rows.lastChild.remove();
  if (requests.length > 0) filter();
}

/** Writes a part anew only when it changed, so that focus and folds stay. */
const written = new Map();
function part(id, value, write) {
  const text = JSON.stringify(value);
  if (written.get(id) === text) return;
  written.set(id, text);
  const folds = () => [...byId(id).querySelectorAll("details")];
  const open = folds().map((fold) => fold.open);
  byId(id).replaceChildren(...[write(value)].flat());
  folds().forEach((fold, at) => fold.open = open[at] ?? false);
}

function list(title, { total, list }, columns) {
  const heading = make("summary", { textContent: title + ": " + total.toLocaleString() });
  if (total === 0) return make("details", {}, heading, make("p", { className: "soft", textContent: TEXTS.none }));
  const head = make("tr", {}, ...columns.map(([name]) => make("th", { scope: "col", textContent: name })));
  const body = list.map((item) => make("tr", {}, ...columns.map(([, read]) =>
    make("td", { className: "name", textContent: read(item) }))));
  const table = make("div", { className: "scroll" }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...body)));
  const details = make("details", {}, heading, table);
  if (total > list.length) details.append(make("p", { className: "soft", textContent: TEXTS.more }));
  return details;
}

const world = (app) => [
  make("h3", { textContent: "SDKAppID " + app.sdkAppId }),
  list(TEXTS.accounts, app.accounts, [["UserID", (name) => name]]),
  list(TEXTS.groups, app.groups, [["GroupId", (one) => one.id], ["Name", (one) => one.name],
    [TEXTS.type, (one) => one.type], [TEXTS.owner, (one) => one.owner || "–"], [TEXTS.members, (one) => one.members]]),
  list(TEXTS.rooms, app.rooms, [["RoomId", (one) => one.id], [TEXTS.type, (one) => one.type],
    [TEXTS.owner, (one) => one.owner], [TEXTS.members, (one) => one.members]]),
];

const faultItem = (rule) => make("li", {},
  rule.kind + (rule.value === undefined ? "" : "=" + rule.value) + " · " + (rule.command ?? TEXTS.anyCommand) +
    (rule.every > 1 ? " · 1/" + rule.every : "") + (rule.acted ? " · " + TEXTS.acted : "") +
    " · " + TEXTS.struck + " " + rule.struck + " ",
  make("button", { textContent: TEXTS.remove, onclick: act(() => api("faults/" + rule.id, "DELETE")) }));

const callbackRow = ({ name, failed, body, answer }) => make("details", {},
  make("summary", {}, make("span", {
    className: failed ? "bad" : "ok",
    textContent: (failed ? "✗ " : "✓ ") + name + (failed ? ": " + failed : ""),
  })), json(body), json(answer ?? ""));

async function readRest() {
  const [state, faults, clock, names, hooks] = await Promise.all(
    ["state", "faults", "clock", "snapshots", "webhooks"].map((path) => api(path)));
  part("worlds", state.apps, (apps) => apps.flatMap(world));
  part("faults", faults.rules, (rules) => rules.length
    ? make("ul", {}, ...rules.map(faultItem))
    : make("p", { className: "soft", textContent: TEXTS.noFaults }));
  part("snapshots", names.snapshots, (list) => list.map((name) => make("button", {
    textContent: TEXTS.back + " " + name,
    onclick: act(() => confirm(TEXTS.sure) && api("reset?to=" + encodeURIComponent(name), "POST")),
  })));
  part("callbacks", hooks.deliveries.slice(-50).reverse(), (list) => list.length
    ? list.map(callbackRow)
    : make("p", { className: "soft", textContent: TEXTS.noCallbacks }));
  byId("now").replaceChildren(make("time", {
    dateTime: clock.iso, title: clock.iso,
    textContent: new Date(clock.now).toLocaleString(document.documentElement.lang),
  }), clock.frozen ? " " + TEXTS.frozen : "");
  byId("freeze").textContent = clock.frozen ? TEXTS.letGo : TEXTS.freeze;
  byId("freeze").onclick = act(() => api("clock", "POST", { freeze: !clock.frozen }));
  return faults.rules.length;
}

async function refresh() {
  try {
    if (!paused) await readLog();
    const rules = await readRest();
    const verdict = TEXTS.running + " · " + TEXTS.requests + ": " + seen + " · ✗ " + refused +
      (rules ? " · ! " + TEXTS.faults + ": " + rules : "");
    if (byId("verdict").textContent !== verdict) byId("verdict").textContent = verdict;
    byId("verdict").className = rules ? "warn" : "ok";
  } catch {
    byId("verdict").textContent = TEXTS.lost;
    byId("verdict").className = "bad";
  }
}

byId("filter").value = decodeURIComponent(/filter=(.*)/.exec(location.hash)?.[1] ?? "");
byId("filter").addEventListener("input", filter);
byId("pause").onclick = () => {
  paused = !paused;
  byId("pause").textContent = paused ? TEXTS.resume : TEXTS.pause;
  byId("pause").setAttribute("aria-pressed", paused);
};
byId("clear").onclick = act(async () => {
  await api("log", "DELETE");
  rows.replaceChildren();
  seen = refused = 0;
  filter();
});
for (const to of ["seed", "empty"]) {
  byId("to-" + to).onclick = act(() => confirm(TEXTS.sure) && api("reset?to=" + to, "POST"));
}
byId("take").onclick = act(() => api("snapshots/" + new Date().toISOString().slice(11, 19), "POST"));
for (const [id, advance] of [["hour", 3600000], ["day", 86400000]]) {
  byId(id).onclick = act(() => api("clock", "POST", { advance }));
}
byId("fault-form").onsubmit = act(async ({ target }) => {
  const { kind, value, command, every, acted } = target.elements;
  await api("faults", "POST", {
    kind: kind.value,
    ...value.value && { value: Number(value.value) },
    ...command.value && { command: command.value },
    ...every.value && { every: Number(every.value) },
    ...acted.checked && { acted: true },
  });
  target.reset();
});
filter();
(async function again() {
  await refresh();
  setTimeout(again, document.hidden ? 5000 : 1000);
})();
`;
