import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Batch, type BatchCommand, callInBatches, commands } from "../../src/api/mod.ts";
import { catalogue, exampleOf } from "../support/catalogue.ts";

type Fields = Record<string, unknown>;

const batches = commands.filter((row) => row.batch);

/** What the backend answers when some accounts of a call fail. */
function answerOf({ field, key, failures = [] }: Batch, body: Fields, bad: string[]): Fields {
  const accounts = (body[field] as (string & Fields)[]).map((entry) => key ? entry[key] : entry);
  const answer: Fields = { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0 };
  for (const { list, key: name, code, is } of failures) {
    const failed = accounts.filter((account) => bad.includes(account as string));
    if (!name) answer[list] = failed;
    else if (list === "ErrorList") {
      answer[list] = failed.map((account) => ({ [name]: account, ErrorCode: 70107 }));
    } else {
      answer[list] = accounts.map((account) => {
        const fails = failed.includes(account);
        if (is !== undefined) return { [name]: account, [code!]: fails ? is : 1 };
        const info = code!.replace("Code", "Info");
        return { [name]: account, [code!]: fails ? 70107 : 0, [info]: fails ? "gone" : "" };
      });
    }
  }
  return answer;
}

test("the catalogue has 53 commands that take a list", () => assert.is(batches.length, 53));

for (const { service, command, batch } of batches) {
  const id = `${service}/${command}` as BatchCommand;
  const { field, max, key, failures } = batch!;

  test(`callInBatches splits a list for ${id} and finds who failed`, async () => {
    const body = exampleOf(catalogue.commands.find((entry) => entry.id === id)!.request);
    const [entry] = body[field] as Fields[];
    const accounts = Array.from({ length: 2 * max + 1 }, (_, index) => `a${index}`);
    body[field] = accounts.map((account) => key ? { ...entry, [key]: account } : account);
    // One in the first call, one in the last.
    const bad = failures ? ["a1", `a${2 * max}`] : [];
    const sent: Fields[] = [];
    const client = {
      call: (name: string, part?: object) => {
        assert.is(name, id);
        sent.push(part as Fields);
        return Promise.resolve(answerOf(batch!, part as Fields, bad));
      },
    };
    const outcome = await callInBatches(client, id, body as never, { concurrency: 1 });
    assert.equal(sent.map((part) => (part[field] as unknown[]).length), [max, max, 1]);
    assert.equal(sent.flatMap((part) => part[field]), body[field]);
    for (const part of sent) assert.equal({ ...part, [field]: body[field] }, body);
    assert.equal(outcome.succeeded, accounts.filter((account) => !bad.includes(account)));
    assert.equal(outcome.failed.map(({ account }) => account), bad);
    assert.is(outcome.answers.length, 3);
    for (const failure of outcome.failed) {
      const wanted = failures!.find(({ code }) => code);
      assert.is(failure.code, wanted && (wanted.is ?? 70107));
      const hasInfo = wanted && wanted.list !== "ErrorList" && wanted.is === undefined;
      assert.is(failure.info, hasInfo ? "gone" : "");
    }
  });

  test(`callInBatches reads the catalogue's answer of ${id}`, async () => {
    const entry = catalogue.commands.find((row) => row.id === id)!;
    const body = exampleOf(entry.request);
    const answer = exampleOf(entry.response);
    const client = { call: () => Promise.resolve(answer) };
    const list = (body[field] as (string & Fields)[]).map((item) => key ? item[key] : item);
    const { succeeded, failed } = await callInBatches(client, id, body as never);
    assert.equal([...succeeded, ...failed.map(({ account }) => account)].sort(), list.sort());
    // Those of the examples in which something of the example's own body fails.
    const known: Record<string, string[]> = {
      "im_open_login_svc/account_delete": ["ghost 70107 Err_TLS_PT_Open_Login_Account_Not_Exist"],
      "openim/query_online_status": ["ghost 70107 "],
      "openim/batchsendmsg": ["lin 70107 "],
      "sns/black_list_add": ["spam02 30001 Err_SNS_BlackListAdd_Already_Exist"],
      "group_open_http_svc/get_group_info": ["@TGS#2KWVJ5EPH 10010 group not exist"],
    };
    const told = failed.map(({ account, code, info }) => `${account} ${code} ${info}`);
    assert.equal(told, known[id] ?? []);
  });
}

test.run();
