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
let last = 0, paused = false, counts = { total: 0, refused: 0 };
const rows = byId("requests");

/** The row below a request's own: what was sent and answered, as wide as the table. */
function detailsRow(request, id) {
  const cell = make("td", { colSpan: 5 });
  if (request.requestId) {
    const link = make("a", { href: "#filter=" + encodeURIComponent(request.requestId), textContent: request.requestId });
    cell.append(make("p", { className: "name" }, "RequestId ", link));
  }
  if (request.body !== undefined) cell.append(make("h3", { textContent: TEXTS.body }), json(request.body));
  if (request.answer !== undefined) cell.append(make("h3", { textContent: TEXTS.answer }), json(request.answer));
  const row = make("tr", { id, className: "below" }, cell);
  row.dataset.below = "";
  return row;
}

function requestRow(request) {
  const { errorCode, errorInfo, fault, hints, probe } = request;
  const good = errorCode === 0;
  const name = request.command ?? request.method + " " + request.path;
  const [service, command] = name.split("/").length === 2 ? name.split("/") : [name];
  const words = command ? [service + "/", make("wbr"), command] : [service];
  const fold = make("button", { type: "button", className: "fold" }, ...words);
  fold.setAttribute("aria-expanded", "false");
  fold.setAttribute("aria-controls", "request-" + request.n);
  fold.onclick = () => {
    const open = fold.getAttribute("aria-expanded") === "true";
    if (open) row.nextElementSibling.remove();
    else row.after(detailsRow(request, "request-" + request.n));
    fold.setAttribute("aria-expanded", String(!open));
    if (open) showHeld();
  };
  const outcome = make("td", { className: "name" }, make("span", {
    className: good ? "ok" : probe ? "soft" : "bad",
    textContent: good ? TEXTS.ok : probe ? "– " + TEXTS.probe : "✗ " + errorCode + " " + errorInfo,
  }));
  if (fault) outcome.append(make("div", { className: "warn", textContent: "! " + fault }));
  for (const hint of hints) outcome.append(make("div", { className: "warn", textContent: "! " + hint }));
  const row = make("tr", {},
    make("td", { className: "time" }, timeOf(request.time)),
    make("td", { className: "name command" }, fold),
    outcome,
    make("td", { className: "wide", textContent: request.sdkAppId ?? "–" }),
    make("td", { className: "number wide", textContent: request.tookMs.toFixed(1) + " ms" }));
  row.dataset.text = [name, request.identifier, request.requestId, JSON.stringify(request.body)].join(" ").toLowerCase();
  return row;
}

function filter() {
  const written = byId("filter").value.trim(), wanted = written.toLowerCase();
  let shown = 0, hidden = false;
  for (const row of rows.rows) {
    if (row.dataset.below === undefined) {
      hidden = !row.dataset.text.includes(wanted);
      if (!hidden) shown++;
    }
    row.hidden = hidden;
  }
  byId("empty").hidden = rows.rows.length > 0;
  byId("table").hidden = rows.rows.length === 0;
  byId("nothing").hidden = shown > 0 || rows.rows.length === 0;
  const url = new URL(location.href);
  if (written) url.hash = "filter=" + encodeURIComponent(written); else url.hash = "";
  if (url.href !== location.href) history.replaceState(null, "", url);
}

/** The filter that the address names: an address with one can be sent to somebody else. */
function readAddress() {
  const written = /filter=(.*)/.exec(location.hash)?.[1] ?? "";
  // Written by hand, it may hold a percent sign that begins no code.
  try { byId("filter").value = decodeURIComponent(written); } catch { byId("filter").value = written; }
  filter();
}

/** Requests that wait, the oldest first, while somebody reads: new rows above would push theirs away. */
let held = [];
const isReading = () =>
  rows.contains(document.activeElement) || rows.querySelector("[aria-expanded=true]") !== null ||
  rows.getBoundingClientRect().top < 0;

function showHeld(always) {
  if (always || !isReading()) {
    for (const request of held) rows.prepend(requestRow(request));
    if (held.length > 0) {
      while (rows.rows.length > 500) rows.lastChild.remove();
      held = [];
      filter();
    }
  }
  byId("fresh").textContent = "↑ " + TEXTS.fresh + ": " + held.length;
  byId("fresh").classList.toggle("gone", held.length === 0);
}

function empty() {
  rows.replaceChildren();
  held = [];
  filter();
  showHeld();
}

async function readLog() {
  const { requests, newest, ...more } = await api("log?limit=200&after=" + last);
  counts = more;
  if (newest < last) {
    // Another emulator listens here now, and counts from one.
    last = 0;
    empty();
    return readLog();
  }
  for (const request of requests) {
    last = request.n;
    held.push(request);
  }
  if (held.length > 500) held = held.slice(-500);
  showHeld();
}

const FOCUSABLE = "button, summary, pre";
function headingOf(id) {
  const heading = byId(id).closest("section").querySelector("h2");
  heading.tabIndex = -1;
  return heading;
}

/** Writes a part anew only when it changed, so that focus and folds stay. */
const written = new Map();
function part(id, value, write) {
  const text = JSON.stringify(value);
  if (written.get(id) === text) return;
  written.set(id, text);
  const all = (what) => [...byId(id).querySelectorAll(what)];
  const open = all("details").map((fold) => fold.open);
  const focus = all(FOCUSABLE).indexOf(document.activeElement);
  byId(id).replaceChildren(...[write(value)].flat());
  all("details").forEach((fold, at) => fold.open = open[at] ?? false);
  // What the keyboard was at may be gone: it goes on with its neighbour, or with the heading.
  if (focus >= 0) (all(FOCUSABLE)[focus] ?? all(FOCUSABLE).at(-1) ?? headingOf(id)).focus();
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

/** One at a time: two that read the log at once would show what they read twice. */
let turn = Promise.resolve();
const refresh = () => turn = turn.then(refreshNow);

async function refreshNow() {
  try {
    if (!paused) await readLog();
    const rules = await readRest();
    const verdict = TEXTS.running + " · " + TEXTS.requests + ": " + counts.total + " · ✗ " + counts.refused +
      (rules ? " · ! " + TEXTS.faults + ": " + rules : "");
    if (byId("verdict").textContent !== verdict) byId("verdict").textContent = verdict;
    byId("verdict").className = rules ? "warn" : "ok";
  } catch {
    byId("verdict").textContent = TEXTS.lost;
    byId("verdict").className = "bad";
  }
}

byId("filter").addEventListener("input", filter);
addEventListener("hashchange", readAddress);
byId("fresh").onclick = () => {
  showHeld(true);
  rows.querySelector("tr:not([hidden]) button")?.focus();
};
byId("sample").textContent = "TIM_BASE_URL=" + location.origin +
  " TIM_SDK_APP_ID=… TIM_SECRET_KEY=… tim call im_open_login_svc/account_import UserID=mira";
byId("pause").onclick = () => {
  paused = !paused;
  byId("pause").textContent = paused ? TEXTS.resume : TEXTS.pause;
  byId("pause").setAttribute("aria-pressed", paused);
};
byId("clear").onclick = act(async () => {
  await api("log", "DELETE");
  empty();
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
readAddress();
(async function again() {
  await refresh();
  setTimeout(again, document.hidden ? 5000 : 500);
})();
`;
