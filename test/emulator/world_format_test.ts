import { test } from "uvu";
import * as assert from "uvu/assert";
import { createEmulator } from "../../src/emulator/mod.ts";
import { raw } from "../support/emulated.ts";
import { NOW, READS, SNAPSHOT } from "./world_of_format_1.ts";

test("a world that an earlier emulator wrote as a whole is read, and answers as it did", async () => {
  const app = createEmulator({ now: () => NOW, seed: JSON.parse(SNAPSHOT) });
  const reads: [command: string, body: object, answer: object][] = JSON.parse(READS);
  for (const [command, body, wanted] of reads) {
    const call = { path: `/v4/${command}`, body: JSON.stringify(body) };
    const { RequestId: _, ...answer } = await raw(app, call);
    assert.equal(answer, wanted, command);
  }
});

test.run();
