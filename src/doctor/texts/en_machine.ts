/**
 * English: the machine itself.
 *
 * @module
 */

import { time } from "../format.ts";
import type { FindingTexts } from "./texts.ts";

const notes = {
  "node-attempt-limit": "Node gives each address only 250 ms to connect " +
    "(NODE_OPTIONS=--network-family-autoselection-attempt-timeout=2000 gives more)",
  "deno-repeats-posts":
    "Deno's fetch repeats a POST when a reused connection dies (TimClient prevents it)",
};

/** English texts of these checks. */
export const enMachine: FindingTexts<"runtime" | "proxy" | "hosts" | "routes" | "resolvers"> = {
  "runtime.noted": ({ name, version, notes: ids, extraCa }) => ({
    saw: [
      `${name} ${version}`.trim(),
      ...ids.map((id) => notes[id]),
      ...(extraCa ? [`also trusts ${extraCa}`] : []),
    ].join("; "),
  }),
  "runtime.trusts-anybody": ({ variable }) => ({
    saw: `${variable} switches certificate checks off`,
    means:
      `This machine's ${variable} switches certificate checks off for every program that sees it.`,
    remedy: "Unset it: whoever is on the way can read every UserSig. For a private root use " +
      "NODE_EXTRA_CA_CERTS=root.pem.",
  }),

  "proxy.none": () => ({ saw: "no proxy variable applies" }),
  "proxy.ignored": ({ variable, proxy, name }) => ({
    saw: `${variable}=${proxy} is set, but ${name} ignores it`,
  }),
  "proxy.exempt": ({ variable, host }) => ({
    saw: `${variable} is set, but NO_PROXY exempts ${host}`,
  }),
  "proxy.works": ({ variable, proxy, tookMs }) => ({
    saw: `${variable}=${proxy} lets calls through (${time(tookMs)}); all below goes through it`,
  }),
  "proxy.dead": ({ variable, proxy, name, fault }) => ({
    saw: `${variable}=${proxy} does not answer (${fault})`,
    means:
      `${name} sends every call through ${variable}=${proxy}, and that proxy does not answer (${fault}).`,
    remedy: `Start the proxy, correct or unset ${variable}, or add the host to NO_PROXY.`,
  }),
  "proxy.refuses": ({ variable, proxy, host, status }) => ({
    saw: `${variable}=${proxy} answers ${status} to CONNECT`,
    means: `The proxy ${variable}=${proxy} does not let calls to ${host} through (HTTP ${status}).`,
    remedy: status === 407
      ? `It wants credentials: ${variable}=http://USER:PASSWORD@HOST:PORT.`
      : "Ask its owner to allow the host, or add the host to NO_PROXY.",
  }),
  "proxy.unsupported": ({ variable, proxy, name }) => ({
    saw: `${variable}=${proxy} is of a kind that the doctor cannot look through`,
    means: `${name} sends every call through ${variable}=${proxy}, and the doctor cannot look ` +
      "through a proxy of that kind.",
    remedy: `Unset ${variable} for one run to see whether the way without it is sound.`,
  }),

  "hosts.clear": ({ path }) => ({ saw: `${path} says nothing of the host` }),
  "hosts.unread": ({ path }) => ({ saw: `${path} is not there or may not be read` }),
  "hosts.override": ({ path, line, host }) => ({
    saw: `${path} overrides DNS: ${line}`,
    means: `${path} overrides DNS for ${host} with the line "${line}".`,
    remedy: "Delete that line, unless it is meant: hosts change their addresses.",
  }),

  "routes.found": ({ four, six }) => ({
    saw: `default route for IPv4: ${four || "none"}, for IPv6: ${six || "none"}`,
  }),
  "routes.none": () => ({ saw: "there is no default route, neither for IPv4 nor for IPv6" }),
  "routes.unknown": () => ({ saw: "the system does not tell its routes" }),

  "resolvers.listed": ({ servers }) => ({
    saw: servers.map(({ address, about }) => about ? `${address} (${about})` : address).join(", "),
  }),
  "resolvers.unknown": () => ({ saw: "the system does not say which DNS servers it asks" }),
};
