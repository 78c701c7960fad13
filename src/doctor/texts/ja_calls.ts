/**
 * Japanese: calls, the clock, the app and the checks themselves.
 *
 * @module
 */

import { explainErrorCode } from "../../errors/mod.ts";
import type { RefusalFacts } from "../facts.ts";
import { AT_ONCE_MS, size } from "../format.ts";
import { checks } from "./ja_checks.ts";
import { jaCodes } from "./ja_codes.ts";
import { CLOCK, f, named } from "./ja_words.ts";
import type { FindingTexts } from "./texts.ts";

const skew = (ms: number) => `${f.long(Math.abs(ms))} ${ms > 0 ? "進んで" : "遅れて"}`;
const broken = (fault: string) =>
  fault === "not-http" ? "応答が HTTP ではない" : `応答なしに${f.fault(fault)}`;
const refusal = ({ code, info, requestId }: RefusalFacts) =>
  `エラー ${code}：${info}${requestId && `（RequestId ${requestId}）`}`;

type Calls =
  | ("head" | "post" | "large" | "reuse" | "idle" | "clock")
  | ("credentials" | "regions" | "egress" | "check");

/** Japanese texts of these checks. */
export const jaCalls: FindingTexts<Calls> = {
  "head.ok": ({ status, server, tookMs, limitMs }) => ({
    saw: `${status}${named(server)}、${f.timeOf(tookMs, limitMs)}`,
  }),
  "head.redirect": ({ host, status, location }) => ({
    saw: `${status} で ${location} へ転送`,
    means:
      `${host} の HEAD / が ${location} へ転送されます（${status}）。バックエンドは転送しません。`,
    remedy:
      "ログイン用ポータルかプロキシの応答です：ブラウザーでログインするか、ホストを除外してください。",
  }),
  "head.status": ({ host, status, server }) => ({
    saw: `200 ではなく ${status}${named(server)}`,
    means: `${host} の HEAD / の応答が 200 ではなく ${status} です${named(server)}。`,
    remedy:
      "途中の Web ファイアウォールかプロキシの応答です：管理者にホストの許可を依頼してください。",
  }),
  "head.silent": ({ host, limitMs }) => ({
    saw: `${f.time(limitMs)} 以内に応答なし`,
    means: `${host} の HEAD / に ${f.time(limitMs)} 以内の応答がありません。`,
    remedy:
      "途中の何かが HEAD 要求を破棄しています。呼び出しは POST なので、POST の行を見てください。",
  }),
  "head.failed": ({ host, fault, detail }) => ({
    saw: `${broken(fault)}：${detail}`,
    means: `${host} の HEAD / に正しい応答がありません（${broken(fault)}）。`,
    remedy:
      "途中のプロキシが応答しているか切断しています：管理者にホストの許可を依頼してください。",
  }),
  "post.ok": (facts) => ({
    saw: `${f.spread(facts)}。新しい接続で ${f.time(facts.coldMs)}${
      facts.warmMs ? `、開いた接続で ${f.time(facts.warmMs)}` : ""
    }。クライアントのタイムアウトは ${f.time(facts.clientTimeoutMs)} が適切`,
  }),
  "post.near-limit": (facts) => ({
    saw: f.spread(facts),
    means: `${facts.host} への呼び出しがバックエンドの上限に近づいています：最長 ${
      f.timeOf(facts.worstMs, facts.limitMs)
    }。`,
    remedy: `アプリのリージョンのホストを近くのマシンから使い、クライアントのタイムアウトを ${
      f.time(facts.clientTimeoutMs)
    } にしてください。`,
  }),
  "post.slow": (facts) => ({
    saw: f.spread(facts),
    means: `${facts.host} への呼び出しが遅すぎます：${f.timeOf(facts.p50Ms, facts.limitMs)}。`,
    remedy: `接続は速いので、遅いのはバックエンドかプロキシです：タイムアウトを ${
      f.time(facts.clientTimeoutMs)
    } にし、リージョンを確認し、この実行の時刻とともに報告してください。`,
  }),
  "post.silent": ({ host, samples, timeoutMs }) => ({
    saw: `${samples} 回の呼び出しに ${f.time(timeoutMs)} 以内の応答なし`,
    means: `${host} は呼び出しを受けますが、${samples} 回とも ${
      f.time(timeoutMs)
    } 以内に応答しません。`,
    remedy:
      "経路は開いているので、バックエンドか手前のプロキシが止まっています：再試行し、次に予備のホストを" +
      "試してください。",
  }),
  "post.partly-silent": ({ timeoutMs, ...facts }) => ({
    saw: `${f.spread(facts)}。残りは ${f.time(timeoutMs)} 以内に応答なし`,
    means:
      `${facts.host} への ${facts.samples} 回の呼び出しのうち応答は ${facts.answered} 回だけでした。`,
    remedy:
      "パケットの損失か、複数サーバーの一つの停止です：予備のホストを試し、二度実行してよい呼び出しだけを" +
      "再試行してください。",
  }),
  "post.status": ({ host, status, server }) => ({
    saw: `200 ではなく HTTP ${status}${named(server)}`,
    means:
      `${host} への呼び出しに HTTP ${status} が返ります。バックエンド自身は常に 200 を返します。`,
    remedy: "途中のプロキシかゲートウェイの応答です：そちらを調べてください。",
  }),
  "post.not-json": ({ host, contentType, beginning }) => ({
    saw: `応答は ${contentType || "型なし"} で JSON ではない：${beginning}`,
    means: `${host} の代わりに別のものが応答しています：JSON ではなく${
      /html|^<!?\w/i.test(contentType + beginning) ? " HTML ページ" : "テキスト"
    }が返ります。`,
    remedy:
      "ログイン用ポータル、プロキシ、別の Web サーバーです：ホスト、ポート、ネットワークのログインを" +
      "確認してください。",
  }),
  "post.not-envelope": ({ host, beginning }) => ({
    saw: `ActionStatus と ErrorCode のない JSON：${beginning}`,
    means: `${host} の代わりに別のものが応答しています：JSON がバックエンドの形式ではありません。`,
    remedy: "ホストとポートを確認してください：別のサービスかゲートウェイが応答しています。",
  }),
  "post.failed": ({ host, fault, detail }) => ({
    saw: `${broken(fault)}：${detail}`,
    means: `${host} への呼び出しに正しい応答がありません（${broken(fault)}）。`,
    remedy:
      "途中のプロキシかサーバーが切断しています：予備のホストと別のネットワークを試してください。",
  }),
  "large.ok": ({ bytes, worstMs, limitMs }) => ({
    saw: `${size(bytes)} の本文にも応答あり、最長 ${f.timeOf(worstMs, limitMs)}`,
  }),
  "large.silent": ({ host, bytes, samples, timeoutMs }) => ({
    saw: `${size(bytes)} の本文 ${samples} 件に ${f.time(timeoutMs)} 以内の応答なし`,
    means: `${host} への小さな呼び出しには応答がありますが、${
      size(bytes)
    } の本文にはありません：大きなパケットが失われています。`,
    remedy:
      "パス MTU ブラックホールです：MTU を下げるか（ip link set dev eth0 mtu 1400、Docker では --opt " +
      "com.docker.network.driver.mtu=1400）、ICMP タイプ 3 コード 4 を通してください。",
  }),
  "large.status": ({ host, bytes, status, server }) => ({
    saw: `${size(bytes)} の本文に HTTP ${status}${named(server)}`,
    means: `${host} への ${size(bytes)} の呼び出しが途中で拒否されます（HTTP ${status}）。`,
    remedy: "途中のプロキシが本文の大きさを制限しています：上限を上げてください。",
  }),
  "large.failed": ({ host, bytes, fault, detail }) => ({
    saw: `${broken(fault)}：${detail}`,
    means: `${host} への小さな呼び出しには応答がありますが、${size(bytes)} の本文にはありません（${
      broken(fault)
    }）。`,
    remedy: "途中で大きな要求が切られています：プロキシの制限か、パス MTU ブラックホールです。",
  }),
  "reuse.kept": ({ firstMs, secondMs, handshakeMs }) => ({
    saw: `同じ接続での 2 回目は ${f.time(secondMs)}（1 回目 ${f.time(firstMs)}）。` +
      `${f.time(handshakeMs)} のハンドシェイクを省ける`,
  }),
  "reuse.closed": ({ host, announced, handshakeMs }) => ({
    saw: `1 回の応答で切断${announced ? "（connection: close）" : ""}。毎回 ${
      f.time(handshakeMs)
    } のハンドシェイク`,
    means: `${host} が応答のたびに接続を閉じるので、呼び出しごとに ${
      f.time(handshakeMs)
    } のハンドシェイクがかかります。`,
    remedy: "バックエンド自身は接続を保ちます：途中のプロキシにも保たせてください。",
  }),
  "reuse.failed": ({ detail }) => ({ saw: detail }),
  "idle.kept": ({ idleMs }) => ({ saw: `${f.time(idleMs)} アイドルだった接続もまだ使える` }),
  "idle.closed": ({ afterMs, idleMs }) => ({
    saw: afterMs < AT_ONCE_MS
      ? "サーバーは応答後すぐに切断するので、アイドル接続は残らない"
      : `サーバーは ${f.time(afterMs)} アイドルの接続を閉じる（${
        f.time(idleMs)
      } 観察）：クライアントはその前に手放すべき`,
  }),
  "idle.lost": ({ host, idleMs, fault }) => ({
    saw: `${f.time(idleMs)} 後も開いて見えるが、呼び出しは失敗（${f.fault(fault)}）`,
    means: `${host} へのアイドル接続は気づかないうちに切れます：${
      f.time(idleMs)
    } 後の呼び出しは失敗します（${f.fault(fault)}）。`,
    remedy:
      "NAT かファイアウォールが忘れています：TCP keep-alive（60 s）を有効にするか、もっと早く手放してください。",
  }),
  "idle.failed": ({ detail }) => ({ saw: detail }),
  "clock.right": ({ skewMs, limitMs }) => ({
    saw: Math.abs(skewMs) < 1000
      ? `サーバーとの差は 1 s 未満（上限 ${f.time(limitMs)}）`
      : `サーバーより ${skew(skewMs)}いる（上限 ${f.time(limitMs)}）`,
  }),
  "clock.off": ({ skewMs, limitMs }) => ({
    saw: `サーバーより ${skew(skewMs)}いる（上限 ${f.time(limitMs)}）`,
    means: `このマシンの時計はサーバーより ${skew(skewMs)}います。`,
    remedy: CLOCK,
  }),
  "clock.wrong": ({ skewMs, limitMs, server, here }) => ({
    saw: `サーバーより ${skew(skewMs)}いる（上限 ${
      f.long(limitMs)
    }）：ここ ${here}、サーバー ${server}`,
    means: `このマシンの時計はサーバーより ${skew(skewMs)}います：${
      skewMs > 0
        ? "ここで署名した UserSig は未来のものとなり、拒否されることがあります"
        : "ここで署名した UserSig はその分早く切れます（エラー 70001）"
    }。`,
    remedy: CLOCK,
  }),
  "clock.unknown": () => ({ saw: "比べられる日付つきの応答がない" }),

  "credentials.accepted": ({ sdkAppId, identifier, tookMs }) => ({
    saw: `SDKAppID ${sdkAppId}、鍵、管理者 ${identifier} は有効（${f.time(tookMs)}）`,
  }),
  "credentials.unusable": ({ detail }) => ({
    saw: detail,
    means: `この認証情報は使えません（${detail}）。`,
    remedy: "コンソールから同じアプリの SDKAppID と秘密鍵をコピーし直してください。",
  }),
  "credentials.unknown-app": (facts) => ({
    saw: refusal(facts),
    means: `${facts.host} はアプリ ${facts.sdkAppId} を知りません（エラー ${facts.code}）。`,
    remedy:
      "TIM_SDK_APP_ID を確認してください。正しければ別のリージョンのアプリです：--regions を付けて実行すると" +
      "見つかります。",
  }),
  "credentials.wrong-region": (facts) => ({
    saw: `${refusal(facts)}。${facts.right.host} は受け付ける`,
    means:
      `アプリ ${facts.sdkAppId} は ${facts.host} のものではありません：${facts.right.host} が` +
      "同じ認証情報を受け付けます。",
    remedy: `TIM_REGION=${facts.right.id} を設定してください。`,
  }),
  "credentials.wrong-key": (facts) => ({
    saw: `${refusal(facts)}。署名そのものは正しい`,
    means:
      `秘密鍵がアプリ ${facts.sdkAppId} のものではありません（エラー ${facts.code}）：署名そのものは正しく、` +
      "バックエンドが拒否します。",
    remedy: facts.keyLooksRight
      ? "コンソールからこの SDKAppID の鍵をコピーしてください。鍵が正しければ別のリージョンのアプリかもしれません：" +
        "--regions を付けて実行してください。"
      : "鍵の形（16 進数 64 桁）ではありません：コンソールからコピーし直してください。",
  }),
  "credentials.expired": (facts) => ({
    saw: `${refusal(facts)}。署名したばかり`,
    means: `署名したばかりの UserSig が ${facts.host} では期限切れです（エラー ${facts.code}）。`,
    remedy: "このマシンの時計が遅れているか、署名に日付を渡しています：時計の行を見てください。",
  }),
  "credentials.not-admin": (facts) => ({
    saw: refusal(facts),
    means:
      `「${facts.identifier}」はアプリ ${facts.sdkAppId} の管理者ではありません（エラー ${facts.code}）。`,
    remedy: "TIM_IDENTIFIER をコンソールの管理者（多くは administrator）にしてください。",
  }),
  "credentials.address-refused": (facts) => ({
    saw: refusal(facts),
    means: `アプリ ${facts.sdkAppId} はこのマシンのアドレス${
      facts.egress && ` ${facts.egress} `
    }から呼び出せません（エラー ${facts.code}）。`,
    remedy: "コンソールの許可 IP アドレス一覧にそのアドレスを加えてください。",
  }),
  "credentials.rate-limited": (facts) => ({
    saw: refusal(facts),
    means: `アプリ ${facts.sdkAppId} の呼び出しが多すぎます（エラー ${facts.code}）。`,
    remedy: jaCodes[facts.code]?.[1] ?? "1 分待ってから、回数を減らしてください。",
  }),
  "credentials.refused": (facts) => ({
    saw: refusal(facts),
    means: `バックエンドが署名つきの呼び出しをエラー ${facts.code} で拒否しました：${
      jaCodes[facts.code]?.[0] ?? explainErrorCode(facts.code)?.meaning ??
        `${facts.info || "説明なし"}。`
    }`,
    remedy: jaCodes[facts.code]?.[1] ?? explainErrorCode(facts.code)?.remedy ??
      "コマンドのページでコードを調べ、RequestId とともに報告してください。",
  }),
  "credentials.failed": ({ detail }) => ({ saw: `署名つきの呼び出しが通らなかった：${detail}` }),
  "regions.measured": ({ hosts, nearest }) => ({
    saw: `最も近いのは ${nearest}。${hosts.map(f.region).join("；")}`,
  }),
  "regions.far": ({ hosts, host, region, nearest, nearestMs, hereMs = 0 }) => ({
    saw: `最も近いのは ${nearest}。${hosts.map(f.region).join("；")}`,
    means: `${host}（${region}）はここから遠く、新しい接続に ${
      f.time(hereMs)
    } かかります。${nearest} なら ${f.time(nearestMs)} です。`,
    remedy:
      "アプリは作成時のリージョンから移せません：このマシンをその近くで動かすか、近いリージョンでアプリを" +
      "作成してください。",
  }),
  "regions.silent": ({ hosts }) => ({
    saw: `どのリージョンのホストも応答しない：${f.firstOf(hosts.map(f.region))}`,
  }),
  "egress.matches": ({ machine, resolvers }) => ({
    saw: `このマシン ${f.origin(machine)}、DNS ${f.firstOf(resolvers.map(f.origin))}：同じ事業者`,
  }),
  "egress.passed-on": ({ machine, resolvers, clientSubnet }) => ({
    saw: `このマシン ${f.origin(machine)}、DNS ${
      f.firstOf(resolvers.map(f.origin))
    }、クライアントのネットワーク ${clientSubnet} を伝える`,
  }),
  "egress.other-operator": ({ machine, resolvers }) => ({
    saw: `このマシン ${f.origin(machine)}、DNS ${f.firstOf(resolvers.map(f.origin))}：別の事業者`,
    means: `DNS サーバーの出口は ${f.firstOf(resolvers.map(f.origin))}、このマシンの出口は ${
      f.origin(machine)
    } です：応答は別の事業者のネットワークに合わせたものになります。`,
    remedy:
      "このマシンの事業者やクラウドの DNS サーバーか、クライアントのネットワークを伝える公開 DNS（119.29.29.29、" +
      "223.5.5.5）を使ってください。",
  }),
  "egress.other-country": ({ machine, resolvers }) => ({
    saw: `このマシン ${f.origin(machine)}、DNS ${f.firstOf(resolvers.map(f.origin))}：別の国や地域`,
    means: `DNS サーバーの出口は ${f.firstOf(resolvers.map(f.origin))}、このマシンの出口は ${
      f.origin(machine)
    } です：応答が別の国や地域向けになり、呼び出しが遠回りしかねません。`,
    remedy: "文書が求めるとおり、このマシンと同じ国、同じ事業者の DNS サーバーを使ってください。",
  }),
  "egress.unknown": ({ missing }) => ({
    saw: missing === "machine"
      ? "問い合わせ先が、このマシンのアドレスとネットワークを示さない"
      : "問い合わせ先が、DNS サーバーの出口を示さない",
  }),

  "check.skipped": ({ because }) => ({
    saw: `「${checks[because]}」が失敗したため省略`,
  }),
  "check.not-here": ({ name }) => ({ saw: `${name} ではこの検査はできない` }),
  "check.stopped": () => ({
    saw: "未了：診断が途中で終わった",
    means: "診断は終わる前に止められました。それまでに見たものに問題はありません。",
    remedy: "数秒で終わるので、最後まで実行してください。",
  }),
  "check.not-permitted": ({ detail }) => ({
    saw: `権限がない：${detail}`,
    means: "診断できません：このプロセスにはネットワークを使う権限がありません。",
    remedy: "権限を与えて実行してください（deno run --allow-net --allow-env --allow-read）。",
  }),
  "check.broken": ({ detail }) => ({
    saw: `検査そのものが失敗：${detail}`,
    means: "検査の一つが自身の不具合で失敗しました。ほかに問題は見つかっていません。",
    remedy: "--json の出力を添えて報告してください。",
  }),
};
