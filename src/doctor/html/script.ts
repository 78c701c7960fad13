/**
 * The page's few lines of behaviour; it reads well without them.
 *
 * @module
 */

/** The script: copies commands, shows times in the reader's zone, opens what is folded before printing. */
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
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details:not(.data)")) fold.open = true;
});
`;
