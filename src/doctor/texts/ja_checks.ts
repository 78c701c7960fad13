/**
 * Japanese: titles of the checks.
 *
 * @module
 */

import type { CheckId } from "../check.ts";

/** Titles by check. */
export const checks: Record<CheckId, string> = {
  runtime: "ランタイム",
  proxy: "プロキシ",
  hosts: "hosts ファイル",
  routes: "経路",
  resolvers: "DNS 設定",
  dns: "DNS",
  nameservers: "DNS サーバー",
  egress: "出口",
  answers: "解決結果",
  tcp: "TCP",
  tls: "TLS",
  resumption: "セッション再開",
  control: "他のホスト",
  head: "HEAD /",
  post: "POST",
  large: "8 KB",
  reuse: "接続の再利用",
  idle: "アイドル接続",
  clock: "時計",
  credentials: "認証情報",
  regions: "リージョン",
};
