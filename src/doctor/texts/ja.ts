/**
 * Japanese.
 *
 * @module
 */

import { time } from "../format.ts";
import { jaCalls } from "./ja_calls.ts";
import { checks } from "./ja_checks.ts";
import { jaPath } from "./ja_path.ts";
import type { Texts } from "./texts.ts";

/** The Japanese texts. */
export const ja: Texts = {
  checks,
  findings: { ...jaPath, ...jaCalls },
  healthy: (host) =>
    `${host} はここから正常です：名前、ポート、証明書、呼び出し、時計に問題はありません。`,
  healthyAsFar: (host, titles) =>
    `${host} について行った検査に問題はありません：${titles.join("、")}。`,
  unexplained: "分類できない問題があります。検査結果を見てください。",
  page: {
    findings: "検査結果",
    fine: (count) => `エラーも警告もない検査 ${count} 件`,
    status: {
      ok: "正常",
      info: "情報",
      warning: "警告",
      error: "エラー",
      skipped: "省略",
      unknown: "不明",
    },
    waterfall: "最初の呼び出しの時間の内訳",
    waterfallNote: "新しい接続では順に進み、開いた接続では最後だけが残ります。",
    phases: { dnsMs: "DNS", tcpMs: "TCP", tlsMs: "TLS", firstByteMs: "最初のバイト" },
    total: "合計",
    host: "ホスト名",
    histogram: "呼び出しにかかる時間",
    histogramNote: (calls, limit) => `${calls} 回の呼び出し。バックエンド自身の上限は ${limit}。`,
    time: "時間",
    calls: "回数",
    data: "JSON のレポート",
    copy: "コピー",
    copied: "コピーしました",
  },
  seeForYourself: "自分で確かめるには",
  accepted: (reason) => `承認済み：${reason}`,
  remedy: "対処",
  colon: "：",
  diff: {
    notMade: "未実施",
    none: "違いはありません。",
    some: (count) => `${count} 件の検査が異なります。`,
  },
  verdict: { ok: "正常", warning: "動作するが要対処", error: "異常", unknown: "診断できず" },
  lookedAt: (url, runtime, tookMs) => `${runtime} から ${url} を ${time(tookMs)} で診断。`,
};
