/**
 * The way to what listens on this machine: never through a proxy.
 *
 * @module
 */

const LOCAL = "127.0.0.1,localhost,::1";

/**
 * Takes this machine out of the proxy's reach. Where HTTP_PROXY is set, the runtimes send even that through the
 * proxy, which then looks for the emulator on its own machine, and reads the UserSig.
 *
 * @param env The environment of this process: the runtimes look at NO_PROXY when they make a request.
 * @returns The environment as it was, which is what other programs on this machine see.
 */
export function reachLocalHosts<Env extends Record<string, string | undefined>>(env: Env): Env {
  try {
    const before = { ...env };
    if (!Object.keys(before).some((name) => /^(https?|all)_proxy$/i.test(name))) return env;
    const given = ["NO_PROXY", "no_proxy"].filter((name) => before[name] !== undefined);
    for (const name of given.length > 0 ? given : ["NO_PROXY"]) {
      const list = before[name]?.trim();
      if (list !== "*") Object.assign(env, { [name]: list ? `${list},${LOCAL}` : LOCAL });
    }
    return before;
  } catch {
    // Deno may not permit to look.
    return env;
  }
}
