/**
 * The files of `tim emulator`: seed, data and certificates.
 *
 * @module
 */

import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EmulatorSnapshot } from "../emulator/mod.ts";
import { UsageError } from "./io.ts";
import { decodeText } from "./text_file.ts";

/** Reads the seed of `--seed`. */
export async function readSeed(path: string): Promise<EmulatorSnapshot> {
  const bytes = await readFile(path).catch((error) => {
    throw new Error(`Cannot read the seed ${path}: ${error.message}`);
  });
  const text = decodeText(bytes, `the seed ${path}`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`The seed ${path} is not JSON: ${(error as Error).message}`);
  }
}

/** Opens the file of `--data`. */
export async function openData(path: string) {
  // Only when asked for: `node:sqlite` warns on some versions that it is new.
  const { sqliteJournals } = await import("../runtime/sqlite_journals.ts").catch((error) => {
    if (error.code !== "ERR_UNKNOWN_BUILTIN_MODULE") throw error;
    throw new UsageError(
      "--data needs SQLite, which this runtime lacks: use Node 22.13 or later, Deno or Bun",
    );
  });
  return sqliteJournals(path);
}

/** What `--tls` made. */
export interface TlsFiles {
  key: string;
  cert: string;
  /** Where the authority's certificate lies. */
  caPath: string;
  names: string[];
}

/** Makes certificates for the names of `--tls`, and writes down what clients must trust. */
export async function makeTls(list: string, caPath: string | undefined): Promise<TlsFiles> {
  const names = list.split(",").map((name) => name.trim()).filter((name) => name !== "");
  const wrong = names.find((name) => !/^(\*\.)?[A-Za-z0-9.:-]+$/.test(name));
  if (names.length === 0 || wrong !== undefined) {
    throw new UsageError(
      `--tls is "${list}", wanted host names like console.tim.qq.com,localhost`,
    );
  }
  const { makeCertificate } = await import("../runtime/certificates.ts");
  const { ca, key, cert } = await makeCertificate(names);
  const path = caPath ?? join(await mkdtemp(join(tmpdir(), "tim-emulator-")), "ca.pem");
  await writeFile(path, ca);
  return { key, cert, caPath: path, names };
}
