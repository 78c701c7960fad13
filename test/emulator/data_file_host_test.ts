import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { BaseClient } from "../../mod.ts";
import { createEmulator, EMULATOR_APP } from "../../src/emulator/mod.ts";
import { sqliteJournals } from "../../src/runtime/sqlite_journals.ts";
import { control } from "../support/control.ts";
import { clientOf } from "../support/emulated.ts";
import { tim } from "../support/tim_process.ts";
import { signedQuery } from "../support/signed_query.ts";

const IMPORT = "im_open_login_svc/account_import";
/** Makes a journal longer than its world, so that it is replaced again and again. */
const Padding = "x".repeat(8000);

async function withFile(work: (path: string, folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "tim-emulator-"));
  try {
    await work(join(folder, "world.db"), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function started(path: string) {
  const process = tim(["emulator", "--port", "0", "--quiet", "--data", path]);
  const [, url] = await process.printed(/backend on (https?:\S+)/);
  return { process, url: url! };
}

/** Those of the accounts that are not there. */
async function missing(client: BaseClient, accounts: string[]): Promise<string[]> {
  const gone: string[] = [];
  for (let at = 0; at < accounts.length; at += 100) {
    const CheckItem = accounts.slice(at, at + 100).map((UserID) => ({ UserID }));
    const { ResultItem } = await client.call<
      string,
      { ResultItem: { UserID: string; AccountStatus: string }[] }
    >("im_open_login_svc/account_check", { CheckItem });
    for (const { UserID, AccountStatus } of ResultItem) {
      if (AccountStatus !== "Imported") gone.push(UserID);
    }
  }
  return gone;
}

test("with --data, what was acknowledged is there after kill -9 in the middle of writes", async () => {
  await withFile(async (path) => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 4; round++) {
      const { process, url } = await started(path);
      const client = new BaseClient({
        ...EMULATOR_APP,
        identifier: "administrator",
        baseUrl: url,
      });
      assert.equal(await missing(client, acknowledged), [], `round ${round}`);
      let going = true;
      const writers = Array.from({ length: 4 }, async (_, writer) => {
        for (let n = 0; going; n++) {
          const UserID = `r${round}w${writer}n${n}`;
          try {
            await client.call(IMPORT, { UserID, Padding });
          } catch {
            return;
          }
          acknowledged.push(UserID);
        }
      });
      await new Promise((resolve) => setTimeout(resolve, 100 + round * 67));
      process.child.kill("SIGKILL");
      await process.ended;
      going = false;
      await Promise.all(writers);
    }
    assert.ok(acknowledged.length > 100, `${acknowledged.length} calls`);
    // The file holds the world, and not the 8 kB of each call.
    const { size } = statSync(path);
    assert.ok(size < acknowledged.length * 8000 / 2 + 2 ** 21, `${size} bytes`);
  });
});

test("a file of SQLite gives an emulator of the library its worlds and its clock again", async () => {
  await withFile(async (path) => {
    const now = () => 1_795_000_000_000;
    for (let round = 0; round < 3; round++) {
      const journals = sqliteJournals(path);
      const app = createEmulator({ journals, now, anyApp: true });
      const other = { ...EMULATOR_APP, sdkAppId: 1400000009 };
      for (const client of [clientOf(app, EMULATOR_APP), clientOf(app, other)]) {
        assert.equal(await missing(client, Array.from({ length: round }, (_, n) => `u${n}`)), []);
        for (let n = 0; n < 80; n++) await client.call(IMPORT, { UserID: `u${round}`, Padding });
        for (let n = 0; n < 80; n++) await client.call(IMPORT, { UserID: `u${round}`, Padding });
      }
      const clock = await control(app, "POST", "clock", { advance: 1000 });
      assert.is(clock.now, 1_795_000_000_000 + 1000 * (round + 1));
      journals.close();
    }
    assert.ok(statSync(path).size < 2 ** 21 + 160 * 8000, `${statSync(path).size} bytes`);
  });
});

test("a file of the first version is read", async () => {
  await withFile(async (path) => {
    const db = new DatabaseSync(path);
    db.exec(`
      PRAGMA journal_mode = WAL;
      CREATE TABLE calls (n INTEGER PRIMARY KEY, app INTEGER NOT NULL, call TEXT NOT NULL);
      CREATE INDEX calls_by_app ON calls (app, n);
      PRAGMA user_version = 1;
    `);
    const call = { command: IMPORT, by: "administrator", at: 1, body: { UserID: "old" } };
    db.prepare("INSERT INTO calls (app, call) VALUES (?, ?)")
      .run(EMULATOR_APP.sdkAppId, JSON.stringify(call));
    db.close();
    const journals = sqliteJournals(path);
    assert.equal(await missing(clientOf(createEmulator({ journals }), EMULATOR_APP), ["old"]), []);
    journals.close();
  });
});

/** Why a file cannot be opened. */
function refusal(path: string): string {
  try {
    sqliteJournals(path).close();
  } catch (error) {
    return (error as Error).message;
  }
  return "opened";
}

test("--data explains what is wrong with its file", async () => {
  await withFile(async (path, folder) => {
    writeFileSync(path, "this is no database, and long enough to be looked at ".repeat(20));
    const wrong = tim(["emulator", "--port", "0", "--data", path]);
    assert.is(await wrong.ended, 1);
    assert.match(wrong.err(), /Cannot keep data in .*world\.db: .*not a database/);

    const foreign = join(folder, "foreign.db");
    const made = (path: string, sql: string) => {
      const db = new DatabaseSync(path);
      db.exec(sql);
      db.close();
    };
    made(foreign, "CREATE TABLE notes (text TEXT); PRAGMA user_version = 1");
    assert.match(refusal(foreign), /is the SQLite file of another program; name another file/);
    const left = new DatabaseSync(foreign);
    assert.equal(left.prepare("SELECT name FROM sqlite_schema").all().map(({ name }) => name), [
      "notes",
    ]);
    left.close();

    const newer = join(folder, "newer.db");
    sqliteJournals(newer).close();
    made(newer, "PRAGMA user_version = 99");
    assert.match(refusal(newer), /version 99, this emulator knows 1 to 2; update @tim\/edge/);

    assert.match(refusal(join(folder, "none", "world.db")), /there is no such folder, or nothing/);
    assert.match(refusal(folder), /Cannot keep data in .*(no such folder|nothing can be written)/);
    // Nobody can write there, whoever runs the tests.
    if (process.platform === "linux") assert.match(refusal("/proc/world.db"), /can be written/);
  });
});

test("a file that an emulator has open is refused to a second one, and free when the first is gone", async () => {
  await withFile(async (path) => {
    const { process, url } = await started(path);
    const second = tim(["emulator", "--port", "0", "--data", path]);
    assert.is(await second.ended, 1);
    assert.match(second.err(), /another program has it open, probably another emulator/);
    assert.not.match(process.out(), /The clock/);
    const clock = JSON.stringify({ freeze: true });
    await (await fetch(`${url}/_emulator/clock`, { method: "POST", body: clock })).text();
    const query = await signedQuery();
    const answer = await fetch(`${url}/v4/${IMPORT}?${query}`, {
      method: "POST",
      body: `{"UserID":"mira"}`,
    });
    assert.is((await answer.json()).ErrorCode, 0);
    process.child.kill("SIGKILL");
    await process.ended;
    const journals = sqliteJournals(path);
    assert.equal(await missing(clientOf(createEmulator({ journals }), EMULATOR_APP), ["mira"]), []);
    journals.close();
    const again = await started(path);
    await again.process.printed(/The clock stands at 20\S+Z, as it was left/);
    again.process.child.kill("SIGKILL");
    await again.process.ended;
  });
});

test.run();
