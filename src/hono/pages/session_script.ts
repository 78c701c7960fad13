/**
 * In the browser, of both pages: who is signed in, and calls on his behalf.
 *
 * The credentials stay in the tab's session storage: the console and the reference share them, no other tab
 * and no server gets them unasked.
 *
 * @module
 */

/** Stands behind `baseScript`, before a page's own script. */
export const sessionScript: string = String.raw`
const BASE = location.pathname.replace(PAGE === "docs" ? /docs\/?$/ : /\/?$/, PAGE === "docs" ? "" : "/");
const KEPT = "tim-edge-credentials";
// Where the gateway is mounted below a path, that path itself is the console.
for (const link of document.querySelectorAll("a[data-page]")) {
  link.href = link.dataset.page ? BASE + link.dataset.page : BASE.replace(/(.)\/$/, "$1");
}

const JWT = /eyJ[\w-]*\.[\w-]+\.[\w-]+/;

/** What was pasted may be the whole line that "tim start" prints. */
const credentialsIn = (text) =>
  JWT.exec(text)?.[0] ?? text.trim().replace(/^(Bearer|X-API-Key:)\s+/i, "");

function authHeaders() {
  const kept = sessionStorage.getItem(KEPT);
  if (!kept) return {};
  return JWT.test(kept) || !FEATURES.apiKeys ? { authorization: "Bearer " + kept } : { "x-api-key": kept };
}

/** Ends with the session: what it still asked for is shown to nobody. */
let session = new AbortController();

/** Calls an address of the gateway; a refusal is thrown, with its problem document. */
async function call(path, { body, method = body === undefined ? "GET" : "POST", accept, signal = session.signal } = {}) {
  let response;
  try {
    response = await fetch(BASE + path, {
      method,
      signal,
      cache: "no-store",
      credentials: "same-origin",
      headers: { ...authHeaders(), ...accept && { accept } },
      ...body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) },
    });
  } catch {
    throw Object.assign(new Error(TEXTS.lost), { lost: true });
  }
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({ title: "HTTP " + response.status }));
  const words = problem.title + (problem.detail ? ": " + problem.detail : "");
  throw Object.assign(new Error(words), { problem, status: response.status });
}

const mark = (good, words) => make("span", { className: "state " + (good ? "ok" : "error"),
  textContent: (good ? "✓ " : "✗ ") + words });
const problemLine = (error) => make("p", {}, mark(false, TEXTS.refused), " ", error.message);
const inBox = (state, ...children) => make("div", { className: "verdict result " + state }, ...children);

/** Runs a form's or button's work once at a time, and says what went wrong. */
const doing = (button, output, work) => async (event) => {
  event?.preventDefault();
  // A button that is really disabled would lose the keyboard's focus.
  if (button.ariaDisabled === "true") return;
  button.ariaDisabled = "true";
  output.setAttribute("aria-busy", "true");
  const { signal } = session;
  try {
    await work(event);
  } catch (error) {
    if (!signal.aborted) output.replaceChildren(inBox("error", problemLine(error)));
  } finally {
    button.ariaDisabled = null;
    output.removeAttribute("aria-busy");
  }
};

function copyButton(textOf, reveal) {
  const button = make("button", { type: "button", textContent: TEXTS.copy });
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(textOf());
      button.textContent = TEXTS.copied;
      setTimeout(() => button.textContent = TEXTS.copy, 2000);
    } catch {
      // No clipboard without HTTPS: the text is selected instead.
      reveal?.();
      getSelection().selectAllChildren(button.parentElement.firstElementChild);
    }
  });
  return button;
}
const codeLine = (text) => make("div", { className: "code" },
  make("code", { textContent: text }), copyButton(() => text));

/** What nobody may read over the user's shoulder: hidden until asked, with a button to copy it as it is. */
function secretLine(name, value) {
  const code = make("code", { textContent: "•".repeat(24), className: "hiddenvalue" });
  const toggle = make("button", { type: "button", textContent: TEXTS.show, ariaPressed: "false" });
  toggle.setAttribute("aria-label", TEXTS.show + " " + name);
  toggle.addEventListener("click", () => {
    const shown = code.className === "";
    code.textContent = shown ? "•".repeat(24) : value;
    code.className = shown ? "hiddenvalue" : "";
    toggle.textContent = shown ? TEXTS.show : TEXTS.hide;
    toggle.setAttribute("aria-pressed", String(!shown));
    toggle.setAttribute("aria-label", toggle.textContent + " " + name);
  });
  return [make("h3", { textContent: name }),
    make("div", { className: "code" }, code, toggle, copyButton(() => value, () => code.className && toggle.click()))];
}

async function lookAtHealth() {
  const say = (state, sign, words, remedy) => {
    byId("verdict").className = "verdict " + state;
    byId("state").textContent = sign;
    byId("state").className = "state " + state;
    byId("health").replaceChildren(words + (remedy ? ". " + remedy : "") + " · " + TEXTS.seenAt + " ",
      timeOf(Date.now()));
  };
  try {
    await call("readyz", { signal: null });
    say("ok", "✓ tim-edge", TEXTS.up);
  } catch (error) {
    if (error.lost) say("error", "✗ tim-edge", TEXTS.lost, TEXTS.lostRemedy);
    else say("warning", "! tim-edge", TEXTS.notReady, error.message);
  }
}

const whenSignedIn = [];
/** Asks who the credentials stand for, forgets wrong ones, and begins to fill the page for him. */
async function showSession(problem = "") {
  session.abort();
  const { signal } = session = new AbortController();
  const given = sessionStorage.getItem(KEPT) !== null;
  let who;
  if (given || FEATURES.cookies) {
    try {
      who = await (await call("whoami")).json();
    } catch (error) {
      if (signal.aborted) return;
      if (given || error.status !== 401) problem = error.message;
      if (error.status === 401) sessionStorage.removeItem(KEPT);
    }
  }
  const signedIn = who !== undefined;
  byId("sign-in").hidden = byId("sign-in-note").hidden = signedIn;
  byId("signed-in").hidden = !signedIn;
  byId("sign-out").hidden = !given;
  byId("session-problem").hidden = problem === "";
  byId("session-problem").textContent = "✗ " + problem;
  if (signedIn) {
    byId("who").textContent = "✓ " + TEXTS.signedIn + " " + who.identifier + " (" +
      (who.roles.length ? TEXTS.roles + ": " + who.roles.join(", ") : TEXTS.noRoles) + ")";
  }
  for (const act of whenSignedIn) act(who, signal);
}

byId("again").onclick = lookAtHealth;
byId("sign-in").onsubmit = async (event) => {
  event.preventDefault();
  const given = credentialsIn(byId("credentials").value);
  // Enter, pressed once more while that goes on.
  if (!given && sessionStorage.getItem(KEPT)) return;
  byId("credentials").value = "";
  if (given) sessionStorage.setItem(KEPT, given);
  await showSession(given ? "" : TEXTS.pasteSomething);
  // Whoever has gone on meanwhile is not called back.
  if (document.activeElement !== document.body && !byId("sign-in").contains(document.activeElement)) return;
  // Not the button beside it: Enter, pressed once more, would sign out again.
  if (sessionStorage.getItem(KEPT)) byId("who").focus();
  else byId("credentials").focus();
};
byId("sign-out").onclick = async () => {
  sessionStorage.removeItem(KEPT);
  await showSession();
  byId("credentials").focus();
};
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details:not(.op)")) fold.open = true;
});
addEventListener("visibilitychange", () => document.hidden || lookAtHealth());
`;
