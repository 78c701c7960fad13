/**
 * Illnesses between the machine and an open connection.
 */

import { ProbeError } from "../../../src/doctor/mod.ts";
import { hostPlatform } from "../../../src/runtime/doctor_host.ts";
import { startDeaf } from "../../support/deaf.ts";
import {
  answering,
  examineServer,
  type Fault,
  overridden,
  proxyEnv,
  quietPlatform,
} from "./examine.ts";
import {
  answerAsBackend,
  closedPort,
  startBackend,
  startProxy,
  startTcp,
} from "../../support/tls_backend.ts";

/** Illnesses between the machine and an open connection. */
export const machineFaults: readonly Fault[] = [
  {
    name: "a name that does not exist",
    cause: "name-unknown",
    status: "error",
    sentence: "The name something.invalid does not exist, says this machine's resolver.",
    lines: [/– TCP +skipped because DNS failed/],
    examine: async (roots) =>
      await examineServer(roots, await startTcp(() => {}), {
        host: "something.invalid",
        resolve: undefined,
      }),
  },
  {
    name: "a resolver that denies a documented name",
    cause: "name-unknown",
    status: "error",
    sentence: "The name adminapisgp.im.qcloud.com does not exist, says this machine's resolver.",
    lines: [/What to do: The name is right, so the resolver filters it/],
    examine: async (roots) =>
      await examineServer(roots, await startTcp(() => {}), {
        host: "adminapisgp.im.qcloud.com",
        resolve: undefined,
        platform: quietPlatform({
          lookup: () => Promise.reject(new ProbeError("no-name", "ENOTFOUND")),
        }),
      }),
  },
  {
    name: "a proxy variable that leads to a dead proxy",
    cause: "proxy-dead",
    status: "error",
    sentence: "RUNTIME sends every call through HTTPS_PROXY=http://127.0.0.1:",
    lines: [/and that proxy does not answer \(refused\)\./, /– DNS +skipped because Proxy failed/],
    examine: async (roots) =>
      await examineServer(roots, await startTcp(() => {}), {
        platform: quietPlatform({ env: proxyEnv(await closedPort()) }),
      }),
  },
  {
    name: "a proxy that wants other credentials",
    cause: "proxy-refuses",
    status: "error",
    sentence: "The proxy HTTPS_PROXY=http://127.0.0.1:",
    lines: [/does not let calls to api\.test through \(HTTP 407\)\./, /It wants credentials/],
    examine: async (roots) => {
      const proxy = await startProxy(407, 1);
      return await examineServer(roots, proxy, {
        platform: quietPlatform({ env: proxyEnv(proxy.port) }),
      });
    },
  },
  {
    name: "certificate checks that are switched off",
    cause: "trust-switched-off",
    status: "warning",
    sentence: "This machine's NODE_TLS_REJECT_UNAUTHORIZED=0 switches certificate checks off",
    examine: answering(answerAsBackend, {
      platform: quietPlatform({ env: { NODE_TLS_REJECT_UNAUTHORIZED: "0" } }),
    }),
  },
  {
    name: "a line in the hosts file that leads to a closed port",
    cause: "hosts-file",
    status: "error",
    sentence: "/nowhere/hosts overrides DNS for api.test with the line " +
      '"127.0.0.1 other.test API.test".',
    lines: [/✗ TCP +127\.0\.0\.1 refused/],
    examine: overridden(async () => {
      const server = await startTcp(() => {});
      await server.close();
      return server;
    }),
  },
  {
    name: "a line in the hosts file that leads somewhere else",
    cause: "hosts-file",
    status: "error",
    sentence: "/nowhere/hosts overrides DNS for api.test",
    lines: [/✗ TLS /],
    examine: overridden(() => startBackend()),
  },
  {
    name: "a resolver that sends the host into a sinkhole",
    cause: "wrong-address",
    status: "error",
    sentence: "The resolver sends console.tim.qq.com to 127.0.0.1 (loopback), where it cannot be.",
    lines: [/✗ Answers +127\.0\.0\.1 is loopback/],
    examine: async (roots) => {
      const server = await startBackend();
      return await examineServer(roots, server, {
        host: `console.tim.qq.com:${server.port}`,
        resolve: undefined,
        platform: quietPlatform({
          lookup: () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]),
        }),
      });
    },
  },
  {
    name: "a resolver that does not answer",
    cause: "resolver-silent",
    status: "error",
    sentence: "The DNS server does not answer: api.test got no address within 5 s.",
    examine: async (roots) =>
      await examineServer(roots, await startTcp(() => {}), {
        resolve: undefined,
        platform: quietPlatform({
          lookup: () => Promise.reject(new ProbeError("resolver-silent", "EAI_AGAIN")),
        }),
      }),
  },
  {
    name: "a closed network where one machine answers for every host",
    cause: "offline",
    status: "error",
    sentence: "This machine reaches no HTTPS host at all: neither this one nor a.test.",
    lines: [/i Others +unrelated hosts do not answer either: a\.test wrong-name/],
    examine: async (roots) => {
      const server = await startTcp(() => {});
      await server.close();
      const everybody = await startBackend(await roots.root.issue({ names: ["gateway.test"] }));
      const controlHosts = [{ host: "a.test", address: "127.0.0.1", port: everybody.port }];
      const examined = await examineServer(roots, server, { controlHosts });
      await everybody.close();
      return examined;
    },
  },
  {
    name: "a machine without a network, where not even DNS answers",
    cause: "offline",
    status: "error",
    sentence: "This machine reaches no HTTPS host at all: neither this one nor a.test, b.test.",
    lines: [/✗ DNS +no answer/, /i Others +unrelated hosts do not answer either: a\.test/],
    examine: async (roots) => {
      const port = await closedPort();
      return await examineServer(roots, await startTcp(() => {}), {
        resolve: undefined,
        controlHosts: [
          { host: "a.test", address: "127.0.0.1", port },
          { host: "b.test", address: "127.0.0.1", port },
        ],
        platform: quietPlatform({
          lookup: () => Promise.reject(new ProbeError("resolver-silent", "EAI_AGAIN")),
        }),
      });
    },
  },
  {
    name: "a port whose packets are dropped, so that no SYN is answered",
    slow: true,
    cause: "port-silent",
    status: "error",
    sentence: "Port PORT of api.test does not answer: no connection within 1.5 s.",
    lines: [/✗ TCP +127\.0\.0\.1 timeout after 1\.5 s/, /– TLS +skipped because TCP failed/],
    examine: async (roots) => await examineServer(roots, await startDeaf(), { timeoutMs: 1500 }),
  },
  {
    name: "one address of two that is dead",
    cause: "address-dead",
    status: "warning",
    sentence: "Port PORT answers on some addresses of the host, but not on 127.0.0.2.",
    lines: [/! TCP +127\.0\.0\.2 refused, 127\.0\.0\.1 in /],
    examine: answering(answerAsBackend, { resolve: ["127.0.0.2", "127.0.0.1"] }),
  },
  {
    name: "IPv6 that is broken beside IPv4 that works",
    cause: "address-dead",
    status: "warning",
    sentence: "Port PORT answers on some addresses of the host, but not on 2001:db8::7.",
    lines: [/if only IPv6 fails, repair it or prefer IPv4/, /! TCP +2001:db8::7 timeout, 127/],
    examine: answering(answerAsBackend, {
      resolve: ["2001:db8::7", "127.0.0.1"],
      platform: quietPlatform({
        // A route that swallows packets cannot be had on every machine.
        connect: (address, port, limitMs) =>
          address.includes(":")
            ? Promise.reject(new ProbeError("timeout", `no connection within ${limitMs} ms`))
            : hostPlatform().connect(address, port, limitMs),
      }),
    }),
  },
  {
    name: "IPv6 without a route beside IPv4 that is refused",
    cause: "port-refused",
    status: "error",
    sentence: "Port PORT of api.test is closed",
    examine: async (roots) => {
      const server = await startTcp(() => {});
      await server.close();
      return await examineServer(roots, server, {
        resolve: ["2001:db8::7", "127.0.0.1"],
        platform: quietPlatform({
          connect: (address, port, limitMs) =>
            address.includes(":")
              ? Promise.reject(new ProbeError("unreachable", "ENETUNREACH"))
              : hostPlatform().connect(address, port, limitMs),
        }),
      });
    },
  },
  {
    name: "a closed port",
    cause: "port-refused",
    status: "error",
    sentence: "Port PORT of api.test is closed: the connection was refused 3 times.",
    lines: [/✗ TCP +127\.0\.0\.1 refused \(3 attempts\)/, /– Clock +skipped because TCP failed/],
    examine: async (roots) => {
      const server = await startTcp(() => {});
      await server.close();
      return await examineServer(roots, server);
    },
  },
  {
    name: "a machine that reaches nobody",
    cause: "offline",
    status: "error",
    sentence: "This machine reaches no HTTPS host at all: neither this one nor a.test, b.test.",
    lines: [
      /✗ TCP +127\.0\.0\.1 refused/,
      /i Others +unrelated hosts do not answer either: a\.test/,
    ],
    examine: async (roots) => {
      const server = await startTcp(() => {});
      await server.close();
      const port = await closedPort();
      return await examineServer(roots, server, {
        controlHosts: [
          { host: "a.test", address: "127.0.0.1", port },
          { host: "b.test", address: "127.0.0.1", port },
        ],
      });
    },
  },
];
