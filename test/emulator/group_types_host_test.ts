import { readFile } from "node:fs/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { GROUP_FORMS, GROUP_RULES, type GroupRules } from "../../src/emulator/store/group_types.ts";

type Fact = string | boolean;

const { "x-group-types": types } = parse(
  await readFile("src/api/openapi/group.yaml", "utf8"),
) as { "x-group-types": ({ name: string; "old-name": string } & Record<string, Fact>)[] };

/** What the catalogue says of a form, and what the emulator's rules must then be. */
const CLAIMS: Record<string, (fact: Fact) => Partial<GroupRules>> = {
  "rest-add-member": (fact) => ({ members: fact === true }),
  import: (fact) => ({ members: fact === true }),
  "set-admins": (fact) => ({ admins: fact === true }),
  "mute-member": (fact) => ({ mutes: fact !== false }),
  "unread-count": (fact) => ({ unread: fact === true }),
  history: (fact) => ({ history: fact === true }),
  counters: (fact) => ({ counters: fact === true }),
  "needs-first-message": (fact) => ({ needsFirstMessage: fact === true }),
  "owner-may-leave": (fact) => ({ ownerMayLeave: fact !== false }),
  "default-MsgFlag": (fact) => ({ msgFlag: fact as GroupRules["msgFlag"] }),
  "member-list": (fact) => ({
    pagesByNext: fact === "by Next",
    onlineList: /online/.test(String(fact)),
  }),
};

for (const { name, "old-name": oldName, ...facts } of types) {
  test(`the rules of a ${name} group are the catalogue's`, () => {
    const form = GROUP_FORMS[name]!;
    assert.is(GROUP_FORMS[oldName], form);
    // Of the outdated form only its name is known.
    if (name === "BChatRoom") return;
    for (const [fact, claim] of Object.entries(CLAIMS)) {
      assert.ok(fact in facts, `the catalogue says nothing about ${fact}`);
      for (const [rule, value] of Object.entries(claim(facts[fact]!))) {
        assert.is(GROUP_RULES[form][rule as keyof GroupRules], value, `${fact}, ${rule}`);
      }
    }
  });
}

test.run();
