/**
 * The look that all pages share: the doctor's report, the emulator's page, the gateway's console and
 * reference. Light and dark, narrow and wide, on paper.
 *
 * @module
 */

/** The style sheet; a page adds its own after it. */
export const baseStyle: string = `
:root{color-scheme:light dark;--back:#fff;--text:#1b1f24;--soft:#57606a;--line:#d0d7de;--box:#f6f8fa;
--edge:#7c8590;--link:#0550ae;
--ok:#116329;--info:#0550ae;--warning:#7d4e00;--error:#b3141f;--skipped:#57606a;--unknown:#6639ba}
@media(prefers-color-scheme:dark){:root{--back:#0d1117;--text:#e6edf3;--soft:#9da7b1;--line:#3d444d;
--box:#161b22;--edge:#7d8590;--link:#79c0ff;--ok:#56d364;--info:#79c0ff;--warning:#e3b341;--error:#ff8e86;
--skipped:#9da7b1;--unknown:#d2a8ff}}
*{box-sizing:border-box}
[hidden]{display:none!important}
body{margin:0;background:var(--back);color:var(--text);font:16px/1.5 system-ui,-apple-system,
"Segoe UI","PingFang SC","Hiragino Sans","Apple SD Gothic Neo","Noto Sans CJK SC",sans-serif}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.375rem;line-height:1.35;margin:0;overflow-wrap:anywhere}
h2{font-size:1.0625rem;margin:2.25rem 0 .5rem}
h3{font-size:.9375rem;margin:1rem 0 .25rem}
p{margin:.5rem 0;overflow-wrap:anywhere}
a{color:var(--link)}
.verdict{border-inline-start:.375rem solid;padding:1rem 1.125rem;background:var(--box);border-radius:.25rem}
.verdict>:not(.state){color:var(--text)}
.state{font-weight:600;white-space:nowrap}
.ok{color:var(--ok)}.info{color:var(--info)}.warning{color:var(--warning)}.error{color:var(--error)}
.skipped{color:var(--skipped)}.unknown{color:var(--unknown)}
.soft{color:var(--soft);font-size:.875rem}
details{border:1px solid var(--line);border-radius:.375rem;margin:.5rem 0;background:var(--back)}
summary{padding:.5rem .75rem;cursor:pointer;overflow-wrap:anywhere}
summary b{margin-inline:.25rem .5rem}
.inside{padding:0 .75rem .75rem}
.folded details{margin:.5rem .75rem}
:focus-visible{outline:3px solid var(--info);outline-offset:2px;border-radius:.25rem}
.code{display:flex;gap:.5rem;align-items:flex-start;margin:.5rem 0}
.code code,pre{flex:1;min-width:0;background:var(--box);border:1px solid var(--line);border-radius:.25rem;
padding:.375rem .625rem;font:.8125rem/1.5 ui-monospace,Menlo,Consolas,monospace;overflow-x:auto;
white-space:pre-wrap;overflow-wrap:anywhere;margin:0}
pre{max-height:30rem;overflow:auto}
button{font:inherit;font-size:.8125rem;padding:.3125rem .75rem;border:1px solid var(--line);
border-radius:.25rem;background:var(--box);color:var(--text);cursor:pointer}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.875rem;min-width:50%}
th,td{text-align:start;padding:.3125rem .75rem .3125rem 0;border-bottom:1px solid var(--line);
overflow-wrap:anywhere;font-weight:400}
thead th{color:var(--soft)}
@media(max-width:40rem){.code{flex-direction:column}.code code{width:100%}.verdict{padding:.875rem}}
@media(prefers-reduced-motion:reduce){*{transition:none!important;animation:none!important}}
@media print{@page{margin:1.5cm}:root{color-scheme:light;--back:#fff;--text:#000;--soft:#444;--line:#999;
--box:#fff;--link:#0550ae;--ok:#116329;--info:#0550ae;--warning:#7d4e00;--error:#b3141f;--skipped:#444;
--unknown:#6639ba}
button{display:none}main{max-width:none;padding:0}details:not(.folded),svg,table{break-inside:avoid}
h2,h2+p{break-after:avoid}pre{max-height:none}}
`;

/** For pages with forms. */
export const formStyle: string = `
.bar{display:flex;flex-wrap:wrap;gap:.5rem .75rem;align-items:end;margin:.5rem 0 .75rem}
p.bar{align-items:center}
.bar:not(:has(>:not([hidden]))){display:none}
label{display:grid;gap:.125rem;font-size:.875rem;color:var(--soft);min-width:0;max-width:100%}
label.grow{flex:1 1 16rem}
label.check{display:flex;gap:.375rem;align-items:center;color:var(--text)}
fieldset{border:1px solid var(--line);border-radius:.375rem;margin:.5rem 0;padding:.5rem .75rem;min-width:0}
legend{font-size:.875rem;color:var(--soft);padding:0 .25rem}
input,select,textarea{font:inherit;color:var(--text);background:var(--back);border:1px solid var(--edge);
border-radius:.25rem;padding:.3125rem .625rem;min-width:0;max-width:100%;width:100%}
input,select,button{min-height:2.25rem}
label.check input{width:auto;min-height:0}
textarea{font:.8125rem/1.5 ui-monospace,Menlo,Consolas,monospace;resize:vertical;min-height:9rem}
button{border-color:var(--edge);padding:.4375rem .875rem;font-size:.875rem}
button.main{background:var(--link);border-color:var(--link);color:var(--back);font-weight:600}
button[disabled],button[aria-disabled=true]{cursor:default;background:var(--box);
border-color:var(--line);color:var(--soft)}
.scroll{overflow-x:auto}
.verdict>:first-child{margin-top:0}.verdict>:last-child{margin-bottom:0}
`;
