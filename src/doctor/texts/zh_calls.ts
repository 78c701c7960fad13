/**
 * Chinese: calls, the clock, the app and the checks themselves.
 *
 * @module
 */

import { explainErrorCode } from "../../errors/mod.ts";
import type { RefusalFacts } from "../facts.ts";
import { AT_ONCE_MS, size } from "../format.ts";
import type { FindingTexts } from "./texts.ts";
import { checks } from "./zh_checks.ts";
import { CLOCK, f, named } from "./zh_words.ts";

const skew = (ms: number) => `${ms > 0 ? "快" : "慢"} ${f.long(Math.abs(ms))}`;
const broken = (fault: string) =>
  fault === "not-http" ? "应答不是 HTTP" : `无应答即${f.fault(fault)}`;
const refusal = ({ code, info, requestId }: RefusalFacts) =>
  `错误码 ${code}：${info}${requestId && `（RequestId ${requestId}）`}`;

type Calls =
  | ("head" | "post" | "large" | "reuse" | "idle" | "clock")
  | ("credentials" | "regions" | "egress" | "check");

/** Chinese texts of these checks. */
export const zhCalls: FindingTexts<Calls> = {
  "head.ok": ({ status, server, tookMs, limitMs }) => ({
    saw: `${status}${named(server)}，${f.timeOf(tookMs, limitMs)}`,
  }),
  "head.redirect": ({ host, status, location }) => ({
    saw: `${status} 跳转到 ${location}`,
    means: `${host} 的 HEAD / 被跳转（${status}）到 ${location}，后端从不这样做。`,
    remedy: "应答的是上网认证页面或代理：请用浏览器登录，或让该域名免于代理。",
  }),
  "head.status": ({ host, status, server }) => ({
    saw: `应答 ${status} 而不是 200${named(server)}`,
    means: `${host} 的 HEAD / 应答 ${status} 而不是 200${named(server)}。`,
    remedy: "中间的 Web 防火墙或代理在应答：请让其管理者放行该域名。",
  }),
  "head.silent": ({ host, limitMs }) => ({
    saw: `${f.time(limitMs)} 内无应答`,
    means: `${host} 的 HEAD / 在 ${f.time(limitMs)} 内没有应答。`,
    remedy: "中间有设备丢弃了 HEAD 请求；调用用的是 POST，见 POST 一行。",
  }),
  "head.failed": ({ host, fault, detail }) => ({
    saw: `${broken(fault)}：${detail}`,
    means: `${host} 的 HEAD / 没有正常应答（${broken(fault)}）。`,
    remedy: "中间的代理在应答或断开：请让其管理者放行该域名。",
  }),
  "post.ok": (facts) => ({
    saw: `${f.spread(facts)}；新连接 ${f.time(facts.coldMs)}${
      facts.warmMs ? `，已有连接 ${f.time(facts.warmMs)}` : ""
    }；客户端超时应设为 ${f.time(facts.clientTimeoutMs)}`,
  }),
  "post.near-limit": (facts) => ({
    saw: f.spread(facts),
    means: `对 ${facts.host} 的调用接近后端上限：最慢 ${f.timeOf(facts.worstMs, facts.limitMs)}。`,
    remedy: `请使用应用所在地域的域名并就近部署，客户端超时设为 ${f.time(facts.clientTimeoutMs)}。`,
  }),
  "post.slow": (facts) => ({
    saw: f.spread(facts),
    means: `对 ${facts.host} 的调用太慢：${f.timeOf(facts.p50Ms, facts.limitMs)}，上限由后端规定。`,
    remedy: `连接本身够快，慢的是后端或代理：客户端超时设为 ${
      f.time(facts.clientTimeoutMs)
    }，检查地域，并附上本次运行时间反馈。`,
  }),
  "post.silent": ({ host, samples, timeoutMs }) => ({
    saw: `${samples} 次调用在 ${f.time(timeoutMs)} 内都无应答`,
    means: `${host} 接受调用，但 ${samples} 次在 ${f.time(timeoutMs)} 内都无应答。`,
    remedy: "链路是通的，卡住的是后端或它前面的代理：请重试，然后换备用域名。",
  }),
  "post.partly-silent": ({ timeoutMs, ...facts }) => ({
    saw: `${f.spread(facts)}；其余在 ${f.time(timeoutMs)} 内无应答`,
    means: `对 ${facts.host} 的 ${facts.samples} 次调用只有 ${facts.answered} 次得到应答。`,
    remedy: "有丢包，或多台服务器之一卡住：请试备用域名，只重试可以重复执行的调用。",
  }),
  "post.status": ({ host, status, server }) => ({
    saw: `HTTP ${status} 而不是 200${named(server)}`,
    means: `对 ${host} 的调用应答 HTTP ${status}；后端自身总是应答 200。`,
    remedy: "应答的是中间的代理或网关：请检查它。",
  }),
  "post.not-json": ({ host, contentType, beginning }) => ({
    saw: `应答是 ${contentType || "无类型内容"}，不是 JSON：${beginning}`,
    means: `替 ${host} 应答的不是后端：调用得到的是${
      /html|^<!?\w/i.test(contentType + beginning) ? " HTML 页面" : "文本"
    }而不是 JSON。`,
    remedy: "可能是上网认证页面、代理或别的 Web 服务器：请检查域名、端口和网络登录。",
  }),
  "post.not-envelope": ({ host, beginning }) => ({
    saw: `JSON 中没有 ActionStatus 和 ErrorCode：${beginning}`,
    means: `替 ${host} 应答的不是后端：它的 JSON 不是后端的格式。`,
    remedy: "请检查域名和端口：应答的是别的服务或网关。",
  }),
  "post.failed": ({ host, fault, detail }) => ({
    saw: `${broken(fault)}：${detail}`,
    means: `对 ${host} 的调用没有正常应答（${broken(fault)}）。`,
    remedy: "中间的代理或服务器断开了：请试备用域名和其他网络。",
  }),
  "large.ok": ({ bytes, worstMs, limitMs }) => ({
    saw: `${size(bytes)} 的请求体也有应答，最慢 ${f.timeOf(worstMs, limitMs)}`,
  }),
  "large.silent": ({ host, bytes, samples, timeoutMs }) => ({
    saw: `${samples} 个 ${size(bytes)} 的请求体在 ${f.time(timeoutMs)} 内都无应答`,
    means: `对 ${host} 的小调用有应答，${size(bytes)} 的请求体却没有：大数据包丢失。`,
    remedy: "路径 MTU 黑洞：请调小 MTU（ip link set dev eth0 mtu 1400；Docker 用 --opt " +
      "com.docker.network.driver.mtu=1400），或放行 ICMP 类型 3 代码 4。",
  }),
  "large.status": ({ host, bytes, status, server }) => ({
    saw: `${size(bytes)} 的请求体得到 HTTP ${status}${named(server)}`,
    means: `${size(bytes)} 的调用在到 ${host} 的途中被拒绝（HTTP ${status}）。`,
    remedy: "中间的代理限制了请求体大小：请调大。",
  }),
  "large.failed": ({ host, bytes, fault, detail }) => ({
    saw: `${broken(fault)}：${detail}`,
    means: `对 ${host} 的小调用有应答，${size(bytes)} 的请求体却没有（${broken(fault)}）。`,
    remedy: "途中有设备切断大请求：代理的限制，或路径 MTU 黑洞。",
  }),
  "reuse.kept": ({ firstMs, secondMs, handshakeMs }) => ({
    saw: `同一连接上的第二次调用 ${f.time(secondMs)}（第一次 ${f.time(firstMs)}）；` +
      `省去 ${f.time(handshakeMs)} 的握手`,
  }),
  "reuse.closed": ({ host, announced, handshakeMs }) => ({
    saw: `应答一次后关闭${announced ? "（connection: close）" : ""}；每次调用都要握手 ${
      f.time(handshakeMs)
    }`,
    means: `${host} 每次应答后都关闭连接，每次调用都要花 ${f.time(handshakeMs)} 重新握手。`,
    remedy: "后端自身会保持连接：请让中间的代理也保持。",
  }),
  "reuse.failed": ({ detail }) => ({ saw: detail }),
  "idle.kept": ({ idleMs }) => ({ saw: `空闲 ${f.time(idleMs)} 后连接仍可用` }),
  "idle.closed": ({ afterMs, idleMs }) => ({
    saw: afterMs < AT_ONCE_MS
      ? "服务器应答后立即关闭，没有空闲连接"
      : `服务器在空闲 ${f.time(afterMs)} 后关闭连接（观察了 ${f.time(idleMs)}）：客户端应更早关闭`,
  }),
  "idle.lost": ({ host, idleMs, fault }) => ({
    saw: `${f.time(idleMs)} 后看似仍开着，但调用失败（${f.fault(fault)}）`,
    means: `到 ${host} 的空闲连接会在无提示的情况下失效：${f.time(idleMs)} 后用它调用失败（${
      f.fault(fault)
    }）。`,
    remedy: "NAT 或防火墙已清除该连接的记录：请开启 TCP keep-alive（60 s），或更早关闭空闲连接。",
  }),
  "idle.failed": ({ detail }) => ({ saw: detail }),
  "clock.right": ({ skewMs, limitMs }) => ({
    saw: Math.abs(skewMs) < 1000
      ? `与服务器相差不到 1 s（上限 ${f.time(limitMs)}）`
      : `比服务器${skew(skewMs)}（上限 ${f.time(limitMs)}）`,
  }),
  "clock.off": ({ skewMs, limitMs }) => ({
    saw: `比服务器${skew(skewMs)}（上限 ${f.time(limitMs)}）`,
    means: `本机时钟比服务器${skew(skewMs)}。`,
    remedy: CLOCK,
  }),
  "clock.wrong": ({ skewMs, limitMs, server, here }) => ({
    saw: `比服务器${skew(skewMs)}（上限 ${f.long(limitMs)}）：本机 ${here}，服务器 ${server}`,
    means: `本机时钟比服务器${skew(skewMs)}：${
      skewMs > 0
        ? "在此签发的 UserSig 时间在未来，后端可能拒绝"
        : "在此签发的 UserSig 会提前同样久过期（错误码 70001）"
    }。`,
    remedy: CLOCK,
  }),
  "clock.unknown": () => ({ saw: "没有带日期的应答可供比较" }),

  "credentials.accepted": ({ sdkAppId, identifier, tookMs }) => ({
    saw: `SDKAppID ${sdkAppId}、密钥和管理员 ${identifier} 有效（${f.time(tookMs)}）`,
  }),
  "credentials.unusable": ({ detail }) => ({
    saw: detail,
    means: `凭据不可能有效（${detail}）。`,
    remedy: "请从控制台重新复制同一个应用的 SDKAppID 和密钥。",
  }),
  "credentials.unknown-app": (facts) => ({
    saw: refusal(facts),
    means: `${facts.host} 不认识应用 ${facts.sdkAppId}（错误码 ${facts.code}）。`,
    remedy: "请检查 TIM_SDK_APP_ID；若无误，则应用属于其他地域：加 --regions 运行即可找到。",
  }),
  "credentials.wrong-region": (facts) => ({
    saw: `${refusal(facts)}；${facts.right.host} 接受`,
    means: `应用 ${facts.sdkAppId} 不属于 ${facts.host}：${facts.right.host} 接受同样的凭据。`,
    remedy: `请设置 TIM_REGION=${facts.right.id}。`,
  }),
  "credentials.wrong-key": (facts) => ({
    saw: `${refusal(facts)}；签名本身无误`,
    means:
      `密钥不是应用 ${facts.sdkAppId} 的（错误码 ${facts.code}）：用它做的签名本身无误，后端却拒绝。`,
    remedy: facts.keyLooksRight
      ? "请从控制台复制这个 SDKAppID 的密钥；若密钥无误，应用可能属于其他地域：加 --regions 运行。"
      : "它不像密钥（64 位十六进制数字）：请从控制台重新复制。",
  }),
  "credentials.expired": (facts) => ({
    saw: `${refusal(facts)}；签名是刚做的`,
    means: `刚签发的 UserSig 在 ${facts.host} 已算过期（错误码 ${facts.code}）。`,
    remedy: "本机时钟慢了，或签名时指定了日期：见时钟一行。",
  }),
  "credentials.not-admin": (facts) => ({
    saw: refusal(facts),
    means: `"${facts.identifier}" 不是应用 ${facts.sdkAppId} 的管理员（错误码 ${facts.code}）。`,
    remedy: "请把 TIM_IDENTIFIER 设为控制台中的管理员（通常是 administrator）。",
  }),
  "credentials.address-refused": (facts) => ({
    saw: refusal(facts),
    means: `应用 ${facts.sdkAppId} 不允许从本机地址${
      facts.egress && ` ${facts.egress} `
    }调用（错误码 ${facts.code}）。`,
    remedy: "请在控制台的 IP 白名单中加入该地址。",
  }),
  "credentials.rate-limited": (facts) => ({
    saw: refusal(facts),
    means: `应用 ${facts.sdkAppId} 的调用过于频繁（错误码 ${facts.code}）。`,
    remedy: explainErrorCode(facts.code, "zh")?.remedy ?? "请等一分钟，然后降低频率。",
  }),
  "credentials.refused": (facts) => ({
    saw: refusal(facts),
    means: `后端拒绝了带签名的调用，错误码 ${facts.code}：${
      explainErrorCode(facts.code, "zh")?.meaning ?? `${facts.info || "没有说明"}。`
    }`,
    remedy: explainErrorCode(facts.code, "zh")?.remedy ??
      "请在该命令的页面查找此错误码，并反馈 RequestId。",
  }),
  "credentials.failed": ({ detail }) => ({ saw: `带签名的调用没有成功：${detail}` }),
  "regions.measured": ({ hosts, nearest }) => ({
    saw: `最近的是 ${nearest}。${hosts.map(f.region).join("；")}`,
  }),
  "regions.far": ({ hosts, host, region, nearest, nearestMs, hereMs = 0 }) => ({
    saw: `最近的是 ${nearest}。${hosts.map(f.region).join("；")}`,
    means: `${host}（${region}）离这里很远：新建连接要 ${f.time(hereMs)}，到 ${nearest} 只要 ${
      f.time(nearestMs)
    }。`,
    remedy: "应用一直属于创建它的地域：请把本机部署到该地域附近，或在近的地域创建应用。",
  }),
  "regions.silent": ({ hosts }) => ({
    saw: `所有地域的域名都无应答：${f.firstOf(hosts.map(f.region))}`,
  }),
  "egress.matches": ({ machine, resolvers }) => ({
    saw: `本机 ${f.origin(machine)}，DNS ${f.firstOf(resolvers.map(f.origin))}：同一运营商`,
  }),
  "egress.passed-on": ({ machine, resolvers, clientSubnet }) => ({
    saw: `本机 ${f.origin(machine)}，DNS ${
      f.firstOf(resolvers.map(f.origin))
    }，它会转告客户端网段 ${clientSubnet}`,
  }),
  "egress.other-operator": ({ machine, resolvers }) => ({
    saw: `本机 ${f.origin(machine)}，DNS ${f.firstOf(resolvers.map(f.origin))}：运营商不同`,
    means: `DNS 服务器的出口是 ${f.firstOf(resolvers.map(f.origin))}，本机的出口是 ${
      f.origin(machine)
    }：解析结果是给另一家运营商网络的。`,
    remedy:
      "请使用本机所在运营商或云的 DNS，或会转告客户端网段的公共 DNS（119.29.29.29、223.5.5.5）。",
  }),
  "egress.other-country": ({ machine, resolvers }) => ({
    saw: `本机 ${f.origin(machine)}，DNS ${f.firstOf(resolvers.map(f.origin))}：国家或地区不同`,
    means: `DNS 服务器的出口是 ${f.firstOf(resolvers.map(f.origin))}，本机的出口是 ${
      f.origin(machine)
    }：解析结果是给另一个国家或地区的，调用可能绕远路。`,
    remedy: "请使用与本机同地区、同运营商的 DNS 服务器，文档也这样要求。",
  }),
  "egress.unknown": ({ missing }) => ({
    saw: missing === "machine"
      ? "所询问的服务没有给出本机的地址和网络"
      : "所询问的服务没有给出 DNS 服务器的出口",
  }),

  "check.skipped": ({ because }) => ({ saw: `已跳过，因为“${checks[because]}”失败` }),
  "check.not-here": ({ name }) => ({ saw: `${name} 上无法进行这项检查` }),
  "check.stopped": () => ({
    saw: "未完成：检查被提前结束",
    means: "检查在完成之前被结束；到那时为止所见都正常。",
    remedy: "请让它运行完毕，只需几秒。",
  }),
  "check.not-permitted": ({ detail }) => ({
    saw: `没有权限：${detail}`,
    means: "无法检查：本进程没有使用网络的权限。",
    remedy: "请授予权限后运行（deno run --allow-net --allow-env --allow-read）。",
  }),
  "check.broken": ({ detail }) => ({
    saw: `检查本身出错：${detail}`,
    means: "有一项检查自身出错；此外没有发现问题。",
    remedy: "请附上 --json 的输出反馈。",
  }),
};
