/**
 * The page's few lines of behaviour; it reads well without them.
 *
 * @module
 */

/** The script: copies commands, shows times in the reader's zone, opens what is folded while printing. */
export const script = `
for (const button of document.querySelectorAll("button[data-copied]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const code = button.previousElementSibling;
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = button.dataset.copied;
      setTimeout(() => button.textContent = label, 2000);
    } catch {
      getSelection().selectAllChildren(code);
    }
  });
}
for (const time of document.querySelectorAll("time")) {
  time.title = time.dateTime;
  time.textContent = new Date(time.dateTime).toLocaleString(document.documentElement.lang);
}
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details:not([open])")];
  for (const fold of folded) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of folded) fold.open = false;
});
`;
