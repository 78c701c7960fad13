/**
 * Does the hosts file say where the host is, in place of DNS?
 *
 * @module
 */

import { type Check, conclude, type Conclusion, type Examination } from "../check.ts";

/** Reads the system's hosts file. */
export const hostsCheck: Check = {
  id: "hosts",
  needs: [],
  after: ["proxy"],
  async examine(
    { platform, target: { host }, resolve, evidence }: Examination,
  ): Promise<Conclusion> {
    // Where nobody looks the name up here, the file says nothing of the way.
    if (evidence.proxy) return conclude("info", "dns.by-proxy", { host });
    if (resolve) return conclude("info", "dns.given", { host, addresses: resolve });
    const path = platform.hostsFile;
    const text = await platform.readText(path);
    if (text === undefined) return conclude("info", "hosts.unread", { path });
    const line = text.split(/\r?\n/).find((each) => names(each).includes(host.toLowerCase()));
    // Every machine has these lines, and means them.
    if (line === undefined || host === "localhost") return conclude("ok", "hosts.clear", { path });
    return conclude("warning", "hosts.override", {
      path,
      line: line.replace(/#.*/, "").trim().replace(/\s+/g, " "),
      host,
    });
  },
};

function names(line: string): string[] {
  return line.replace(/#.*/, "").trim().toLowerCase().split(/\s+/).slice(1);
}
