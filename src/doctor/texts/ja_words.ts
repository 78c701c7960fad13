/**
 * Japanese: what several texts share.
 *
 * @module
 */

import { type Formats, formatsOf } from "./formats.ts";

/** Formats of values. */
export const f: Formats = formatsOf({
  limit: (time, limit) => `${time}（上限 ${limit}）`,
  more: (shown, count) => `${shown} ほか ${count} 件`,
  colon: "：",
  comma: "、",
  days: "日",
  took: (address, time) => `${address}（${time}）`,
  faults: {
    refused: "接続拒否",
    timeout: "タイムアウト",
    unreachable: "到達不能",
    reset: "リセット",
    closed: "切断",
    "no-name": "名前なし",
    "resolver-silent": "DNS 無応答",
    "resolver-failed": "DNS エラー",
    "not-tls": "TLS ではない",
    "tls-version": "TLS が古い",
    untrusted: "信頼されない証明書",
    "not-http": "HTTP ではない応答",
    "not-permitted": "権限なし",
    exhausted: "資源不足",
    "wrong-name": "証明書の名前が違う",
    expired: "証明書の期限切れ",
    "not-yet-valid": "証明書が有効期間前",
    intercepted: "TLS の復号",
    failed: "失敗",
    other: "その他のエラー",
  },
  kinds: {
    public: "グローバル",
    loopback: "ループバック",
    unspecified: "未指定",
    private: "プライベート",
    "carrier NAT": "キャリア NAT",
    "link-local": "リンクローカル",
    "fake-IP": "fake-IP",
    documentation: "文書用",
    Teredo: "Teredo",
    reserved: "予約済み",
  },
  noAddress: "アドレスなし",
  calls: (answered, samples) =>
    answered === samples ? `${samples} 回の呼び出し` : `${samples} 回中 ${answered} 回に応答`,
  over: (count, limit) => `${count} 回は ${limit} を超過`,
  worst: "最長",
  registered: (country) => `登録地 ${country}`,
});

/** How to put a clock right. */
export const CLOCK = "時計を合わせてください（NTP。スリープ後や WSL では sudo hwclock -s）。";
/** What to do about a server that does not send the certificates between its own and the root. */
export const ALONE =
  "サーバーは自身の証明書だけを送っています：ご自身のサーバーであれば、中間証明書も送らせてください（fullchain.pem）。";

/** How to have a private root trusted. */
export const TRUST =
  "ネットワークが意図的に TLS を復号しているなら、そのルート証明書をランタイムに渡してください：" +
  "Node、Bun、Deno は NODE_EXTRA_CA_CERTS=root.pem、ここでは --ca root.pem。意図的でなければ盗聴です：" +
  "UserSig を送らないでください。";

/** The server's own name, if it gave one. */
export const named = (server: string) => server && `（server: ${server}）`;
/** What must be opened. */
export const open = (port: number) =>
  `ファイアウォール、セキュリティグループ、ネットワーク ACL でこのホストへの TCP ${port} 送信を許可`;
