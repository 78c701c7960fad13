/**
 * The emulator's worlds and clock in one SQLite file: what a call changed is there once it was answered,
 * whatever ends the program. For Deno, Bun and Node 24 or later, which have `node:sqlite`.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import type { ClockState, Journal, Journals } from "../emulator/mod.ts";

export type { ClockState, Journal, Journals };

/** The version of the tables: 2 brought the settings. */
const VERSION = 2;
/** Says in the file's head whose it is: "timE". */
const APPLICATION = 0x74696d45;
const PAGE = 1000;

/**
 * Journals in a file.
 *
 * @example Which apps are in a file
 * ```ts
 * import { createEmulator } from "@tim/edge/emulator";
 * import { type SqliteJournals, sqliteJournals } from "@tim/edge/emulator/sqlite";
 *
 * const appsIn = (journals: SqliteJournals) =>
 *   journals.apps().map((sdkAppId) => `${sdkAppId}: ${journals.of(sdkAppId).length} calls`);
 * const journals = sqliteJournals(":memory:"); // or a path
 * const calls = [{ command: "im_open_login_svc/account_import", body: { UserID: "mira" } }];
 * createEmulator({ journals, seed: { version: 2, apps: [{ calls }] } });
 * console.log(appsIn(journals)[0]); // 88888888: 1 calls
 * journals.close();
 * ```
 */
export interface SqliteJournals extends Journals {
  /** Closes the file. */
  close(): void;
}

/**
 * Opens the file in which an emulator keeps everything, or makes it. One emulator at a time may have it open.
 *
 * @example An emulator that goes on where it was
 * ```ts
 * import { createEmulator } from "@tim/edge/emulator";
 * import { sqliteJournals } from "@tim/edge/emulator/sqlite";
 *
 * const journals = sqliteJournals(":memory:"); // or a path
 * const emulator = createEmulator({ journals });
 * console.log((await emulator.request("/_emulator/state")).status); // 200
 * journals.close();
 * ```
 *
 * @param path Where the file is, or shall be.
 * @returns What `createEmulator` takes as `journals`.
 * @throws {Error} When the file cannot be opened or made, is another program's, is in use, or is of a newer
 * version; the message says which.
 */
export function sqliteJournals(path: string): SqliteJournals {
  const db = open(path);
  const journals = new Map<number, Journal>();
  return {
    of(sdkAppId) {
      let journal = journals.get(sdkAppId);
      if (!journal) journals.set(sdkAppId, journal = journalOf(db, path, sdkAppId));
      return journal;
    },
    apps: () => db.prepare("SELECT DISTINCT app FROM calls").all().map(({ app }) => Number(app)),
    clock() {
      const row = db.prepare("SELECT value FROM settings WHERE name = 'clock'").get();
      return row && JSON.parse(String(row.value));
    },
    keepClock(state) {
      db.prepare("INSERT OR REPLACE INTO settings (name, value) VALUES ('clock', ?)")
        .run(JSON.stringify(state));
    },
    close: () => db.close(),
  };
}

function journalOf(db: DatabaseSync, path: string, app: number): Journal {
  const add = db.prepare("INSERT INTO calls (app, call) VALUES (?, ?)");
  const clear = db.prepare("DELETE FROM calls WHERE app = ?");
  const counted = db.prepare("SELECT count(*) AS n FROM calls WHERE app = ?").get(app);
  let length = Number(counted!.n);
  return {
    get length() {
      return length;
    },
    append(call) {
      try {
        add.run(app, call);
      } catch (error) {
        throw cannotKeep(path, error);
      }
      length++;
    },
    *read() {
      // Read by pages: a statement must not stay open while others write.
      let last = 0;
      const page = db.prepare(
        `SELECT n, call FROM calls WHERE app = ? AND n > ? ORDER BY n LIMIT ${PAGE}`,
      );
      for (;;) {
        const rows = page.all(app, last);
        for (const { n, call } of rows) {
          last = Number(n);
          yield String(call);
        }
        if (rows.length < PAGE) return;
      }
    },
    replace(calls) {
      try {
        db.exec("BEGIN IMMEDIATE");
        try {
          clear.run(app);
          for (const call of calls) add.run(app, call);
          db.exec("COMMIT");
        } catch (error) {
          db.exec("ROLLBACK");
          throw error;
        }
      } catch (error) {
        throw cannotKeep(path, error);
      }
      length = calls.length;
      giveBack(db);
    },
  };
}

/** Makes the file as small as what is in it, when that is much less. */
function giveBack(db: DatabaseSync): void {
  const number = (pragma: string) =>
    Number(Object.values(db.prepare(`PRAGMA ${pragma}`).get()!)[0]);
  if (2 * number("freelist_count") < number("page_count")) return;
  try {
    db.exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
  } catch {
    // It needs room of its own for a while; without, the file stays as large as it is.
  }
}

function open(path: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path);
    prepare(db);
    return db;
  } catch (error) {
    try {
      db?.close();
    } catch {
      // Some runtimes hold that against a file that never was a database.
    }
    throw cannotKeep(path, error);
  }
}

function prepare(db: DatabaseSync): void {
  // The lock stays until the file is closed or the program ends: two emulators would mix their calls.
  db.exec("PRAGMA busy_timeout = 1000; PRAGMA locking_mode = EXCLUSIVE");
  const number = (pragma: string) =>
    Number(Object.values(db.prepare(`PRAGMA ${pragma}`).get()!)[0]);
  const names = db.prepare("SELECT name FROM sqlite_schema").all().map(({ name }) => name);
  const version = number("user_version");
  const application = number("application_id");
  // Version 1 did not say whose it is.
  const own = application === APPLICATION ||
    (application === 0 && version === 1 && names.includes("calls_by_app"));
  if (names.length > 0 && !own) {
    throw new Error("it is the SQLite file of another program; name another file");
  }
  if (version > VERSION) {
    throw new Error(
      `it is of version ${version}, this emulator knows 1 to ${VERSION}; update @tim/edge`,
    );
  }
  // With a write-ahead log every commit outlives the program; only a power cut could take the last ones.
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS calls (n INTEGER PRIMARY KEY, app INTEGER NOT NULL, call TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS calls_by_app ON calls (app, n);
    CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    PRAGMA application_id = ${APPLICATION};
    PRAGMA user_version = ${VERSION};
    COMMIT;
  `);
}

const MEANINGS: [RegExp, string][] = [
  [
    /locked|busy/i,
    "another program has it open, probably another emulator; stop it, or name another file",
  ],
  [/unable to open/i, "there is no such folder, or nothing can be written there"],
  [/readonly|read-only|permission/i, "nothing can be written there; name a file in another folder"],
  [/full/i, "the disk is full"],
];

/** Says what is wrong with the file, and what to do where SQLite's own words do not. */
function cannotKeep(path: string, error: unknown): Error {
  const { message } = error as Error;
  const meaning = MEANINGS.find(([pattern]) => pattern.test(message))?.[1];
  return new Error(
    `Cannot keep data in ${path}: ${meaning ? `${meaning} (${message})` : message}`,
    {
      cause: error,
    },
  );
}
