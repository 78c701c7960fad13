/**
 * In the browser: the console's doctor, its UserSigs and its commands.
 *
 * @module
 */

/** Stands behind the scripts of both pages. */
export const consoleScript: string = String.raw`
const STATES = {
  ok: ["✓", TEXTS.stateOk], info: ["i", TEXTS.stateInfo], warning: ["!", TEXTS.stateWarning],
  error: ["✗", TEXTS.stateError], skipped: ["–", TEXTS.stateSkipped], unknown: ["?", TEXTS.stateUnknown],
};
const stateWord = (status) => make("span", { className: "state " + status, textContent: STATES[status].join(" ") });

function finding({ check, status, saw, means, remedy, command, id }, open) {
  return make("details", { open },
    make("summary", {}, stateWord(status), " ", make("b", { textContent: check }), saw),
    make("div", { className: "inside" }, means && make("p", { textContent: means }),
      remedy && make("p", {}, make("b", { textContent: TEXTS.whatToDo + ": " }), remedy),
      command && codeLine(command), make("p", { className: "soft", textContent: id })));
}

function showReport({ verdict, findings, target, startedAt, tookMs }) {
  const { status, sentence, remedy } = verdict;
  const grave = findings.filter((one) => /error|warning/.test(one.status));
  const rest = findings.filter((one) => !grave.includes(one));
  byId("report").replaceChildren(
    inBox(status, stateWord(status), make("h3", { textContent: sentence }),
      remedy && make("p", {}, make("b", { textContent: TEXTS.whatToDo + ": " }), remedy),
      make("p", { className: "soft" }, TEXTS.lookedAt + " " + target.baseUrl + " · " + (tookMs / 1000).toFixed(1) + " s · ",
        timeOf(Date.parse(startedAt), { dateStyle: "medium", timeStyle: "medium" }))),
    ...grave.map((one) => finding(one, true)),
    make("details", { className: "folded" }, make("summary", { textContent: TEXTS.fine + ": " + rest.length }),
      ...rest.map((one) => finding(one, false))));
  byId("download").hidden = false;
}

if (FEATURES.doctor) {
  const run = byId("run-doctor"), report = byId("report");
  run.onclick = doing(run, report, async () => {
    report.replaceChildren(make("p", { className: "soft", textContent: TEXTS.examining }));
    showReport(await (await call("doctor", { method: "POST" })).json());
  });
  byId("download").onclick = doing(byId("download"), report, async () => {
    const url = URL.createObjectURL(await (await call("doctor", { accept: "text/html" })).blob());
    make("a", { href: url, download: "tim-doctor.html" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  });
  whenSignedIn.push(async (who, signal) => {
    const say = (text) => report.replaceChildren(make("p", { className: "soft", textContent: text }));
    run.hidden = !who?.operator;
    byId("download").hidden = true;
    if (!who) return say(TEXTS.signInFirst);
    if (!who.operator) return say(TEXTS.operatorsOnly);
    try {
      const last = await call("doctor");
      if (report.hasAttribute("aria-busy")) return; // A new one is under way.
      if (last.status === 204) say(TEXTS.noReport);
      else showReport(await last.json());
    } catch (error) {
      if (!signal.aborted) report.replaceChildren(inBox("error", problemLine(error)));
    }
  });
}

const issued = byId("issued");
byId("mint-form").onsubmit = doing(byId("mint"), issued, async ({ target }) => {
  const { lifetime, room, kind } = target.elements;
  const privileges = [...target.querySelectorAll("[name=privilege]:checked")].map((box) => box.value);
  const { userSig, privateMapKey, identifier, sdkAppId, expiresAt } = await (await call("usersig", {
    body: {
      ...lifetime.value && { expireSeconds: Number(lifetime.value) },
      ...room.value && { room: { [kind.value]: kind.value === "roomId" ? Number(room.value) : room.value, privileges } },
    },
  })).json();
  issued.replaceChildren(inBox("ok",
    make("p", {}, mark(true, identifier), " · SDKAppID " + sdkAppId + " · " + TEXTS.expires + " ",
      timeOf(expiresAt * 1000, { dateStyle: "medium", timeStyle: "medium" })),
    ...secretLine("UserSig", userSig),
    ...privateMapKey ? secretLine("PrivateMapKey", privateMapKey) : []));
  // Whoever has gone on meanwhile is not called back.
  if (byId("mint-form").contains(document.activeElement)) issued.querySelector("button").focus();
});

const commandInput = byId("command");
let shownCommand;
function showCommand() {
  const command = commandInput.value.trim().replace(/^\/?(v4\/)?/, "");
  if (command === shownCommand) return;
  shownCommand = command;
  if (!/^\w+\/\w+$/.test(command)) return byId("try").replaceChildren();
  const operation = OPERATIONS.get(command);
  const about = operation
    ? [make("p", { textContent: operation.summary }), factsOf(operation)]
    : OPERATIONS.size ? [make("p", { className: "warning", textContent: "! " + TEXTS.noSuchCommand })] : [];
  byId("try").replaceChildren(...about, ...tryForm(() => command, operation).filter(Boolean));
}
commandInput.addEventListener("change", showCommand);
commandInput.addEventListener("input", () => OPERATIONS.has(commandInput.value) && showCommand());
commandInput.addEventListener("keydown", (event) => event.key === "Enter" && showCommand());

whenSignedIn.push(async (who, signal) => {
  byId("mint").disabled = commandInput.disabled = !who;
  for (const note of document.querySelectorAll(".needs-session")) note.hidden = Boolean(who);
  issued.replaceChildren();
  byId("try").replaceChildren();
  byId("commands").replaceChildren();
  shownCommand = undefined;
  OPERATIONS = new Map();
  if (!who) return;
  try {
    let names;
    if (FEATURES.openapi) {
      await loadCatalogue();
      names = [...OPERATIONS].map(([name, { summary }]) => [name, summary]);
    } else {
      const rules = await (await call("policy")).json();
      names = [...new Set(rules.flatMap(({ commands }) => commands))].filter((name) => /^\w+\/\w+$/.test(name)).map((name) => [name]);
    }
    byId("commands").replaceChildren(...names.map(([value, label]) => make("option", { value, ...label && { label } })));
    if (byId("try").contains(document.activeElement)) return;
    shownCommand = undefined;
    if (commandInput.value) showCommand();
  } catch (error) {
    if (!signal.aborted) byId("try").replaceChildren(inBox("error", problemLine(error)));
  }
});

lookAtHealth();
showSession();
`;
