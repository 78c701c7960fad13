/**
 * What the console and the reference look like besides what all pages share.
 *
 * @module
 */

/** The style sheet. */
export const pageStyle: string = `
.skip{position:absolute;inset-inline-start:-99rem}
.skip:focus{inset-inline-start:.5rem;top:.5rem;background:var(--back);padding:.5rem;z-index:1}
.verdict .bar{margin:.75rem 0 0}
#who{font-weight:600}
#content:focus{outline:none}
.verdict>.state+h3{margin:.125rem 0 .5rem}
.hiddenvalue{letter-spacing:.125em}
table{width:100%}
th,td{vertical-align:top}
td.name,th.name{font:.8125rem/1.6 ui-monospace,Menlo,Consolas,monospace;min-width:8rem}
td.type{color:var(--soft);max-width:16rem}
.result{margin:1rem 0}
.op>summary code{font:.8125rem/1.6 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.op>summary .soft{display:block}
ul{margin:.25rem 0;padding-inline-start:1.25rem}
ul.tags{display:flex;flex-wrap:wrap;gap:.25rem .5rem;list-style:none;padding:0}
.tag{border:1px solid var(--line);border-radius:1rem;padding:0 .625rem;font-size:.8125rem;color:var(--soft)}
td.name button{min-height:0;padding:.0625rem .5rem;font-size:.75rem;margin-inline-start:.375rem}
@media(max-width:40rem){.fields thead{display:none}.fields tr{display:block;padding:.5rem 0;
border-bottom:1px solid var(--line)}.fields td{display:block;border:0;padding:0}}
@media print{.bar,form{display:none}}
`;
