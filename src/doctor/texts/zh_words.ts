/**
 * Chinese: what several texts share.
 *
 * @module
 */

import { type Formats, formatsOf } from "./formats.ts";

/** Formats of values. */
export const f: Formats = formatsOf({
  limit: (time, limit) => `${time}（上限 ${limit}）`,
  more: (shown, count) => `${shown} 等，另有 ${count} 个`,
  colon: "：",
  comma: "、",
  days: "天",
  took: (address, time) => `${address}（${time}）`,
  faults: {
    refused: "拒绝连接",
    timeout: "超时",
    unreachable: "不可达",
    reset: "被重置",
    closed: "被关闭",
    "no-name": "域名不存在",
    "resolver-silent": "DNS 无应答",
    "resolver-failed": "DNS 出错",
    "not-tls": "不是 TLS",
    "tls-version": "TLS 版本过旧",
    untrusted: "证书不受信任",
    "not-http": "应答不是 HTTP",
    "not-permitted": "没有权限",
    exhausted: "系统资源耗尽",
    "wrong-name": "证书域名不符",
    expired: "证书已过期",
    "not-yet-valid": "证书尚未生效",
    intercepted: "TLS 被解密",
    failed: "失败",
    other: "其他错误",
  },
  kinds: {
    public: "公网",
    loopback: "本机回环",
    unspecified: "空地址",
    private: "内网",
    "carrier NAT": "运营商级 NAT",
    "link-local": "链路本地",
    "fake-IP": "fake-IP",
    documentation: "文档专用",
    Teredo: "Teredo",
    reserved: "保留",
  },
  noAddress: "没有地址",
  calls: (answered, samples) =>
    answered === samples ? `${samples} 次调用` : `${samples} 次调用中有 ${answered} 次得到应答`,
  over: (count, limit) => `${count} 次超过 ${limit}`,
  worst: "最慢",
  registered: (country) => `注册地 ${country}`,
});

/** How to put a clock right. */
export const CLOCK = "请校准时钟（NTP；休眠之后或 WSL 中：sudo hwclock -s）。";
/** What to do about a server that does not send the certificates between its own and the root. */
export const ALONE =
  "服务器只发送了自己的证书：若该服务器由您管理，请让它把中间证书一并发送（fullchain.pem）。";

/** How to have a private root trusted. */
export const TRUST = "若网络有意解密 TLS，请让运行时信任其根证书：Node、Bun、Deno 用 " +
  "NODE_EXTRA_CA_CERTS=root.pem，此处用 --ca root.pem。若并非有意，说明有人在窃听：不要发送 UserSig。";

/** The server's own name, if it gave one. */
export const named = (server: string) => server && `（server: ${server}）`;
/** What must be opened. */
export const open = (port: number) =>
  `在防火墙、安全组和网络 ACL 中放行到该域名的 TCP ${port} 出站`;
