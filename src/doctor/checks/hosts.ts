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
  async examine({ platform, target: { host } }: Examination): Promise<Conclusion> {
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
