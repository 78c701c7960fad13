/**
 * Chinese: from the machine to the certificate.
 *
 * @module
 */

import type { ControlFact } from "../facts.ts";
import type { FindingTexts } from "./texts.ts";
import { isAlone } from "./formats.ts";
import { ALONE, CLOCK, f, open, TRUST } from "./zh_words.ts";

const notes = {
  "node-attempt-limit": "Node 每个地址只等 250 ms 建立连接" +
    "（可用 NODE_OPTIONS=--network-family-autoselection-attempt-timeout=2000 放宽）",
  "deno-repeats-posts": "复用的连接断开时，Deno 的 fetch 会重发 POST（TimClient 已避免）",
};
const day = (iso: string) => iso.slice(0, 10);
const control = ({ host, tookMs, fault }: ControlFact) =>
  tookMs === undefined ? `${host} ${f.fault(fault)}` : `${host} ${f.time(tookMs)}`;
const kinds = (addresses: { address: string; kind: string }[]) =>
  f.firstOf(addresses.map(({ address, kind }) => `${address} 是${f.kind(kind)}地址`));

type Path =
  | ("runtime" | "proxy" | "hosts" | "routes" | "resolvers")
  | ("dns" | "nameservers" | "answers" | "tcp" | "control")
  | ("tls" | "resumption");

/** Chinese texts of these checks. */
export const zhPath: FindingTexts<Path> = {
  "runtime.noted": ({ name, version, notes: ids, extraCa }) => ({
    saw: [
      `${name} ${version}`.trim(),
      ...ids.map((id) => notes[id]),
      ...(extraCa ? [`另外信任 ${extraCa}`] : []),
    ].join("；"),
  }),
  "runtime.trusts-anybody": ({ variable }) => ({
    saw: `${variable} 关闭了证书校验`,
    means: `本机设置了 ${variable}，看得到它的程序都不再校验证书。`,
    remedy: "请取消该变量：链路上的任何人都能读到每个 UserSig。私有根证书请用 " +
      "NODE_EXTRA_CA_CERTS=root.pem。",
  }),
  "proxy.none": () => ({ saw: "没有生效的代理变量" }),
  "proxy.ignored": ({ variable, proxy, name }) => ({
    saw: `设置了 ${variable}=${proxy}，但 ${name} 不理会它`,
  }),
  "proxy.exempt": ({ variable, host }) => ({
    saw: `设置了 ${variable}，但 NO_PROXY 排除了 ${host}`,
  }),
  "proxy.works": ({ variable, proxy, tookMs }) => ({
    saw: `${variable}=${proxy} 可用（${f.time(tookMs)}）；以下检查都经过它`,
  }),
  "proxy.dead": ({ variable, proxy, name, fault }) => ({
    saw: `${variable}=${proxy} 无应答（${f.fault(fault)}）`,
    means: `${name} 的所有调用都走 ${variable}=${proxy}，而该代理无应答（${f.fault(fault)}）。`,
    remedy: `请启动该代理，改正或取消 ${variable}，或把域名加入 NO_PROXY。`,
  }),
  "proxy.refuses": ({ variable, proxy, host, status }) => ({
    saw: `${variable}=${proxy} 对 CONNECT 应答 ${status}`,
    means: `代理 ${variable}=${proxy} 不放行到 ${host} 的调用（HTTP ${status}）。`,
    remedy: status === 407
      ? `代理需要用户名和密码：${variable}=http://USER:PASSWORD@HOST:PORT。`
      : "请让代理的管理者放行该域名，或把它加入 NO_PROXY。",
  }),
  "proxy.unsupported": ({ variable, proxy, name }) => ({
    saw: `${variable}=${proxy} 是本工具不支持的代理类型，无法经过它检查`,
    means: `${name} 的所有调用都走 ${variable}=${proxy}，而本工具无法经过这种代理检查。`,
    remedy: `请取消 ${variable} 后再运行一次，以检查不经过它的链路是否正常。`,
  }),
  "hosts.clear": ({ path }) => ({ saw: `${path} 中没有该域名` }),
  "hosts.unread": ({ path }) => ({ saw: `${path} 不存在或无权读取` }),
  "hosts.override": ({ path, line, host }) => ({
    saw: `${path} 覆盖了 DNS：${line}`,
    means: `${path} 中的 "${line}" 一行覆盖了 ${host} 的 DNS 解析。`,
    remedy: "除非有意为之，请删除该行：服务的地址会变化。",
  }),
  "routes.found": ({ four, six }) => ({
    saw: `默认路由：IPv4 ${four || "无"}，IPv6 ${six || "无"}`,
  }),
  "routes.none": () => ({ saw: "IPv4 和 IPv6 都没有默认路由" }),
  "routes.unknown": () => ({ saw: "系统不提供路由信息" }),
  "resolvers.listed": ({ servers }) => ({
    saw: servers.map(({ address, about }) => about ? `${address}（${f.kind(about)}）` : address)
      .join("、"),
  }),
  "resolvers.unknown": () => ({ saw: "系统不提供 DNS 服务器列表" }),

  "dns.literal": ({ host }) => ({ saw: `${host} 本身就是地址，无需解析` }),
  "dns.by-proxy": ({ host }) => ({ saw: `${host} 由代理解析` }),
  "dns.given": ({ host, addresses }) => ({
    saw: `按您的指定，${host} 使用 ${f.firstOf(addresses)}`,
  }),
  "dns.resolved": ({ host, addresses, tookMs, limitMs }) => ({
    saw: `${host} 解析为 ${f.firstOf(addresses)}，${f.timeOf(tookMs, limitMs)}`,
  }),
  "dns.slow": ({ host, addresses, tookMs, limitMs }) => ({
    saw: `${host} 解析为 ${f.firstOf(addresses)}，但用了 ${f.timeOf(tookMs, limitMs)}`,
    means: `解析 ${host} 用了 ${f.time(tookMs)}，每个新连接都要等它。`,
    remedy: "请从系统配置中去掉无应答的 DNS 服务器，或换用更近的服务器。",
  }),
  "dns.unknown-name": ({ host, documented }) => ({
    saw: `DNS 称 ${host} 不存在`,
    means: `本机的 DNS 称域名 ${host} 不存在。`,
    remedy: documented
      ? "该域名拼写无误：是 DNS 过滤了它，或 DNS 自身无法访问外网。请换一台试试，例如 dig @223.5.5.5，" +
        "并询问网络管理者。"
      : "请检查拼写（地域和域名见 tim doctor --help）。若拼写无误，则是 DNS 过滤了它：" +
        "换一台试试，例如 dig @223.5.5.5。",
  }),
  "dns.silent": ({ host, limitMs }) => ({
    saw: `${f.time(limitMs)} 内没有 ${host} 的应答`,
    means: `DNS 服务器无应答：${f.time(limitMs)} 内没有得到 ${host} 的地址。`,
    remedy:
      "请检查 /etc/resolv.conf（或系统网络设置）中的服务器，以及到它们的 UDP 和 TCP 53 端口是否放行。",
  }),
  "dns.failed": ({ host, detail }) => ({
    saw: `${host} 解析失败：${detail}`,
    means: `DNS 服务器拒绝解析或未能解析 ${host}。`,
    remedy: "请换用其他 DNS 服务器：这一台有故障，或不为本机服务。",
  }),
  "nameservers.asked": ({ servers }) => ({ saw: servers.map(f.nameserver).join("；") }),
  "nameservers.partly-dead": ({ servers, dead, host, limitMs }) => ({
    saw: servers.map(f.nameserver).join("；"),
    means: `DNS 服务器 ${f.firstOf(dead)} 在 ${f.time(limitMs)} 内没有给出 ${host} 的地址，` +
      "只是另一台掩盖了这一点。",
    remedy: "请从系统配置中去掉它：一旦先问到它，每个新连接都要等几秒。",
  }),
  "nameservers.half-silent": ({ servers, dead, host, limitMs, unanswered }) => ({
    saw: servers.map(f.nameserver).join("；"),
    means: `DNS 服务器 ${f.firstOf(dead)} 认识 ${host}，但 ${f.time(limitMs)} 内不应答 ` +
      `${unanswered} 记录的查询，每个新连接都要等它。`,
    remedy: "请让它也应答该查询（哪怕答复没有地址），或换用其他 DNS 服务器；不应答 AAAA 时，" +
      "在 /etc/resolv.conf 中加 options no-aaaa（glibc 2.36 起）可不发出该查询。",
  }),
  "nameservers.hidden": ({ host, servers }) => ({
    saw: servers.map(f.nameserver).join("；"),
    means: `本网络的 DNS 否认 ${host} 存在，而公共 DNS 知道它。`,
    remedy: "有过滤规则或内部区域隐藏了该域名：请放行，或换用其他 DNS 服务器。",
  }),
  "nameservers.differ": ({ servers, host, here }) => ({
    saw: servers.map(f.nameserver).join("；"),
    means: `本网络的 DNS 给出的 ${host} 地址（${
      f.firstOf(here)
    }）与公共 DNS 不同，且那里应答的是别的服务器。`,
    remedy: "应答很可能在途中被伪造：请使用 DNS over HTTPS，或未被篡改的 DNS 服务器。",
  }),
  "nameservers.split": ({ servers, host, here, public: elsewhere }) => ({
    saw: servers.map(f.nameserver).join("；"),
    means: `本网络的 DNS 把 ${host} 指向 ${f.firstOf(here)}，公共 DNS 指向 ${
      f.firstOf(elsewhere)
    }。`,
    remedy: "若是专线则正常；否则是过滤规则或陈旧的内部记录：请清除，或换用其他 DNS 服务器。",
  }),
  "nameservers.unseen": ({ servers }) => ({
    saw: servers.length
      ? `都无法直接询问：${servers.map(f.nameserver).join("；")}`
      : "没有可以直接询问的服务器",
  }),
  "answers.public": ({ addresses }) => ({ saw: kinds(addresses) }),
  "answers.private": ({ host, addresses }) => ({
    saw: kinds(addresses),
    means: `${host} 在这里解析为内网地址：${f.firstOf(addresses.map(({ address }) => address))}。`,
    remedy: "若是专线则正常；否则是陈旧的内部 DNS 记录或过滤规则：请清除。",
  }),
  "answers.fake-ip": ({ addresses }) => ({
    saw: `${f.firstOf(addresses.map(({ address }) => address))}：由代理软件（Clash、mihomo、` +
      "sing-box、Surge）虚构，真正的解析由它完成",
  }),
  "answers.nowhere": ({ host, addresses }) => ({
    saw: kinds(addresses),
    means: `DNS 把 ${host} 指向了它不可能在的地方：${kinds(addresses)}。`,
    remedy:
      "过滤器、广告拦截、hosts 文件或伪造应答会造成这种情况：请在那里放行，或换用其他 DNS 服务器。",
  }),

  "tcp.by-proxy": ({ host, port }) => ({ saw: `由代理连接 ${host}:${port}` }),
  "tcp.connected": ({ addresses, limitMs }) => ({
    saw: `已连接：${f.attempts(addresses)}，上限 ${f.time(limitMs)}`,
  }),
  "tcp.partly": ({ port, addresses, limitMs }) => {
    const dead = addresses.filter(({ fault }) => fault).map(({ address }) => address);
    return {
      saw: `${f.attempts(addresses)}，上限 ${f.time(limitMs)}`,
      means: `该域名的部分地址在 ${port} 端口有应答，但 ${f.firstOf(dead)} 没有。`,
      remedy: `先尝试失效地址的调用会等待或失败：请对每个地址${open(port)}；` +
        "若只有 IPv6 不通，请修复它或优先 IPv4（--dns-result-order=ipv4first）。",
    };
  },
  "tcp.refused": ({ host, port, addresses, attempts }) => ({
    saw: `${f.attempts(addresses)}，尝试 ${attempts} 次`,
    means: `${host} 的 ${port} 端口未开放：连接被拒绝 ${attempts} 次。`,
    remedy: `若域名和端口无误，则是防火墙拒绝：请${open(port)}。`,
  }),
  "tcp.silent": ({ host, port, addresses, limitMs }) => ({
    saw: `${f.attempts(addresses)}，等待 ${f.time(limitMs)}`,
    means: `${host} 的 ${port} 端口无应答：${f.time(limitMs)} 内未能建立连接。`,
    remedy: `数据包被丢弃：请${open(port)}；在云上请确认有公网 IP 或 NAT 网关。`,
  }),
  "tcp.unreachable": ({ host, addresses, attempts }) => ({
    saw: `${f.attempts(addresses)}，尝试 ${attempts} 次`,
    means: `本机没有到 ${host} 的路由。`,
    remedy: "请确认本机已联网：网卡、默认路由、NAT 网关。",
  }),
  "tcp.failed": ({ host, port, detail }) => ({
    saw: detail,
    means: `无法连接 ${host} 的 ${port} 端口。`,
    remedy: `请检查防火墙和路由：${open(port)}。`,
  }),
  "control.spared": () => ({ saw: "不需要：该域名自身可以连接" }),
  "control.answers": ({ hosts }) => ({
    saw: `无关的主机有应答，所以不是整个网络的问题：${hosts.map(control).join("、")}`,
  }),
  "control.nobody": ({ hosts }) => ({
    saw: `无关的主机也无应答：${hosts.map(control).join("、")}`,
    means: `本机连不上任何 HTTPS 主机：该域名和 ${
      f.firstOf(hosts.map(({ host }) => host))
    } 都不行。`,
    remedy:
      "请在防火墙、安全组和网络 ACL 中放行 TCP 443 出站；在云上请检查默认路由，以及是否有公网 IP 或 NAT 网关。",
  }),
  "control.same-issuer": ({ hosts, issuer }) => ({
    saw: `无关主机的证书也由 ${issuer} 签发：${hosts.map(control).join("、")}`,
    means: `本机的所有 TLS 都在途中被解密：无关主机的证书也来自 "${issuer}"，而本运行时不信任它。`,
    remedy: "每个 URL 都带有 UserSig，请让该域名免于解密；或让运行时信任该根证书：" +
      "NODE_EXTRA_CA_CERTS=root.pem（此处用 --ca root.pem）。",
  }),

  "tls.none": ({ url }) => ({ saw: `${url} 是明文 HTTP，没有 TLS` }),
  "tls.trusted": ({ protocol, cipher, alpn, issuer, chain, daysLeft, tookMs, limitMs }) => ({
    saw:
      `${protocol}，${cipher}，${
        alpn || "无 ALPN"
      }，签发者 ${issuer}（证书链 ${chain.length} 张），` +
      `剩余 ${daysLeft} 天，${f.timeOf(tookMs, limitMs)}`,
  }),
  "tls.verified": () => ({ saw: "平台自行校验证书，不展示证书和握手" }),
  "tls.expiring": ({ host, protocol, issuer, daysLeft, validTo }) => ({
    saw: `${protocol}，签发者 ${issuer}，仅剩 ${daysLeft} 天（至少应有 14 天）`,
    means: `${host} 的证书将在 ${daysLeft} 天后（${day(validTo)}）到期。`,
    remedy: "请让该服务的运营者续期；到期之后所有调用都会失败。",
  }),
  "tls.expired": ({ host, issuer, validTo, now, days }) => ({
    saw: `证书（签发者 ${issuer}）已于 ${day(validTo)} 到期（${days} 天前）`,
    means: `${host} 的证书已于 ${day(validTo)} 过期；本机日期是 ${day(now)}。`,
    remedy: `若本机日期正确，须由该服务的运营者续期。若不正确：${CLOCK}`,
  }),
  "tls.not-yet-valid": ({ host, issuer, validFrom, now }) => ({
    saw: `证书（签发者 ${issuer}）从 ${day(validFrom)} 起生效`,
    means: `${host} 的证书从 ${day(validFrom)} 才生效；本机日期是 ${day(now)}。`,
    remedy: `多半是本机时钟慢了。${CLOCK}`,
  }),
  "tls.wrong-name": ({ host, names, issuer }) => ({
    saw: `证书属于 ${f.firstOf(names, 3)}（签发者 ${issuer}）`,
    means: `替 ${host} 应答的是另一台服务器：它的证书属于 ${f.firstOf(names)}。`,
    remedy: "请检查 DNS 解析结果和 hosts 文件；上网认证页面或过滤设备也会这样应答。",
  }),
  "tls.untrusted": ({ host, issuer, code, chain }) => ({
    saw: `签发者 ${issuer} 不受信任：${code}（证书链 ${chain.length} 张）`,
    means: `${host} 的证书由 "${issuer}" 签发，本运行时不信任它。`,
    remedy: isAlone(code, chain) ? ALONE + TRUST : TRUST,
  }),
  "tls.intercepted": ({ host, issuer, chain, trusted }) => ({
    saw: `签发者 ${issuer} 是解密产品（证书链 ${chain.length} 张）${
      trusted ? "；本运行时信任它" : ""
    }`,
    means: `到 ${host} 的 TLS 在途中被解密：证书来自 "${issuer}"${
      trusted ? "" : "，而本运行时不信任它"
    }。`,
    remedy: trusted
      ? "调用可用，但该产品的管理者能读到每个 URL 里的 UserSig：请让该域名免于解密。"
      : "每个 URL 都带有 UserSig，请让该域名免于解密；或让运行时信任该产品的根证书：" +
        "NODE_EXTRA_CA_CERTS=root.pem（此处用 --ca root.pem）。",
  }),
  "resumption.works": ({ protocol, by, firstMs, tookMs, limitMs }) => ({
    saw: `${protocol}，第二次握手通过${by === "id" ? "会话 ID" : "会话票据"}恢复，用时 ${
      f.timeOf(tookMs, limitMs)
    }，首次握手用时 ${f.time(firstMs)}`,
  }),
  "resumption.absent": ({ protocol, offered, firstMs, tookMs, limitMs }) => ({
    saw: `${protocol}，${
      offered === undefined
        ? "会话未恢复"
        : offered
        ? "服务器提供了会话，但未能恢复"
        : "服务器未提供会话"
    }；第二次仍是完整握手，用时 ${f.timeOf(tookMs, limitMs)}，首次握手用时 ${f.time(firstMs)}`,
  }),
  "resumption.unseen": ({ name, protocol }) => ({
    saw: `无法观察：${name} 不会恢复 ${protocol} 会话`,
  }),
  "resumption.failed": ({ detail }) => ({ saw: `第二次握手未完成：${detail}` }),
  "tls.partly": ({ host, addresses, limitMs }) => ({
    saw: `${f.attempts(addresses)}，上限 ${f.time(limitMs)}`,
    means: `${host} 的部分地址 TLS 正常，但 ${
      f.firstOf(addresses.flatMap(({ address, fault }) =>
        fault ? [`${address}（${f.fault(fault)}）`] : []
      ))
    } 不正常。`,
    remedy: "遇到该地址的调用会失败：请告知该服务的运营者，并检查给出该地址的 DNS 应答。",
  }),
  "tls.old-version": ({ host }) => ({
    saw: "没有共同支持的 TLS 版本",
    means: `${host} 只提供本运行时认为不安全而拒绝的 TLS 版本。`,
    remedy: "后端支持 TLS 1.2 及以上：中间有旧代理，请更新它。",
  }),
  "tls.not-tls": ({ host, port }) => ({
    saw: "对 TLS 握手的应答不是 TLS",
    means: `${host} 的 ${port} 端口不是 TLS：应答的是明文 HTTP 或其他协议。`,
    remedy: "请检查端口。不带 TLS 的模拟器请用 TIM_BASE_URL=http://127.0.0.1:PORT。",
  }),
  "tls.reset": ({ host, attempts }) => ({
    saw: `连接在握手中被切断（尝试 ${attempts} 次）`,
    means: `TCP 能连上，但与 ${host} 的 TLS 握手被切断，${attempts} 次皆然。`,
    remedy: "按域名过滤的设备，或立即断开的服务器会造成这种情况：请询问网络管理者，并尝试备用域名" +
      "（见 tim doctor --help）。",
  }),
  "tls.silent": ({ host, limitMs }) => ({
    saw: `${f.time(limitMs)} 内没有完成握手`,
    means: `${host} 接受了连接，但 ${f.time(limitMs)} 内没有完成 TLS 握手。`,
    remedy: "丢弃 TLS 流量的过滤设备或过大的 MTU（试试 1400）会造成这种情况；过载的服务器也会。",
  }),
  "tls.failed": ({ host, detail }) => ({
    saw: detail,
    means: `与 ${host} 的 TLS 握手失败。`,
    remedy:
      "多半是中间的代理或过滤设备所致：本项附带的 openssl s_client 命令能看出握手进行到哪一步。",
  }),
};
