import type { CliIo } from "../../src/cli/io.ts";
import { main } from "../../src/cli/main.ts";

/** What a command line that ran in this process left behind. */
export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs `tim` in this process, with a stand-in for the terminal. */
export async function run(
  args: string[],
  env: CliIo["env"] = {},
  stdin = "",
  terminal: Partial<CliIo> = {},
): Promise<Ran> {
  const ran = { code: 0, out: "", err: "" };
  ran.code = await main(args, {
    out: (text) => void (ran.out += text),
    err: (text) => void (ran.err += text),
    env,
    stdin: () => Promise.resolve(stdin),
    isTTY: false,
    ...terminal,
  });
  return ran;
}
