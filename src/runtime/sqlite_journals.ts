/**
 * Journals of the emulator's worlds in one SQLite file: what a call changed is there once it was answered,
 * whatever ends the program.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import type { Journal, Journals } from "../emulator/worlds/journal.ts";

/** The version of the tables. */
const VERSION = 1;

/** Journals in a file. */
export interface SqliteJournals extends Journals {
  /** Closes the file. */
  close(): void;
}

/**
 * Opens the file, or makes it.
 *
 * @throws {Error} When the file is none of the emulator's, or is of a newer version.
 */
export function sqliteJournals(path: string): SqliteJournals {
  const db = open(path);
  const add = db.prepare("INSERT INTO calls (app, call) VALUES (?, ?)");
  const clear = db.prepare("DELETE FROM calls WHERE app = ?");
  const journals = new Map<number, Journal>();

  function journalOf(app: number): Journal {
    const counted = db.prepare("SELECT count(*) AS n FROM calls WHERE app = ?").get(app);
    let length = Number(counted!.n);
    return {
      get length() {
        return length;
      },
      append(call) {
        add.run(app, call);
        length++;
      },
      *read() {
        // Read by pages: a statement must not stay open while others write.
        let last = 0;
        const page = db.prepare(
          "SELECT n, call FROM calls WHERE app = ? AND n > ? ORDER BY n LIMIT 1000",
        );
        for (;;) {
          const rows = page.all(app, last);
          for (const { n, call } of rows) {
            last = Number(n);
            yield String(call);
          }
          if (rows.length < 1000) return;
        }
      },
      replace(calls) {
        db.exec("BEGIN IMMEDIATE");
        try {
          clear.run(app);
          for (const call of calls) add.run(app, call);
          db.exec("COMMIT");
        } catch (error) {
          db.exec("ROLLBACK");
          throw error;
        }
        length = calls.length;
      },
    };
  }

  return {
    of(sdkAppId) {
      let journal = journals.get(sdkAppId);
      if (!journal) journals.set(sdkAppId, journal = journalOf(sdkAppId));
      return journal;
    },
    apps: () => db.prepare("SELECT DISTINCT app FROM calls").all().map(({ app }) => Number(app)),
    close: () => db.close(),
  };
}

function open(path: string): DatabaseSync {
  try {
    const db = new DatabaseSync(path);
    // With a write-ahead log every commit outlives the program; only a power cut could take the last ones.
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000");
    const { user_version: version } = db.prepare("PRAGMA user_version").get()!;
    if (Number(version) > VERSION) {
      throw new Error(
        `it is of version ${version}, this emulator knows ${VERSION}; update @tim/edge`,
      );
    }
    db.exec(`
      CREATE TABLE IF NOT EXISTS calls (n INTEGER PRIMARY KEY, app INTEGER NOT NULL, call TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS calls_by_app ON calls (app, n);
      PRAGMA user_version = ${VERSION};
    `);
    return db;
  } catch (error) {
    throw new Error(`Cannot keep data in ${path}: ${(error as Error).message}`, { cause: error });
  }
}
