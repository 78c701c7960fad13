/**
 * How the emulator's page looks: light and dark, narrow and wide, on paper.
 *
 * @module
 */

/** The style sheet. */
export const STYLE: string = `
:root { color-scheme: light dark; --ground: #fff; --text: #1d2430; --soft: #5a6472; --line: #d6dbe2;
  --card: #f5f7fa; --ok: #11693a; --bad: #b3261e; --warn: #7a4d00; --link: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --ground: #12161c; --text: #e6eaf0; --soft: #a3adbb;
  --line: #333c48; --card: #1a2029; --ok: #6fd39a; --bad: #ff9a91; --warn: #f2c46d; --link: #9cc2ff; } }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground); }
header, main { max-width: 76rem; margin: 0 auto; padding: 1rem; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 0 0 .5rem; }
h3 { font-size: 1rem; margin: .75rem 0 .25rem; }
#verdict { margin: 0; font-weight: 600; }
.ok { color: var(--ok); } .bad { color: var(--bad); } .warn { color: var(--warn); }
.soft { color: var(--soft); }
section { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin: 0 0 1rem;
  background: var(--card); }
.bar { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin: 0 0 .75rem; }
label { display: grid; font-size: .85rem; color: var(--soft); }
label.check { display: flex; gap: .35rem; align-items: center; }
input, select, button { font: inherit; color: var(--text); background: var(--ground);
  border: 1px solid var(--soft); border-radius: .35rem; padding: .3rem .6rem; min-width: 0; max-width: 100%; }
::placeholder { color: var(--soft); opacity: 1; }
button { cursor: pointer; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 1px; }
a { color: var(--link); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: start; vertical-align: top; padding: .3rem .6rem .3rem 0;
  border-bottom: 1px solid var(--line); }
th { font-size: .85rem; color: var(--soft); font-weight: 600; white-space: nowrap; }
td.number, th.number { text-align: end; white-space: nowrap; }
td.time { white-space: nowrap; }
@media (min-width: 50rem) { td.command { min-width: 24rem; } }
.name { overflow-wrap: anywhere; }
.fold { border: 0; padding: 0; background: none; text-align: start; overflow-wrap: anywhere; }
.fold::before { content: "▸ "; color: var(--soft); }
.fold[aria-expanded=true]::before { content: "▾ "; }
.below h3 { margin-top: .25rem; }
.below p { margin: .25rem 0; }
.gone { visibility: hidden; }
summary { cursor: pointer; overflow-wrap: anywhere; }
pre { overflow: auto; max-height: 20rem; margin: .25rem 0; padding: .5rem; background: var(--ground);
  border: 1px solid var(--line); border-radius: .35rem; font: 13px/1.45 ui-monospace, monospace;
  white-space: pre-wrap; overflow-wrap: anywhere; }
dt { font-weight: 600; } dd { margin: 0 0 .35rem; }
ul { margin: .25rem 0; padding-inline-start: 1.25rem; }
[hidden] { display: none !important; }
@media (max-width: 40rem) { th, td { padding-inline-end: .4rem; } .wide { display: none; } header, main { padding: .75rem; } }
@media print { :root { color-scheme: light; } .bar, button:not(.fold) { display: none; } section { break-inside: avoid; } }
`;
