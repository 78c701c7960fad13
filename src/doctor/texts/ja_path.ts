/**
 * Japanese: from the machine to the certificate.
 *
 * @module
 */

import type { ControlFact } from "../facts.ts";
import { isAlone } from "./formats.ts";
import { ALONE, CLOCK, f, open, TRUST } from "./ja_words.ts";
import type { FindingTexts } from "./texts.ts";

const notes = {
  "node-attempt-limit": "Node は各アドレスへの接続を 250 ms しか待たない" +
    "（NODE_OPTIONS=--network-family-autoselection-attempt-timeout=2000 で延長）",
  "deno-repeats-posts":
    "再利用した接続が切れると Deno の fetch は POST を再送する（TimClient は防止済み）",
};
const day = (iso: string) => iso.slice(0, 10);
const control = ({ host, tookMs, fault }: ControlFact) =>
  tookMs === undefined ? `${host} ${f.fault(fault)}` : `${host} ${f.time(tookMs)}`;
const kinds = (addresses: { address: string; kind: string }[]) =>
  f.firstOf(addresses.map(({ address, kind }) => `${address} は${f.kind(kind)}アドレス`));

type Path =
  | ("runtime" | "proxy" | "hosts" | "routes" | "resolvers")
  | ("dns" | "nameservers" | "answers" | "tcp" | "control")
  | ("tls" | "resumption");

/** Japanese texts of these checks. */
export const jaPath: FindingTexts<Path> = {
  "runtime.noted": ({ name, version, notes: ids, extraCa }) => ({
    saw: [
      `${name} ${version}`.trim(),
      ...ids.map((id) => notes[id]),
      ...(extraCa ? [`${extraCa} も信頼する`] : []),
    ].join("。"),
  }),
  "runtime.trusts-anybody": ({ variable }) => ({
    saw: `${variable} が証明書の検証を止めている`,
    means:
      `このマシンの ${variable} により、それを見るすべてのプログラムで証明書が検証されません。`,
    remedy: "変数を外してください：経路上の誰もがすべての UserSig を読めます。独自のルートには " +
      "NODE_EXTRA_CA_CERTS=root.pem を使ってください。",
  }),
  "proxy.none": () => ({ saw: "有効なプロキシ変数はない" }),
  "proxy.ignored": ({ variable, proxy, name }) => ({
    saw: `${variable}=${proxy} が設定されているが、${name} は無視する`,
  }),
  "proxy.exempt": ({ variable, host }) => ({
    saw: `${variable} が設定されているが、NO_PROXY が ${host} を除外している`,
  }),
  "proxy.works": ({ variable, proxy, tookMs }) => ({
    saw: `${variable}=${proxy} は通る（${f.time(tookMs)}）。以下はすべてこれを経由`,
  }),
  "proxy.dead": ({ variable, proxy, name, fault }) => ({
    saw: `${variable}=${proxy} が応答しない（${f.fault(fault)}）`,
    means:
      `${name} はすべての呼び出しを ${variable}=${proxy} に送りますが、このプロキシが応答しません（${
        f.fault(fault)
      }）。`,
    remedy:
      `プロキシを起動するか、${variable} を直すか外すか、ホストを NO_PROXY に加えてください。`,
  }),
  "proxy.refuses": ({ variable, proxy, host, status }) => ({
    saw: `${variable}=${proxy} が CONNECT に ${status} を返す`,
    means: `プロキシ ${variable}=${proxy} が ${host} への呼び出しを通しません（HTTP ${status}）。`,
    remedy: status === 407
      ? `プロキシの認証が必要です：${variable}=http://USER:PASSWORD@HOST:PORT。`
      : "プロキシの管理者にホストの許可を依頼するか、NO_PROXY に加えてください。",
  }),
  "proxy.unsupported": ({ variable, proxy, name }) => ({
    saw: `${variable}=${proxy} は診断で使えない種類のプロキシで、経由して調べられない`,
    means:
      `${name} はすべての呼び出しを ${variable}=${proxy} に送りますが、この種類のプロキシを経由した診断はできません。`,
    remedy: `${variable} を外してもう一度実行し、経由しない経路が正常かどうかを確かめてください。`,
  }),
  "hosts.clear": ({ path }) => ({ saw: `${path} にこのホストの行はない` }),
  "hosts.unread": ({ path }) => ({ saw: `${path} がないか、読めない` }),
  "hosts.override": ({ path, line, host }) => ({
    saw: `${path} が DNS を上書き：${line}`,
    means: `${path} の行「${line}」が ${host} の DNS を上書きしています。`,
    remedy: "意図したものでなければ、その行を削除してください：アドレスは変わります。",
  }),
  "routes.found": ({ four, six }) => ({
    saw: `デフォルト経路：IPv4 ${four || "なし"}、IPv6 ${six || "なし"}`,
  }),
  "routes.none": () => ({ saw: "IPv4 にも IPv6 にもデフォルト経路がない" }),
  "routes.unknown": () => ({ saw: "システムが経路を示さない" }),
  "resolvers.listed": ({ servers }) => ({
    saw: servers.map(({ address, about }) => about ? `${address}（${f.kind(about)}）` : address)
      .join("、"),
  }),
  "resolvers.unknown": () => ({ saw: "システムが DNS サーバーを示さない" }),

  "dns.literal": ({ host }) => ({ saw: `${host} はアドレスなので解決は不要` }),
  "dns.by-proxy": ({ host }) => ({ saw: `${host} はプロキシが解決する` }),
  "dns.given": ({ host, addresses }) => ({
    saw: `指定どおり ${host} を ${f.firstOf(addresses)} とする`,
  }),
  "dns.resolved": ({ host, addresses, tookMs, limitMs }) => ({
    saw: `${host} は ${f.firstOf(addresses)}、${f.timeOf(tookMs, limitMs)}`,
  }),
  "dns.slow": ({ host, addresses, tookMs, limitMs }) => ({
    saw: `${host} は ${f.firstOf(addresses)}、ただし ${f.timeOf(tookMs, limitMs)}`,
    means: `${host} の解決に ${f.time(tookMs)} かかり、新しい接続はそのたびに待たされます。`,
    remedy: "応答しない DNS サーバーを設定から外すか、近いサーバーを使ってください。",
  }),
  "dns.unknown-name": ({ host, documented }) => ({
    saw: `DNS によれば ${host} は存在しない`,
    means: `このマシンの DNS によれば、${host} という名前は存在しません。`,
    remedy: documented
      ? "名前は正しいので、DNS が遮断しているか、DNS 自身が外部に出られません：dig @223.5.5.5 などで別の" +
        "サーバーを試し、ネットワークの管理者に尋ねてください。"
      : "つづりを確認してください（リージョンとホストは tim doctor --help）。正しければ DNS が" +
        "遮断しています：dig @223.5.5.5 などで別のサーバーを試してください。",
  }),
  "dns.silent": ({ host, limitMs }) => ({
    saw: `${f.time(limitMs)} 以内に ${host} の応答がない`,
    means: `DNS サーバーが応答しません：${
      f.time(limitMs)
    } 以内に ${host} のアドレスを得られませんでした。`,
    remedy:
      "/etc/resolv.conf（またはシステムのネットワーク設定）のサーバーと、そこへの UDP と TCP の " +
      "53 番ポートが開いているかを確認してください。",
  }),
  "dns.failed": ({ host, detail }) => ({
    saw: `${host} を解決できない：${detail}`,
    means: `DNS サーバーが ${host} の解決を拒否したか、失敗しました。`,
    remedy:
      "別の DNS サーバーを使ってください：このサーバーは故障中か、このマシンを対象としていません。",
  }),
  "nameservers.asked": ({ servers }) => ({ saw: servers.map(f.nameserver).join("；") }),
  "nameservers.partly-dead": ({ servers, dead, host, limitMs }) => ({
    saw: servers.map(f.nameserver).join("；"),
    means:
      `DNS サーバー ${f.firstOf(dead)} は ${f.time(limitMs)} 以内に ${host} のアドレスを返さず、` +
      "別のサーバーがそれを隠しています。",
    remedy: "設定から外してください：先に問い合わせが行くたび、新しい接続が数秒待たされます。",
  }),
  "nameservers.half-silent": ({ servers, dead, host, limitMs, unanswered }) => ({
    saw: servers.map(f.nameserver).join("；"),
    means: `DNS サーバー ${f.firstOf(dead)} は ${host} を知っていますが、${unanswered} レコードの` +
      `問い合わせに ${f.time(limitMs)} 以内に応答せず、新しい接続のたびに待たされます。`,
    remedy:
      "アドレスなしでもよいので応答させるか、別の DNS サーバーを使ってください。AAAA に応答しない場合は、" +
      "/etc/resolv.conf の options no-aaaa（glibc 2.36 以降）で問い合わせを避けられます。",
  }),
  "nameservers.hidden": ({ host, servers }) => ({
    saw: servers.map(f.nameserver).join("；"),
    means: `このネットワークの DNS は ${host} がないと答えますが、公開 DNS は知っています。`,
    remedy:
      "フィルターか内部ゾーンが隠しています：除外してもらうか、別の DNS サーバーを使ってください。",
  }),
  "nameservers.differ": ({ servers, host, here }) => ({
    saw: servers.map(f.nameserver).join("；"),
    means: `このネットワークの DNS は ${host} に公開 DNS と違うアドレス（${
      f.firstOf(here)
    }）を返し、そこでは別のサーバーが応答します。`,
    remedy:
      "途中で偽造された可能性が高いです：DNS over HTTPS か、改ざんされない DNS サーバーを使ってください。",
  }),
  "nameservers.split": ({ servers, host, here, public: elsewhere }) => ({
    saw: servers.map(f.nameserver).join("；"),
    means: `このネットワークの DNS は ${host} を ${f.firstOf(here)} に、公開 DNS は ${
      f.firstOf(elsewhere)
    } に向けます。`,
    remedy:
      "専用線なら正常です。そうでなければフィルターか古い内部レコードです：削除してもらうか、" +
      "別の DNS サーバーを使ってください。",
  }),
  "nameservers.unseen": ({ servers }) => ({
    saw: servers.length
      ? `直接問い合わせできるサーバーがない：${servers.map(f.nameserver).join("；")}`
      : "直接問い合わせるサーバーが不明",
  }),
  "answers.public": ({ addresses }) => ({ saw: kinds(addresses) }),
  "answers.private": ({ host, addresses }) => ({
    saw: kinds(addresses),
    means: `${host} がここではプライベートアドレスに解決されます：${
      f.firstOf(addresses.map(({ address }) => address))
    }。`,
    remedy:
      "専用線なら正常です。そうでなければ古い内部 DNS レコードかフィルターです：削除してください。",
  }),
  "answers.fake-ip": ({ addresses }) => ({
    saw: `${f.firstOf(addresses.map(({ address }) => address))}：プロキシソフト（Clash、mihomo、` +
      "sing-box、Surge）による架空のアドレスで、名前の解決はそのソフトが行う",
  }),
  "answers.nowhere": ({ host, addresses }) => ({
    saw: kinds(addresses),
    means: `DNS が ${host} をあり得ない場所に向けています：${kinds(addresses)}。`,
    remedy: "フィルター、広告ブロッカー、hosts ファイル、偽造応答が原因です：そこで除外するか、" +
      "別の DNS サーバーを使ってください。",
  }),

  "tcp.by-proxy": ({ host, port }) => ({ saw: `${host}:${port} へはプロキシが接続する` }),
  "tcp.connected": ({ addresses, limitMs }) => ({
    saw: `接続済み：${f.attempts(addresses)}、上限 ${f.time(limitMs)}`,
  }),
  "tcp.partly": ({ port, addresses, limitMs }) => {
    const dead = addresses.filter(({ fault }) => fault).map(({ address }) => address);
    return {
      saw: `${f.attempts(addresses)}、上限 ${f.time(limitMs)}`,
      means: `ホストの一部のアドレスはポート ${port} で応答しますが、${
        f.firstOf(dead)
      } は応答しません。`,
      remedy:
        `応答しないアドレスを先に試す呼び出しは待つか失敗します：全アドレスについて${
          open(port)
        }してください。` +
        "IPv6 だけが失敗するなら、修復するか IPv4 を優先してください（--dns-result-order=ipv4first）。",
    };
  },
  "tcp.refused": ({ host, port, addresses, attempts }) => ({
    saw: `${f.attempts(addresses)}、${attempts} 回試行`,
    means: `${host} のポート ${port} は閉じています：接続が ${attempts} 回拒否されました。`,
    remedy: `ホストとポートが正しければファイアウォールの拒否です：${open(port)}してください。`,
  }),
  "tcp.silent": ({ host, port, addresses, limitMs }) => ({
    saw: `${f.attempts(addresses)}、${f.time(limitMs)} 待機`,
    means: `${host} のポート ${port} が応答しません：${
      f.time(limitMs)
    } 以内に接続できませんでした。`,
    remedy: `パケットが捨てられています：${
      open(port)
    }してください。クラウドではグローバルアドレスか NAT ゲートウェイがあるかを確認してください。`,
  }),
  "tcp.unreachable": ({ host, addresses, attempts }) => ({
    saw: `${f.attempts(addresses)}、${attempts} 回試行`,
    means: `このマシンから ${host} への経路がありません。`,
    remedy:
      "オンラインか確認してください：ネットワークインターフェース、デフォルト経路、NAT ゲートウェイ。",
  }),
  "tcp.failed": ({ host, port, detail }) => ({
    saw: detail,
    means: `${host} のポート ${port} に接続できません。`,
    remedy: `ファイアウォールと経路を確認してください：${open(port)}。`,
  }),
  "control.spared": () => ({ saw: "不要：ホスト自身に接続できる" }),
  "control.answers": ({ hosts }) => ({
    saw: `無関係なホストは応答するので、ネットワーク全体の問題ではない：${
      hosts.map(control).join("、")
    }`,
  }),
  "control.nobody": ({ hosts }) => ({
    saw: `無関係なホストも応答しない：${hosts.map(control).join("、")}`,
    means: `このマシンはどの HTTPS ホストにも届きません：このホストも ${
      f.firstOf(hosts.map(({ host }) => host))
    } も応答しません。`,
    remedy:
      "ファイアウォール、セキュリティグループ、ネットワーク ACL で TCP 443 の送信を許可してください。" +
      "クラウドではデフォルト経路と、グローバルアドレスか NAT ゲートウェイの有無を確認してください。",
  }),
  "control.same-issuer": ({ hosts, issuer }) => ({
    saw: `無関係なホストの証明書も ${issuer} が発行：${hosts.map(control).join("、")}`,
    means:
      `このマシンの TLS はすべて途中で復号されています：無関係なホストの証明書も「${issuer}」のもので、` +
      "このランタイムは信頼しません。",
    remedy:
      "どの URL にも UserSig が入るので、このホストを復号から除外してもらうか、そのルート証明書を" +
      "ランタイムに渡してください：NODE_EXTRA_CA_CERTS=root.pem（ここでは --ca root.pem）。",
  }),

  "tls.none": ({ url }) => ({ saw: `${url} は平文の HTTP で、TLS はない` }),
  "tls.trusted": ({ protocol, cipher, alpn, issuer, chain, daysLeft, tookMs, limitMs }) => ({
    saw:
      `${protocol}、${cipher}、${
        alpn || "ALPN なし"
      }、発行者 ${issuer}（チェーン ${chain.length} 枚）、` +
      `残り ${daysLeft} 日、${f.timeOf(tookMs, limitMs)}`,
  }),
  "tls.verified": () => ({
    saw: "証明書はプラットフォームが検証し、証明書もハンドシェイクも見せない",
  }),
  "tls.expiring": ({ host, protocol, issuer, daysLeft, validTo }) => ({
    saw: `${protocol}、発行者 ${issuer}、残り ${daysLeft} 日（14 日は必要）`,
    means: `${host} の証明書はあと ${daysLeft} 日、${day(validTo)} に切れます。`,
    remedy: "ホストの運営者に更新してもらってください。その日以降はすべての呼び出しが失敗します。",
  }),
  "tls.expired": ({ host, issuer, validTo, now, days }) => ({
    saw: `証明書（発行者 ${issuer}）は ${day(validTo)} に切れた（${days} 日前）`,
    means: `${host} の証明書は ${day(validTo)} に期限切れです。このマシンの日付は ${
      day(now)
    } です。`,
    remedy: `日付が正しければ、ホストの運営者が更新する必要があります。違うなら：${CLOCK}`,
  }),
  "tls.not-yet-valid": ({ host, issuer, validFrom, now }) => ({
    saw: `証明書（発行者 ${issuer}）は ${day(validFrom)} から有効`,
    means: `${host} の証明書は ${day(validFrom)} から有効です。このマシンの日付は ${
      day(now)
    } です。`,
    remedy: `おそらくこのマシンの時計が遅れています。${CLOCK}`,
  }),
  "tls.wrong-name": ({ host, names, issuer }) => ({
    saw: `証明書は ${f.firstOf(names, 3)} のもの（発行者 ${issuer}）`,
    means: `${host} に代わって別のサーバーが応答しています：証明書は ${
      f.firstOf(names)
    } のものです。`,
    remedy:
      "DNS の応答と hosts ファイルを確認してください。ログイン用ポータルやフィルターもこう応答します。",
  }),
  "tls.untrusted": ({ host, issuer, code, chain }) => ({
    saw: `発行者 ${issuer} は信頼されない：${code}（チェーン ${chain.length} 枚）`,
    means: `${host} の証明書は「${issuer}」の発行で、このランタイムは信頼しません。`,
    remedy: isAlone(code, chain) ? ALONE + TRUST : TRUST,
  }),
  "tls.intercepted": ({ host, issuer, chain, trusted }) => ({
    saw: `発行者 ${issuer} は復号製品（チェーン ${chain.length} 枚）${
      trusted ? "。このランタイムは信頼する" : ""
    }`,
    means: `${host} への TLS は途中で復号されています：証明書は「${issuer}」のもの${
      trusted ? "です" : "で、このランタイムは信頼しません"
    }。`,
    remedy: trusted
      ? "呼び出しは動きますが、その製品の管理者は各 URL の UserSig を読めます：ホストを除外してもらってください。"
      : "どの URL にも UserSig が入るので、このホストを復号から除外してもらうか、その製品のルート証明書を" +
        "ランタイムに渡してください：NODE_EXTRA_CA_CERTS=root.pem（ここでは --ca root.pem）。",
  }),
  "resumption.works": ({ protocol, by, firstMs, tookMs, limitMs }) => ({
    saw: `${protocol}、2 回目は${by === "id" ? "セッション ID" : "チケット"}で再開 ${
      f.timeOf(tookMs, limitMs)
    }、1 回目は ${f.time(firstMs)}`,
  }),
  "resumption.absent": ({ protocol, offered, firstMs, tookMs, limitMs }) => ({
    saw: `${protocol}、${
      offered === undefined
        ? "セッションは再開されず"
        : offered
        ? "セッションは提供されたが再開されず"
        : "セッションは提供されず"
    }、2 回目も完全なハンドシェイク ${f.timeOf(tookMs, limitMs)}、1 回目は ${f.time(firstMs)}`,
  }),
  "resumption.unseen": ({ name, protocol }) => ({
    saw: `確認できない：${name} は ${protocol} のセッションを再開しない`,
  }),
  "resumption.failed": ({ detail }) => ({
    saw: `2 回目のハンドシェイクが完了しない：${detail}`,
  }),
  "tls.partly": ({ host, addresses, limitMs }) => ({
    saw: `${f.attempts(addresses)}、上限 ${f.time(limitMs)}`,
    means: `${host} の一部のアドレスでは TLS が正常ですが、${
      f.firstOf(addresses.flatMap(({ address, fault }) =>
        fault ? [`${address}（${f.fault(fault)}）`] : []
      ))
    } では違います。`,
    remedy:
      "そのアドレスに当たる呼び出しは失敗します：ホストの運営者に知らせ、それを返す DNS の応答を" +
      "確認してください。",
  }),
  "tls.old-version": ({ host }) => ({
    saw: "共通の TLS バージョンがない",
    means: `${host} は、このランタイムが安全でないとして拒む TLS バージョンしか提供しません。`,
    remedy: "バックエンドは TLS 1.2 以降です：途中に古いプロキシがあります。更新してください。",
  }),
  "tls.not-tls": ({ host, port }) => ({
    saw: "TLS ハンドシェイクへの応答が TLS ではない",
    means:
      `${host} のポート ${port} は TLS ではありません：平文の HTTP か別のプロトコルが応答しています。`,
    remedy:
      "ポートを確認してください。TLS なしのエミュレーターには TIM_BASE_URL=http://127.0.0.1:PORT を" +
      "使ってください。",
  }),
  "tls.reset": ({ host, attempts }) => ({
    saw: `ハンドシェイク中に接続が切られた（${attempts} 回試行）`,
    means:
      `TCP はつながりますが、${host} との TLS ハンドシェイクが ${attempts} 回とも切られました。`,
    remedy:
      "ホスト名で遮断するフィルターか、すぐ閉じるサーバーです：ネットワークの管理者に尋ね、予備のホスト" +
      "（tim doctor --help）を試してください。",
  }),
  "tls.silent": ({ host, limitMs }) => ({
    saw: `${f.time(limitMs)} 以内にハンドシェイクが来ない`,
    means: `${host} は接続を受け付けますが、TLS ハンドシェイクが ${
      f.time(limitMs)
    } 以内に来ません。`,
    remedy:
      "TLS を破棄するフィルターか、大きすぎる MTU（1400 を試す）、または過負荷のサーバーが原因です。",
  }),
  "tls.failed": ({ host, detail }) => ({
    saw: detail,
    means: `${host} との TLS ハンドシェイクが失敗します。`,
    remedy: "多くは途中のプロキシかフィルターが原因です：この項目に添えた openssl s_client で、" +
      "ハンドシェイクがどこまで進むかを確認できます。",
  }),
};
