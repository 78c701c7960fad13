/**
 * The report's look: what all pages share, and its charts.
 *
 * @module
 */

import { baseStyle } from "../../../ui/style.ts";

/** The style sheet. */
export const style = `${baseStyle}
:root{--a:#6e40c9;--b:#0969da;--c:#1a7f37;--d:#bc4c00}
@media(prefers-color-scheme:dark){:root{--a:#a371f7;--b:#58a6ff;--c:#3fb950;--d:#f0883e}}
.wide{overflow-x:auto}
td.n,th.n{text-align:end;white-space:nowrap}
svg{display:block;width:100%;height:auto;margin:.5rem 0}
svg text{fill:var(--text);font-size:12px;font-family:inherit}
svg .axis{stroke:var(--line)}svg .limit{stroke:var(--error);stroke-dasharray:4 3}
.a{fill:var(--a)}.b{fill:var(--b)}.c{fill:var(--c)}.d{fill:var(--d)}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0;margin:.25rem 0;
font-size:.875rem}
.legend svg{display:inline-block;width:.75rem;height:.75rem;margin:0 .375rem 0 0;vertical-align:-.0625rem}
th[scope=row]{min-width:8rem}
@media(max-width:40rem){svg text{font-size:22px}}
@media print{svg text{font-size:12px}:root{--a:#6e40c9;--b:#0969da;--c:#1a7f37;--d:#bc4c00}
rect{print-color-adjust:exact}.data{display:none}}
`;
