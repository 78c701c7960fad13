/**
 * How the emulator's page looks: what all pages share, and its lists.
 *
 * @module
 */

import { baseStyle, formStyle } from "../../../ui/style.ts";

/** The style sheet. */
export const STYLE: string = `${baseStyle}${formStyle}
header, main { max-width: 76rem; margin: 0 auto; padding: 1rem; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; }
h2 { margin: 0 0 .5rem; }
#verdict { margin: 0; font-weight: 600; }
.bad { color: var(--error); } .warn { color: var(--warning); }
section { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin: 0 0 1rem;
  background: var(--box); }
section pre, section button { background: var(--back); }
table { width: 100%; }
th, td { vertical-align: top; }
th { white-space: nowrap; }
::placeholder { color: var(--soft); opacity: 1; }
td.number, th.number { text-align: end; white-space: nowrap; }
td.time, td.wide { white-space: nowrap; }
td details, #callbacks details, #worlds details { border: 0; margin: 0; background: none; }
td summary, #callbacks summary, #worlds summary { padding: 0; }
@media (min-width: 50rem) { td.command { min-width: 24rem; } }
.name { overflow-wrap: anywhere; }
section .fold { border: 0; padding: 0; min-height: 0; background: none; text-align: start;
  overflow-wrap: anywhere; }
.fold::before { content: "▸ "; color: var(--soft); }
.fold[aria-expanded=true]::before { content: "▾ "; }
.below h3 { margin-top: .25rem; }
.below p { margin: .25rem 0; }
.gone { visibility: hidden; }
dt { font-weight: 600; } dd { margin: 0 0 .35rem; }
pre { max-height: 20rem; margin: .25rem 0; }
ul { margin: .25rem 0; padding-inline-start: 1.25rem; }
@media (max-width: 40rem) { th, td { padding-inline-end: .4rem; } .wide { display: none; } header, main { padding: .75rem; } }
@media print { .bar { display: none; } .fold { display: inline-block; } section { break-inside: avoid; } }
`;
