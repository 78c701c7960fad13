/**
 * The page's look: light and dark, narrow and printed.
 *
 * @module
 */

/** The style sheet. */
export const style = `
:root{color-scheme:light dark;--back:#fff;--text:#1b1f24;--soft:#57606a;--line:#d0d7de;--box:#f6f8fa;
--ok:#116329;--info:#0550ae;--warning:#7d4e00;--error:#b3141f;--skipped:#57606a;--unknown:#6639ba;
--a:#6e40c9;--b:#0969da;--c:#1a7f37;--d:#bc4c00}
@media(prefers-color-scheme:dark){:root{--back:#0d1117;--text:#e6edf3;--soft:#9da7b1;--line:#3d444d;
--box:#161b22;--ok:#56d364;--info:#79c0ff;--warning:#e3b341;--error:#ff8e86;--skipped:#9da7b1;
--unknown:#d2a8ff;--a:#a371f7;--b:#58a6ff;--c:#3fb950;--d:#f0883e}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--text);font:16px/1.5 system-ui,-apple-system,
"Segoe UI","PingFang SC","Hiragino Sans","Apple SD Gothic Neo","Noto Sans CJK SC",sans-serif}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.375rem;line-height:1.35;margin:0;overflow-wrap:anywhere}
h2{font-size:1.0625rem;margin:2.25rem 0 .5rem}
p{margin:.5rem 0;overflow-wrap:anywhere}
.verdict{border-inline-start:.375rem solid;padding:1rem 1.125rem;background:var(--box);border-radius:.25rem}
.verdict h1,.verdict p,.verdict code{color:var(--text)}
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
.wide{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.875rem;min-width:50%}
th,td{text-align:start;padding:.3125rem .75rem .3125rem 0;border-bottom:1px solid var(--line);
overflow-wrap:anywhere;font-weight:400}
thead th{color:var(--soft)}
td.n,th.n{text-align:end;white-space:nowrap}
svg{display:block;width:100%;height:auto;margin:.5rem 0}
svg text{fill:var(--text);font-size:12px;font-family:inherit}
svg .axis{stroke:var(--line)}svg .limit{stroke:var(--error);stroke-dasharray:4 3}
.a{fill:var(--a)}.b{fill:var(--b)}.c{fill:var(--c)}.d{fill:var(--d)}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0;margin:.25rem 0;
font-size:.875rem}
.legend svg{display:inline-block;width:.75rem;height:.75rem;margin:0 .375rem 0 0;vertical-align:-.0625rem}
th[scope=row]{min-width:8rem}
@media(max-width:40rem){.code{flex-direction:column}.code code{width:100%}
svg text{font-size:22px}.verdict{padding:.875rem}}
@media print{@page{margin:1.5cm}svg text{font-size:12px}:root{color-scheme:light;--back:#fff;--text:#000;--soft:#444;
--line:#999;--box:#fff;--ok:#116329;--info:#0550ae;--warning:#7d4e00;--error:#b3141f;--skipped:#444;
--unknown:#6639ba;--a:#6e40c9;--b:#0969da;--c:#1a7f37;--d:#bc4c00}
rect{print-color-adjust:exact}button,.data{display:none}main{max-width:none;padding:0}
details:not(.folded),svg,table{break-inside:avoid}h2,h2+p{break-after:avoid}}
`;
