/**
 * Korean: from the machine to the certificate.
 *
 * @module
 */

import type { ControlFact } from "../facts.ts";
import { isAlone } from "./formats.ts";
import { ALONE, CLOCK, f, open, TRUST } from "./ko_words.ts";
import type { FindingTexts } from "./texts.ts";

const notes = {
  "node-attempt-limit": "Node는 주소마다 250 ms만 연결을 기다림" +
    "(NODE_OPTIONS=--network-family-autoselection-attempt-timeout=2000으로 늘림)",
  "deno-repeats-posts":
    "재사용한 연결이 끊기면 Deno의 fetch는 POST를 다시 보냄(TimClient는 막아 둠)",
};
const day = (iso: string) => iso.slice(0, 10);
const control = ({ host, tookMs, fault }: ControlFact) =>
  tookMs === undefined ? `${host} ${f.fault(fault)}` : `${host} ${f.time(tookMs)}`;
const kinds = (addresses: { address: string; kind: string }[]) =>
  f.firstOf(addresses.map(({ address, kind }) => `${address} ${f.kind(kind)} 주소`));

type Path =
  | ("runtime" | "proxy" | "hosts" | "routes" | "resolvers")
  | ("dns" | "nameservers" | "answers" | "tcp" | "control")
  | ("tls" | "resumption");

/** Korean texts of these checks. */
export const koPath: FindingTexts<Path> = {
  "runtime.noted": ({ name, version, notes: ids, extraCa }) => ({
    saw: [
      `${name} ${version}`.trim(),
      ...ids.map((id) => notes[id]),
      ...(extraCa ? [`${extraCa}도 신뢰함`] : []),
    ].join("; "),
  }),
  "runtime.trusts-anybody": ({ variable }) => ({
    saw: `${variable} 때문에 인증서를 검사하지 않음`,
    means: `이 컴퓨터의 ${variable} 때문에 이를 보는 모든 프로그램이 인증서를 검사하지 않습니다.`,
    remedy: "변수를 해제하십시오: 경로상의 누구나 모든 UserSig를 읽을 수 있습니다. 사설 루트는 " +
      "NODE_EXTRA_CA_CERTS=root.pem으로 지정하십시오.",
  }),
  "proxy.none": () => ({ saw: "적용되는 프록시 변수가 없음" }),
  "proxy.ignored": ({ variable, proxy, name }) => ({
    saw: `${variable}=${proxy}이(가) 설정되었지만 ${name}은(는) 무시함`,
  }),
  "proxy.exempt": ({ variable, host }) => ({
    saw: `${variable}이(가) 설정되었지만 NO_PROXY가 ${host}을(를) 제외함`,
  }),
  "proxy.works": ({ variable, proxy, tookMs }) => ({
    saw: `${variable}=${proxy} 통과(${f.time(tookMs)}); 아래는 모두 이를 거침`,
  }),
  "proxy.dead": ({ variable, proxy, name, fault }) => ({
    saw: `${variable}=${proxy} 무응답(${f.fault(fault)})`,
    means:
      `${name}은(는) 모든 호출을 ${variable}=${proxy}(으)로 보내는데 그 프록시가 응답하지 않습니다(${
        f.fault(fault)
      }).`,
    remedy:
      `프록시를 켜거나, ${variable}을(를) 고치거나 해제하거나, 호스트를 NO_PROXY에 넣으십시오.`,
  }),
  "proxy.refuses": ({ variable, proxy, host, status }) => ({
    saw: `${variable}=${proxy}이(가) CONNECT에 ${status}(으)로 응답`,
    means: `프록시 ${variable}=${proxy}이(가) ${host}(으)로 가는 호출을 막습니다(HTTP ${status}).`,
    remedy: status === 407
      ? `프록시 인증이 필요합니다: ${variable}=http://USER:PASSWORD@HOST:PORT.`
      : "관리자에게 호스트 허용을 요청하거나 NO_PROXY에 넣으십시오.",
  }),
  "proxy.unsupported": ({ variable, proxy, name }) => ({
    saw: `${variable}=${proxy}은(는) 진단이 거쳐 갈 수 없는 종류의 프록시`,
    means:
      `${name}은(는) 모든 호출을 ${variable}=${proxy}(으)로 보내는데 진단은 이런 종류의 프록시를 거쳐 갈 수 없습니다.`,
    remedy:
      `${variable}을(를) 해제하고 한 번 더 실행하여 거치지 않는 경로가 정상인지 확인하십시오.`,
  }),
  "hosts.clear": ({ path }) => ({ saw: `${path}에 이 호스트가 없음` }),
  "hosts.unread": ({ path }) => ({ saw: `${path}이(가) 없거나 읽을 수 없음` }),
  "hosts.override": ({ path, line, host }) => ({
    saw: `${path}이(가) DNS보다 우선함: ${line}`,
    means: `${path}의 "${line}" 줄이 ${host}의 DNS보다 우선합니다.`,
    remedy: "의도한 것이 아니면 그 줄을 지우십시오: 주소는 바뀝니다.",
  }),
  "routes.found": ({ four, six }) => ({
    saw: `기본 경로: IPv4 ${four || "없음"}, IPv6 ${six || "없음"}`,
  }),
  "routes.none": () => ({ saw: "IPv4에도 IPv6에도 기본 경로가 없음" }),
  "routes.unknown": () => ({ saw: "시스템이 경로를 알려 주지 않음" }),
  "resolvers.listed": ({ servers }) => ({
    saw: servers.map(({ address, about }) => about ? `${address} (${f.kind(about)})` : address)
      .join(", "),
  }),
  "resolvers.unknown": () => ({ saw: "시스템이 DNS 서버를 알려 주지 않음" }),

  "dns.literal": ({ host }) => ({ saw: `${host}은(는) 주소라서 조회가 필요 없음` }),
  "dns.by-proxy": ({ host }) => ({ saw: `${host}은(는) 프록시가 조회함` }),
  "dns.given": ({ host, addresses }) => ({
    saw: `지정한 대로 ${host}을(를) ${f.firstOf(addresses)}(으)로 봄`,
  }),
  "dns.resolved": ({ host, addresses, tookMs, limitMs }) => ({
    saw: `${host}: ${f.firstOf(addresses)}, ${f.timeOf(tookMs, limitMs)}`,
  }),
  "dns.slow": ({ host, addresses, tookMs, limitMs }) => ({
    saw: `${host}: ${f.firstOf(addresses)}, 그러나 ${f.timeOf(tookMs, limitMs)}`,
    means: `${host} 조회에 ${f.time(tookMs)} 걸렸고, 새 연결마다 이를 기다립니다.`,
    remedy: "응답하지 않는 DNS 서버를 설정에서 빼거나 가까운 서버를 쓰십시오.",
  }),
  "dns.unknown-name": ({ host, documented }) => ({
    saw: `DNS에 따르면 ${host}은(는) 존재하지 않음`,
    means: `이 컴퓨터의 DNS에 따르면 ${host}이라는 이름은 존재하지 않습니다.`,
    remedy: documented
      ? "이름은 맞으므로 DNS가 걸러 내거나 DNS 자신이 외부로 나가지 못합니다: dig @223.5.5.5 등으로 다른 " +
        "서버를 써 보고 네트워크 관리자에게 문의하십시오."
      : "철자를 확인하십시오(리전과 호스트: tim doctor --help). 맞다면 DNS가 걸러 내는 것입니다: " +
        "dig @223.5.5.5 등으로 다른 서버를 써 보십시오.",
  }),
  "dns.silent": ({ host, limitMs }) => ({
    saw: `${f.time(limitMs)} 안에 ${host}의 응답 없음`,
    means: `DNS 서버가 응답하지 않습니다: ${
      f.time(limitMs)
    } 안에 ${host}의 주소를 얻지 못했습니다.`,
    remedy:
      "/etc/resolv.conf(또는 시스템 네트워크 설정)의 서버와, 그 서버로 가는 UDP와 TCP 53 포트가 " +
      "열려 있는지 확인하십시오.",
  }),
  "dns.failed": ({ host, detail }) => ({
    saw: `${host} 조회 실패: ${detail}`,
    means: `DNS 서버가 ${host} 조회를 거부하거나 실패했습니다.`,
    remedy: "다른 DNS 서버를 쓰십시오: 이 서버는 고장이거나 이 컴퓨터를 대상으로 하지 않습니다.",
  }),
  "nameservers.asked": ({ servers }) => ({ saw: servers.map(f.nameserver).join("; ") }),
  "nameservers.partly-dead": ({ servers, dead, host, limitMs }) => ({
    saw: servers.map(f.nameserver).join("; "),
    means:
      `DNS 서버 ${f.firstOf(dead)}이(가) ${f.time(limitMs)} 안에 ${host}의 주소를 주지 않으며, ` +
      "다른 서버가 이를 가리고 있습니다.",
    remedy: "설정에서 빼십시오: 그 서버에 먼저 물을 때마다 새 연결이 몇 초씩 기다립니다.",
  }),
  "nameservers.half-silent": ({ servers, dead, host, limitMs, unanswered }) => ({
    saw: servers.map(f.nameserver).join("; "),
    means: `DNS 서버 ${f.firstOf(dead)}은(는) ${host}을(를) 알지만 ${unanswered} 레코드 질의에 ` +
      `${f.time(limitMs)} 안에 응답하지 않아 새 연결마다 기다립니다.`,
    remedy:
      "주소가 없다는 응답이라도 하게 하거나 다른 DNS 서버를 쓰십시오. AAAA에 응답하지 않는 경우 " +
      "/etc/resolv.conf의 options no-aaaa(glibc 2.36 이상)로 그 질의를 피할 수 있습니다.",
  }),
  "nameservers.hidden": ({ host, servers }) => ({
    saw: servers.map(f.nameserver).join("; "),
    means: `이 네트워크의 DNS는 ${host}이(가) 없다고 하지만 공개 DNS는 알고 있습니다.`,
    remedy: "필터나 내부 영역이 이름을 숨깁니다: 예외로 해 달라고 하거나 다른 DNS 서버를 쓰십시오.",
  }),
  "nameservers.differ": ({ servers, host, here }) => ({
    saw: servers.map(f.nameserver).join("; "),
    means: `이 네트워크의 DNS는 ${host}에 공개 DNS와 다른 주소(${
      f.firstOf(here)
    })를 주고, 그곳에서는 다른 서버가 응답합니다.`,
    remedy:
      "도중에 위조되었을 가능성이 큽니다: DNS over HTTPS나 변조되지 않는 DNS 서버를 쓰십시오.",
  }),
  "nameservers.split": ({ servers, host, here, public: elsewhere }) => ({
    saw: servers.map(f.nameserver).join("; "),
    means: `이 네트워크의 DNS는 ${host}을(를) ${f.firstOf(here)}(으)로, 공개 DNS는 ${
      f.firstOf(elsewhere)
    }(으)로 보냅니다.`,
    remedy:
      "전용선이라면 정상입니다. 아니면 필터나 오래된 내부 레코드입니다: 지우거나 다른 DNS 서버를 쓰십시오.",
  }),
  "nameservers.unseen": ({ servers }) => ({
    saw: servers.length
      ? `직접 물을 수 있는 서버가 없음: ${servers.map(f.nameserver).join("; ")}`
      : "직접 물을 서버를 모름",
  }),
  "answers.public": ({ addresses }) => ({ saw: kinds(addresses) }),
  "answers.private": ({ host, addresses }) => ({
    saw: kinds(addresses),
    means: `${host}이(가) 여기서는 사설 주소로 조회됩니다: ${
      f.firstOf(addresses.map(({ address }) => address))
    }.`,
    remedy: "전용선이라면 정상입니다. 아니면 오래된 내부 DNS 레코드나 필터입니다: 지우십시오.",
  }),
  "answers.fake-ip": ({ addresses }) => ({
    saw: `${f.firstOf(addresses.map(({ address }) => address))}: 프록시 프로그램(Clash, mihomo, ` +
      "sing-box, Surge)이 지어낸 주소이며, 이름은 그 프로그램이 조회함",
  }),
  "answers.nowhere": ({ host, addresses }) => ({
    saw: kinds(addresses),
    means: `DNS가 ${host}을(를) 있을 수 없는 곳으로 보냅니다: ${kinds(addresses)}.`,
    remedy:
      "필터, 광고 차단기, hosts 파일, 위조 응답이 원인입니다: 거기서 예외로 하거나 다른 DNS 서버를 쓰십시오.",
  }),

  "tcp.by-proxy": ({ host, port }) => ({ saw: `${host}:${port}에는 프록시가 연결함` }),
  "tcp.connected": ({ addresses, limitMs }) => ({
    saw: `연결됨: ${f.attempts(addresses)}, 한도 ${f.time(limitMs)}`,
  }),
  "tcp.partly": ({ port, addresses, limitMs }) => {
    const dead = addresses.filter(({ fault }) => fault).map(({ address }) => address);
    return {
      saw: `${f.attempts(addresses)}, 한도 ${f.time(limitMs)}`,
      means: `호스트의 일부 주소는 포트 ${port}에서 응답하지만 ${
        f.firstOf(dead)
      }은(는) 응답하지 않습니다.`,
      remedy:
        `응답하지 않는 주소를 먼저 시도하는 호출은 기다리거나 실패합니다: 모든 주소에 대해 ${
          open(port)
        }. ` +
        "IPv6만 실패한다면 고치거나 IPv4를 우선하십시오(--dns-result-order=ipv4first).",
    };
  },
  "tcp.refused": ({ host, port, addresses, attempts }) => ({
    saw: `${f.attempts(addresses)}, ${attempts}회 시도`,
    means: `${host}의 포트 ${port}이(가) 닫혀 있습니다: 연결이 ${attempts}회 거부되었습니다.`,
    remedy: `호스트와 포트가 맞다면 방화벽이 거부하는 것입니다: ${open(port)}.`,
  }),
  "tcp.silent": ({ host, port, addresses, limitMs }) => ({
    saw: `${f.attempts(addresses)}, ${f.time(limitMs)} 대기`,
    means: `${host}의 포트 ${port}이(가) 응답하지 않습니다: ${
      f.time(limitMs)
    } 안에 연결되지 않았습니다.`,
    remedy: `패킷이 버려집니다: ${
      open(port)
    }. 클라우드라면 공인 주소나 NAT 게이트웨이가 있는지 확인하십시오.`,
  }),
  "tcp.unreachable": ({ host, addresses, attempts }) => ({
    saw: `${f.attempts(addresses)}, ${attempts}회 시도`,
    means: `이 컴퓨터에서 ${host}(으)로 가는 경로가 없습니다.`,
    remedy: "온라인인지 확인하십시오: 네트워크 인터페이스, 기본 경로, NAT 게이트웨이.",
  }),
  "tcp.failed": ({ host, port, detail }) => ({
    saw: detail,
    means: `${host}의 포트 ${port}에 연결되지 않습니다.`,
    remedy: `방화벽과 경로를 확인하십시오: ${open(port)}.`,
  }),
  "control.spared": () => ({ saw: "필요 없음: 호스트에 직접 연결됨" }),
  "control.answers": ({ hosts }) => ({
    saw: `무관한 호스트는 응답하므로 네트워크 전체의 문제가 아님: ${hosts.map(control).join(", ")}`,
  }),
  "control.nobody": ({ hosts }) => ({
    saw: `무관한 호스트도 응답하지 않음: ${hosts.map(control).join(", ")}`,
    means: `이 컴퓨터는 어떤 HTTPS 호스트에도 닿지 않습니다: 이 호스트도 ${
      f.firstOf(hosts.map(({ host }) => host))
    }도 응답하지 않습니다.`,
    remedy:
      "방화벽, 보안 그룹, 네트워크 ACL에서 나가는 TCP 443을 여십시오. 클라우드라면 기본 경로와, 공인 " +
      "주소나 NAT 게이트웨이가 있는지 확인하십시오.",
  }),
  "control.same-issuer": ({ hosts, issuer }) => ({
    saw: `무관한 호스트의 인증서도 ${issuer}이(가) 발급: ${hosts.map(control).join(", ")}`,
    means:
      `이 컴퓨터의 모든 TLS가 도중에 복호화됩니다: 무관한 호스트의 인증서도 "${issuer}"의 것이고, ` +
      "이 런타임은 이를 신뢰하지 않습니다.",
    remedy:
      "모든 URL에 UserSig가 들어 있으니 호스트를 복호화에서 제외하게 하거나, 그 루트 인증서를 런타임에 " +
      "지정하십시오: NODE_EXTRA_CA_CERTS=root.pem(여기서는 --ca root.pem).",
  }),

  "tls.none": ({ url }) => ({ saw: `${url}은(는) 평문 HTTP이며 TLS가 없음` }),
  "tls.trusted": ({ protocol, cipher, alpn, issuer, chain, daysLeft, tookMs, limitMs }) => ({
    saw:
      `${protocol}, ${cipher}, ${alpn || "ALPN 없음"}, 발급자 ${issuer}(체인 ${chain.length}장), ` +
      `${daysLeft}일 남음, ${f.timeOf(tookMs, limitMs)}`,
  }),
  "tls.verified": () => ({
    saw: "플랫폼이 인증서를 검증하며, 인증서도 핸드셰이크도 보여 주지 않음",
  }),
  "tls.expiring": ({ host, protocol, issuer, daysLeft, validTo }) => ({
    saw: `${protocol}, 발급자 ${issuer}, ${daysLeft}일 남음(14일은 필요)`,
    means: `${host}의 인증서가 ${daysLeft}일 뒤 ${day(validTo)}에 만료됩니다.`,
    remedy: "호스트 운영자에게 갱신을 요청하십시오. 그날 이후로는 모든 호출이 실패합니다.",
  }),
  "tls.expired": ({ host, issuer, validTo, now, days }) => ({
    saw: `인증서(발급자 ${issuer})가 ${day(validTo)}에 만료됨(${days}일 전)`,
    means: `${host}의 인증서가 ${day(validTo)}에 만료되었습니다. 이 컴퓨터의 날짜는 ${
      day(now)
    }입니다.`,
    remedy: `날짜가 맞다면 호스트 운영자가 갱신해야 합니다. 틀리다면: ${CLOCK}`,
  }),
  "tls.not-yet-valid": ({ host, issuer, validFrom, now }) => ({
    saw: `인증서(발급자 ${issuer})는 ${day(validFrom)}부터 유효`,
    means: `${host}의 인증서는 ${day(validFrom)}부터 유효합니다. 이 컴퓨터의 날짜는 ${
      day(now)
    }입니다.`,
    remedy: `이 컴퓨터의 시계가 늦을 가능성이 큽니다. ${CLOCK}`,
  }),
  "tls.wrong-name": ({ host, names, issuer }) => ({
    saw: `인증서는 ${f.firstOf(names, 3)}의 것(발급자 ${issuer})`,
    means: `${host} 대신 다른 서버가 응답합니다: 인증서가 ${f.firstOf(names)}의 것입니다.`,
    remedy: "DNS 응답과 hosts 파일을 확인하십시오. 로그인 포털이나 필터도 이렇게 응답합니다.",
  }),
  "tls.untrusted": ({ host, issuer, code, chain }) => ({
    saw: `발급자 ${issuer}을(를) 신뢰하지 않음: ${code}(체인 ${chain.length}장)`,
    means: `${host}의 인증서는 "${issuer}"이(가) 발급했고, 이 런타임은 이를 신뢰하지 않습니다.`,
    remedy: isAlone(code, chain) ? ALONE + TRUST : TRUST,
  }),
  "tls.intercepted": ({ host, issuer, chain, trusted }) => ({
    saw: `발급자 ${issuer}은(는) 복호화 제품(체인 ${chain.length}장)${
      trusted ? "; 이 런타임은 신뢰함" : ""
    }`,
    means: `${host}(으)로 가는 TLS가 도중에 복호화됩니다: 인증서가 "${issuer}"의 것${
      trusted ? "입니다" : "이고, 이 런타임은 이를 신뢰하지 않습니다"
    }.`,
    remedy: trusted
      ? "호출은 되지만 그 제품의 운영자가 모든 URL의 UserSig를 읽을 수 있습니다: 호스트를 제외하게 하십시오."
      : "모든 URL에 UserSig가 들어 있으니 호스트를 복호화에서 제외하게 하거나, 그 제품의 루트 인증서를 런타임에 " +
        "지정하십시오: NODE_EXTRA_CA_CERTS=root.pem(여기서는 --ca root.pem).",
  }),
  "resumption.works": ({ protocol, by, firstMs, tookMs, limitMs }) => ({
    saw: `${protocol}, 두 번째 핸드셰이크를 ${by === "id" ? "세션 ID로" : "티켓으로"} 재개: ${
      f.timeOf(tookMs, limitMs)
    }, 첫 번째는 ${f.time(firstMs)}`,
  }),
  "resumption.absent": ({ protocol, offered, firstMs, tookMs, limitMs }) => ({
    saw: `${protocol}, ${
      offered === undefined
        ? "세션이 재개되지 않음"
        : offered
        ? "세션을 제공했지만 재개되지 않음"
        : "세션을 제공하지 않음"
    }, 두 번째도 전체 핸드셰이크: ${f.timeOf(tookMs, limitMs)}, 첫 번째는 ${f.time(firstMs)}`,
  }),
  "resumption.unseen": ({ name, protocol }) => ({
    saw: `볼 수 없음: ${name}은(는) ${protocol} 세션을 재개하지 않음`,
  }),
  "resumption.failed": ({ detail }) => ({ saw: `두 번째 핸드셰이크 실패: ${detail}` }),
  "tls.partly": ({ host, addresses, limitMs }) => ({
    saw: `${f.attempts(addresses)}, 한도 ${f.time(limitMs)}`,
    means: `${host}의 일부 주소에서는 TLS가 정상이지만 ${
      f.firstOf(addresses.flatMap(({ address, fault }) =>
        fault ? [`${address}(${f.fault(fault)})`] : []
      ))
    }에서는 아닙니다.`,
    remedy:
      "그 주소를 만나는 호출은 실패합니다: 호스트 운영자에게 알리고, 그 주소를 주는 DNS 응답을 확인하십시오.",
  }),
  "tls.old-version": ({ host }) => ({
    saw: "공통된 TLS 버전이 없음",
    means: `${host}은(는) 이 런타임이 안전하지 않다고 거부하는 TLS 버전만 제공합니다.`,
    remedy: "백엔드는 TLS 1.2 이상입니다: 중간에 오래된 프록시가 있으니 갱신하게 하십시오.",
  }),
  "tls.not-tls": ({ host, port }) => ({
    saw: "TLS 핸드셰이크에 대한 응답이 TLS가 아님",
    means: `${host}의 포트 ${port}은(는) TLS가 아닙니다: 평문 HTTP나 다른 프로토콜이 응답합니다.`,
    remedy:
      "포트를 확인하십시오. TLS 없는 에뮬레이터에는 TIM_BASE_URL=http://127.0.0.1:PORT를 쓰십시오.",
  }),
  "tls.reset": ({ host, attempts }) => ({
    saw: `핸드셰이크 중 연결이 끊김(${attempts}회 시도)`,
    means: `TCP는 연결되지만 ${host}과(와)의 TLS 핸드셰이크가 ${attempts}회 모두 끊겼습니다.`,
    remedy:
      "호스트 이름으로 막는 필터나 곧바로 닫는 서버가 원인입니다: 네트워크 관리자에게 묻고, 예비 호스트" +
      "(tim doctor --help)를 써 보십시오.",
  }),
  "tls.silent": ({ host, limitMs }) => ({
    saw: `${f.time(limitMs)} 안에 핸드셰이크가 없음`,
    means: `${host}은(는) 연결을 받지만 TLS 핸드셰이크가 ${f.time(limitMs)} 안에 오지 않습니다.`,
    remedy: "TLS를 버리는 필터, 너무 큰 MTU(1400을 시도), 또는 과부하된 서버가 원인입니다.",
  }),
  "tls.failed": ({ host, detail }) => ({
    saw: detail,
    means: `${host}과(와)의 TLS 핸드셰이크가 실패합니다.`,
    remedy:
      "대개 중간의 프록시나 필터가 원인입니다: 이 항목에 딸린 openssl s_client 명령으로 핸드셰이크가 " +
      "어디까지 진행되는지 볼 수 있습니다.",
  }),
};
