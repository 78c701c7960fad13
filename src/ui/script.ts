/**
 * What the scripts of all pages have in common.
 *
 * Text and not functions, since a bundler may put helpers into functions that a browser does not have.
 *
 * @module
 */

/** Stands before a page's own script. */
export const baseScript: string = String.raw`
"use strict";
const byId = (id) => document.getElementById(id);
const make = (tag, props = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return element;
};
const timeOf = (ms, style) => {
  const time = new Date(ms), { lang } = document.documentElement;
  return make("time", {
    dateTime: time.toISOString(),
    title: time.toISOString(),
    textContent: style ? time.toLocaleString(lang, style) : time.toLocaleTimeString(lang, { hourCycle: "h23" }),
  });
};
const json = (value) => make("pre", {
  tabIndex: 0,
  textContent: typeof value === "string" ? value : JSON.stringify(value, null, 2),
});
`;
