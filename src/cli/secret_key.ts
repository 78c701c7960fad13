/**
 * Where a secret key may come from: never from an argument, which a process list and the shell's history
 * would show.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { type CliIo, UsageError } from "./io.ts";
import { decodeText } from "./text_file.ts";

/** Throws if an argument is, or tries to carry, a secret key; the value is not repeated. */
export function refuseKeyInArguments(args: readonly string[]): void {
  for (const arg of args) {
    const option = /^(-k|--?(?:secret|secret[-_]?key|key|sk))(?:=|$)/i.exec(arg)?.[1];
    if (option !== undefined || /(?:^|=)[0-9a-f]{64}$/i.test(arg)) {
      throw new UsageError(
        `${
          option ?? "An argument that looks like a secret key"
        } is refused: arguments show in the ` +
          "process list and in the shell's history.\nPut the key into TIM_SECRET_KEY or a file " +
          "(--key-file), or pipe it in (--key-stdin); if it was a real one, change it in the console.",
      );
    }
  }
}

/** Reads the keys, the newest first. */
export async function readSecretKeys(
  options: { "key-file"?: string; "key-stdin"?: boolean },
  io: CliIo,
): Promise<[string, ...string[]]> {
  const file = options["key-file"];
  if (file !== undefined && options["key-stdin"]) {
    throw new UsageError("--key-file and --key-stdin exclude each other");
  }
  const source = file !== undefined
    ? `the file ${file}`
    : options["key-stdin"]
    ? "standard input"
    : "TIM_SECRET_KEY";
  const text = file !== undefined
    ? await readKeyFile(file)
    : options["key-stdin"]
    ? await io.stdin()
    : io.env.TIM_SECRET_KEY ?? "";
  const [first, ...more] = text.split(/\r?\n/).filter((line) => line !== "");
  if (first !== undefined) return [first, ...more];
  throw new UsageError(
    source === "TIM_SECRET_KEY"
      ? "No secret key: set TIM_SECRET_KEY, or name a source by --key-file or --key-stdin"
      : `No secret key in ${source}: it is empty`,
  );
}

async function readKeyFile(path: string): Promise<string> {
  const bytes = await readFile(path).catch(({ code = "unknown error" }: { code?: string }) => {
    throw new UsageError(`Cannot read the key file ${path}: ${code}`);
  });
  return decodeText(bytes, `the key file ${path}`);
}
