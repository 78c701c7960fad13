import { test } from "uvu";
import * as assert from "uvu/assert";
import { isTimError } from "../../mod.ts";
import { commands, type PagedCommand, paginate, type Paginated } from "../../src/api/mod.ts";
import type { Paging } from "../../src/api/mod.ts";
import { catalogue, exampleOf } from "../support/catalogue.ts";
import { rejects } from "../support/rejects.ts";

type Fields = Record<string, unknown>;

const paged = commands.filter((row) => row.paging);

/** Puts a value at a path, making the way there. */
function put(answer: Fields, path: string, value: unknown): void {
  const keys = path.split(".");
  let at = answer;
  for (const key of keys.slice(0, -1)) at = (at[key] ??= {}) as Fields;
  at[keys.at(-1)!] = value;
}

function get(answer: Fields, path: string): unknown {
  return path.split(".").reduce<unknown>((at, key) => (at as Fields | undefined)?.[key], answer);
}

/** The body of the catalogue's example without its place among the pages. */
function firstBody(id: string, { carry = {}, offset, step }: Paging): Fields {
  const body = exampleOf(catalogue.commands.find((entry) => entry.id === id)!.request);
  for (const field of [...Object.keys(carry), offset, step?.field]) {
    // The end of a range of time is the caller's to name.
    if (field !== undefined && field !== "MaxTime") delete body[field];
  }
  return body;
}

/** Three pages of two items each in the manner of a command, from its example; and the bodies that get them. */
function script(
  id: string,
  paging: Paging,
): { answers: Fields[]; bodies: Fields[]; items: Fields[] } {
  const { response } = catalogue.commands.find((entry) => entry.id === id)!;
  const { carry = {}, offset, step, end, total, items: lists } = paging;
  const list = lists.find((path) => get(exampleOf(response), path))!;
  const marks = Object.values(carry).length > 0 && offset === undefined;
  const bodies: Fields[] = [{ ...paging.first, ...firstBody(id, paging) }];
  const answers: Fields[] = [];
  const items: Fields[] = [];
  for (const page of [1, 2, 3]) {
    const answer = exampleOf(response);
    const [item] = get(answer, list) as Fields[];
    const here: Fields[] = [1, 2].map((n) => ({
      ...item,
      ...(step && { [step.from]: 50 + step.add * (2 * page + n) }),
      Mark: `${page}/${n}`,
    }));
    items.push(...here);
    put(answer, list, here);
    if (total) put(answer, total, 6);
    const isLast = page === 3;
    if (end && marks || end && step) {
      put(answer, end.field, isLast ? end.is?.[0] ?? 1 : end.not?.[0] ?? "more");
    }
    const next = { ...bodies.at(-1)! };
    if (marks) {
      for (const [field, path] of Object.entries(carry)) {
        if (!(isLast && path === end!.field)) put(answer, path, `${path} ${page}`);
        next[field] = get(answer, path);
      }
    } else if (step) next[step.field] = here[1]![step.from] as number + step.add;
    else next[offset!] = page * 2;
    answers.push(answer);
    bodies.push(next);
  }
  bodies.pop();
  // By offset and without a number of all: only an empty page tells the end.
  if (!marks && !step && !total) {
    const answer = exampleOf(response);
    put(answer, list, []);
    answers.push(answer);
    bodies.push({ ...bodies.at(-1)!, [offset!]: 6 });
  }
  return { answers, bodies, items };
}

/** A backend that answers one after the other, the last again and again. */
function scripted(id: string, answers: Fields[], body: Fields) {
  const asked: Fields[] = [];
  const client = {
    call: (command: string, sent?: object) => {
      assert.is(command, id);
      asked.push(structuredClone(sent) as Fields);
      if (asked.length > 50) throw new Error("no end");
      return Promise.resolve(structuredClone(answers[Math.min(asked.length, answers.length) - 1]));
    },
  };
  const list: unknown = paginate(client, id as PagedCommand, body as never);
  return { asked, list: list as Paginated<Fields, Fields> };
}

test("the catalogue has 30 paged commands", () => assert.is(paged.length, 30));

for (const { service, command, paging } of paged) {
  const id = `${service}/${command}`;
  const { answers, bodies, items } = script(id, paging!);
  const body = firstBody(id, paging!);

  test(`paginate reads three pages of ${id}`, async () => {
    const before = structuredClone(body);
    const { asked, list } = scripted(id, answers, body);
    assert.equal(await list.toArray(), items);
    assert.equal(asked, bodies);
    assert.equal(body, before, "the caller's body");

    asked.length = 0;
    const pages = [];
    for await (const page of list.pages()) pages.push(page);
    assert.equal(asked, bodies, "begins anew");
    assert.equal(pages.map(({ answer }) => answer), answers);
    for (const page of pages) {
      assert.is(page.total, paging!.total === undefined ? undefined : 6);
    }
  });

  test(`paginate asks ${id} for no more than is read`, async () => {
    const { asked, list } = scripted(id, answers, body);
    assert.equal(await list.toArray({ limit: 3 }), items.slice(0, 3));
    assert.is(asked.length, 2);
  });

  test(`paginate ends at an empty page of ${id}`, async () => {
    const empty = structuredClone(answers[0]!);
    for (const path of paging!.items) put(empty, path, []);
    const { asked, list } = scripted(id, [empty], body);
    assert.equal(await list.toArray(), []);
    assert.is(asked.length, 1);
  });

  test(`paginate refuses to go round in circles with ${id}`, async () => {
    const endless = structuredClone(answers[0]!);
    if (paging!.total) put(endless, paging!.total, 1000);
    const { asked, list } = scripted(id, [endless], body);
    const error = await rejects(list.toArray());
    assert.ok(isTimError(error, "protocol"), String(error));
    assert.match(error.message, `Cannot page ${id}: the backend`);
    assert.is(asked.length, 2);
  });
}

test.run();
