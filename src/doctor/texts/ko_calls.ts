/**
 * Korean: calls, the clock, the app and the checks themselves.
 *
 * @module
 */

import { explainErrorCode } from "../../errors/mod.ts";
import type { RefusalFacts } from "../facts.ts";
import { AT_ONCE_MS, size } from "../format.ts";
import { checks } from "./ko_checks.ts";
import { koCodes } from "./ko_codes.ts";
import { CLOCK, f, named } from "./ko_words.ts";
import type { FindingTexts } from "./texts.ts";

const skew = (ms: number) => `${f.long(Math.abs(ms))} ${ms > 0 ? "빠름" : "느림"}`;
const skews = (ms: number) => `${f.long(Math.abs(ms))} ${ms > 0 ? "빠릅니다" : "느립니다"}`;
const broken = (fault: string) =>
  fault === "not-http" ? "응답이 HTTP가 아님" : `응답 없이 ${f.fault(fault)}`;
const refusal = ({ code, info, requestId }: RefusalFacts) =>
  `오류 ${code}: ${info}${requestId && ` (RequestId ${requestId})`}`;

type Calls =
  | ("head" | "post" | "large" | "reuse" | "idle" | "clock")
  | ("credentials" | "regions" | "egress" | "check");

/** Korean texts of these checks. */
export const koCalls: FindingTexts<Calls> = {
  "head.ok": ({ status, server, tookMs, limitMs }) => ({
    saw: `${status}${named(server)}, ${f.timeOf(tookMs, limitMs)}`,
  }),
  "head.redirect": ({ host, status, location }) => ({
    saw: `${status}, ${location}(으)로 이동`,
    means: `${host}의 HEAD /가 ${location}(으)로 이동됩니다(${status}). 백엔드는 그러지 않습니다.`,
    remedy:
      "로그인 포털이나 프록시의 응답입니다: 브라우저로 로그인하거나 호스트를 예외로 하십시오.",
  }),
  "head.status": ({ host, status, server }) => ({
    saw: `200이 아니라 ${status}${named(server)}`,
    means: `${host}의 HEAD / 응답이 200이 아니라 ${status}입니다${named(server)}.`,
    remedy: "중간의 웹 방화벽이나 프록시의 응답입니다: 관리자에게 호스트 허용을 요청하십시오.",
  }),
  "head.silent": ({ host, limitMs }) => ({
    saw: `${f.time(limitMs)} 안에 응답 없음`,
    means: `${host}의 HEAD /가 ${f.time(limitMs)} 안에 응답을 받지 못합니다.`,
    remedy: "중간의 무언가가 HEAD 요청을 버립니다. 호출은 POST이므로 POST 줄을 보십시오.",
  }),
  "head.failed": ({ host, fault, detail }) => ({
    saw: `${broken(fault)}: ${detail}`,
    means: `${host}의 HEAD /가 올바른 응답을 받지 못합니다(${broken(fault)}).`,
    remedy: "중간의 프록시가 응답하거나 끊습니다: 관리자에게 호스트 허용을 요청하십시오.",
  }),
  "post.ok": (facts) => ({
    saw: `${f.spread(facts)}; 새 연결 ${f.time(facts.coldMs)}${
      facts.warmMs ? `, 열린 연결 ${f.time(facts.warmMs)}` : ""
    }; 클라이언트 제한 시간은 ${f.time(facts.clientTimeoutMs)}이(가) 알맞음`,
  }),
  "post.near-limit": (facts) => ({
    saw: f.spread(facts),
    means: `${facts.host} 호출이 백엔드의 한도에 가깝습니다: 최장 ${
      f.timeOf(facts.worstMs, facts.limitMs)
    }.`,
    remedy: `앱의 리전 호스트를 가까운 컴퓨터에서 쓰고, 클라이언트 제한 시간을 ${
      f.time(facts.clientTimeoutMs)
    }(으)로 하십시오.`,
  }),
  "post.slow": (facts) => ({
    saw: f.spread(facts),
    means: `${facts.host} 호출이 너무 느립니다: ${f.timeOf(facts.p50Ms, facts.limitMs)}.`,
    remedy: `연결은 빠르므로 백엔드나 프록시가 느립니다: 제한 시간을 ${
      f.time(facts.clientTimeoutMs)
    }(으)로 하고, 리전을 확인하고, 이 실행 시각과 함께 신고하십시오.`,
  }),
  "post.silent": ({ host, samples, timeoutMs }) => ({
    saw: `호출 ${samples}회 모두 ${f.time(timeoutMs)} 안에 응답 없음`,
    means: `${host}은(는) 호출을 받지만 ${samples}회 모두 ${
      f.time(timeoutMs)
    } 안에 응답하지 않습니다.`,
    remedy:
      "경로는 열려 있으므로 백엔드나 그 앞의 프록시가 멈춘 것입니다: 다시 해 보고, 다음으로 예비 호스트를 쓰십시오.",
  }),
  "post.partly-silent": ({ timeoutMs, ...facts }) => ({
    saw: `${f.spread(facts)}; 나머지는 ${f.time(timeoutMs)} 안에 응답 없음`,
    means: `${facts.host} 호출 ${facts.samples}회 중 ${facts.answered}회만 응답했습니다.`,
    remedy:
      "패킷이 사라지거나 여러 서버 중 하나가 멈춘 것입니다: 예비 호스트를 써 보고, 두 번 실행되어도 되는 호출만 " +
      "다시 하십시오.",
  }),
  "post.status": ({ host, status, server }) => ({
    saw: `200이 아니라 HTTP ${status}${named(server)}`,
    means: `${host} 호출에 HTTP ${status}이(가) 옵니다. 백엔드 자신은 늘 200으로 응답합니다.`,
    remedy: "중간의 프록시나 게이트웨이의 응답입니다: 그쪽을 보십시오.",
  }),
  "post.not-json": ({ host, contentType, beginning }) => ({
    saw: `응답은 ${contentType || "형식 없음"}, JSON이 아님: ${beginning}`,
    means: `${host} 대신 다른 것이 응답합니다: JSON이 아니라 ${
      /html|^<!?\w/i.test(contentType + beginning) ? "HTML 페이지" : "텍스트"
    }가 옵니다.`,
    remedy:
      "로그인 포털, 프록시, 다른 웹 서버입니다: 호스트, 포트, 네트워크 로그인을 확인하십시오.",
  }),
  "post.not-envelope": ({ host, beginning }) => ({
    saw: `ActionStatus와 ErrorCode가 없는 JSON: ${beginning}`,
    means: `${host} 대신 다른 것이 응답합니다: JSON이 백엔드의 형식이 아닙니다.`,
    remedy: "호스트와 포트를 확인하십시오: 다른 서비스나 게이트웨이가 응답합니다.",
  }),
  "post.failed": ({ host, fault, detail }) => ({
    saw: `${broken(fault)}: ${detail}`,
    means: `${host} 호출이 올바른 응답을 받지 못합니다(${broken(fault)}).`,
    remedy: "중간의 프록시나 서버가 끊습니다: 예비 호스트와 다른 네트워크를 써 보십시오.",
  }),
  "large.ok": ({ bytes, worstMs, limitMs }) => ({
    saw: `${size(bytes)} 본문도 응답함, 최장 ${f.timeOf(worstMs, limitMs)}`,
  }),
  "large.silent": ({ host, bytes, samples, timeoutMs }) => ({
    saw: `${size(bytes)} 본문 ${samples}개 모두 ${f.time(timeoutMs)} 안에 응답 없음`,
    means: `${host}의 작은 호출은 응답하지만 ${
      size(bytes)
    } 본문은 응답이 없습니다: 큰 패킷이 사라집니다.`,
    remedy: "경로 MTU 블랙홀입니다: MTU를 낮추거나(ip link set dev eth0 mtu 1400, Docker는 --opt " +
      "com.docker.network.driver.mtu=1400) ICMP 유형 3 코드 4를 통과시키십시오.",
  }),
  "large.status": ({ host, bytes, status, server }) => ({
    saw: `${size(bytes)} 본문에 HTTP ${status}${named(server)}`,
    means: `${host}(으)로 가는 ${size(bytes)} 호출이 도중에 거부됩니다(HTTP ${status}).`,
    remedy: "중간의 프록시가 본문 크기를 제한합니다: 한도를 올리십시오.",
  }),
  "large.failed": ({ host, bytes, fault, detail }) => ({
    saw: `${broken(fault)}: ${detail}`,
    means: `${host}의 작은 호출은 응답하지만 ${size(bytes)} 본문은 그렇지 않습니다(${
      broken(fault)
    }).`,
    remedy: "도중에 큰 요청이 끊깁니다: 프록시의 제한이나 경로 MTU 블랙홀입니다.",
  }),
  "reuse.kept": ({ firstMs, secondMs, handshakeMs }) => ({
    saw: `같은 연결의 두 번째 호출 ${f.time(secondMs)}(첫 번째 ${f.time(firstMs)}); ` +
      `핸드셰이크 ${f.time(handshakeMs)} 절약`,
  }),
  "reuse.closed": ({ host, announced, handshakeMs }) => ({
    saw: `응답 한 번 뒤 닫힘${announced ? " (connection: close)" : ""}; 호출마다 핸드셰이크 ${
      f.time(handshakeMs)
    }`,
    means: `${host}이(가) 응답마다 연결을 닫아서 호출마다 핸드셰이크에 ${
      f.time(handshakeMs)
    } 걸립니다.`,
    remedy: "백엔드 자신은 연결을 유지합니다: 중간의 프록시도 그러게 하십시오.",
  }),
  "reuse.failed": ({ detail }) => ({ saw: detail }),
  "idle.kept": ({ idleMs }) => ({ saw: `${f.time(idleMs)} 유휴 상태였던 연결이 아직 동작함` }),
  "idle.closed": ({ afterMs, idleMs }) => ({
    saw: afterMs < AT_ONCE_MS
      ? "서버가 응답 후 바로 닫으므로 유휴 연결이 없음"
      : `서버가 ${f.time(afterMs)} 유휴 상태인 연결을 닫음(${
        f.time(idleMs)
      } 지켜봄): 클라이언트는 더 일찍 놓아야 함`,
  }),
  "idle.lost": ({ host, idleMs, fault }) => ({
    saw: `${f.time(idleMs)} 뒤 열려 있어 보이지만 호출은 실패(${f.fault(fault)})`,
    means: `${host}(으)로 가는 유휴 연결이 알림 없이 끊깁니다: ${
      f.time(idleMs)
    } 뒤의 호출이 실패합니다(${f.fault(fault)}).`,
    remedy: "NAT나 방화벽이 연결을 잊습니다: TCP keep-alive(60 s)를 켜거나 더 일찍 놓으십시오.",
  }),
  "idle.failed": ({ detail }) => ({ saw: detail }),
  "clock.right": ({ skewMs, limitMs }) => ({
    saw: Math.abs(skewMs) < 1000
      ? `서버와 1 s 이내(한도 ${f.time(limitMs)})`
      : `서버보다 ${skew(skewMs)}(한도 ${f.time(limitMs)})`,
  }),
  "clock.off": ({ skewMs, limitMs }) => ({
    saw: `서버보다 ${skew(skewMs)}(한도 ${f.time(limitMs)})`,
    means: `이 컴퓨터의 시계가 서버보다 ${skews(skewMs)}.`,
    remedy: CLOCK,
  }),
  "clock.wrong": ({ skewMs, limitMs, server, here }) => ({
    saw: `서버보다 ${skew(skewMs)}(한도 ${f.long(limitMs)}): 여기 ${here}, 서버 ${server}`,
    means: `이 컴퓨터의 시계가 서버보다 ${skews(skewMs)}: ${
      skewMs > 0
        ? "여기서 서명한 UserSig는 미래의 것이라 백엔드가 거부할 수 있습니다"
        : "여기서 서명한 UserSig는 그만큼 일찍 끝납니다(오류 70001)"
    }.`,
    remedy: CLOCK,
  }),
  "clock.unknown": () => ({ saw: "비교할 날짜가 있는 응답이 없음" }),

  "credentials.accepted": ({ sdkAppId, identifier, tookMs }) => ({
    saw: `SDKAppID ${sdkAppId}, 키, 관리자 ${identifier} 유효(${f.time(tookMs)})`,
  }),
  "credentials.unusable": ({ detail }) => ({
    saw: detail,
    means: `이 자격 증명은 쓸 수 없습니다(${detail}).`,
    remedy: "콘솔에서 같은 앱의 SDKAppID와 비밀 키를 다시 복사하십시오.",
  }),
  "credentials.unknown-app": (facts) => ({
    saw: refusal(facts),
    means: `${facts.host}은(는) 앱 ${facts.sdkAppId}을(를) 모릅니다(오류 ${facts.code}).`,
    remedy:
      "TIM_SDK_APP_ID를 확인하십시오. 맞다면 다른 리전의 앱입니다: --regions로 실행하면 찾습니다.",
  }),
  "credentials.wrong-region": (facts) => ({
    saw: `${refusal(facts)}; ${facts.right.host}은(는) 받아들임`,
    means:
      `앱 ${facts.sdkAppId}은(는) ${facts.host}의 것이 아닙니다: ${facts.right.host}이(가) 같은 ` +
      "자격 증명을 받아들입니다.",
    remedy: `TIM_REGION=${facts.right.id}을(를) 설정하십시오.`,
  }),
  "credentials.wrong-key": (facts) => ({
    saw: `${refusal(facts)}; 서명 자체는 올바름`,
    means:
      `비밀 키가 앱 ${facts.sdkAppId}의 것이 아닙니다(오류 ${facts.code}): 서명 자체는 올바르지만 ` +
      "백엔드가 거부합니다.",
    remedy: facts.keyLooksRight
      ? "콘솔에서 바로 이 SDKAppID의 키를 복사하십시오. 키가 맞다면 다른 리전의 앱일 수 있습니다: --regions로 " +
        "실행하십시오."
      : "키의 모양(16진수 64자리)이 아닙니다: 콘솔에서 다시 복사하십시오.",
  }),
  "credentials.expired": (facts) => ({
    saw: `${refusal(facts)}; 방금 서명함`,
    means: `방금 서명한 UserSig가 ${facts.host}에서는 만료된 것입니다(오류 ${facts.code}).`,
    remedy: "이 컴퓨터의 시계가 늦거나 서명에 날짜를 주었습니다: 시계 줄을 보십시오.",
  }),
  "credentials.not-admin": (facts) => ({
    saw: refusal(facts),
    means:
      `"${facts.identifier}"은(는) 앱 ${facts.sdkAppId}의 관리자가 아닙니다(오류 ${facts.code}).`,
    remedy: "TIM_IDENTIFIER를 콘솔의 관리자(대개 administrator)로 하십시오.",
  }),
  "credentials.address-refused": (facts) => ({
    saw: refusal(facts),
    means: `앱 ${facts.sdkAppId}은(는) 이 컴퓨터의 주소${
      facts.egress && ` ${facts.egress}`
    }에서 호출할 수 없습니다(오류 ${facts.code}).`,
    remedy: "콘솔의 허용 IP 주소 목록에 그 주소를 넣으십시오.",
  }),
  "credentials.rate-limited": (facts) => ({
    saw: refusal(facts),
    means: `앱 ${facts.sdkAppId}의 호출이 너무 잦습니다(오류 ${facts.code}).`,
    remedy: koCodes[facts.code]?.[1] ?? "1분 기다린 뒤 횟수를 줄이십시오.",
  }),
  "credentials.refused": (facts) => ({
    saw: refusal(facts),
    means: `백엔드가 서명된 호출을 오류 ${facts.code}(으)로 거부합니다: ${
      koCodes[facts.code]?.[0] ?? explainErrorCode(facts.code)?.meaning ??
        `${facts.info || "설명 없음"}.`
    }`,
    remedy: koCodes[facts.code]?.[1] ?? explainErrorCode(facts.code)?.remedy ??
      "명령의 문서에서 코드를 찾고 RequestId와 함께 신고하십시오.",
  }),
  "credentials.failed": ({ detail }) => ({ saw: `서명된 호출이 통하지 않음: ${detail}` }),
  "regions.measured": ({ hosts, nearest }) => ({
    saw: `가장 가까운 곳은 ${nearest}. ${hosts.map(f.region).join("; ")}`,
  }),
  "regions.far": ({ hosts, host, region, nearest, nearestMs, hereMs = 0 }) => ({
    saw: `가장 가까운 곳은 ${nearest}. ${hosts.map(f.region).join("; ")}`,
    means: `${host}(${region})은(는) 여기서 멉니다: 새 연결에 ${f.time(hereMs)}, ${nearest}까지는 ${
      f.time(nearestMs)
    }이면 됩니다.`,
    remedy:
      "앱은 생성된 리전에서 옮길 수 없습니다: 이 컴퓨터를 그 리전 가까이에서 돌리거나 가까운 리전에 앱을 만드십시오.",
  }),
  "regions.silent": ({ hosts }) => ({
    saw: `어느 리전의 호스트도 응답하지 않음: ${f.firstOf(hosts.map(f.region))}`,
  }),
  "egress.matches": ({ machine, resolvers }) => ({
    saw: `이 컴퓨터 ${f.origin(machine)}, DNS ${f.firstOf(resolvers.map(f.origin))}: 같은 사업자`,
  }),
  "egress.passed-on": ({ machine, resolvers, clientSubnet }) => ({
    saw: `이 컴퓨터 ${f.origin(machine)}, DNS ${
      f.firstOf(resolvers.map(f.origin))
    }, 클라이언트 망 ${clientSubnet}을(를) 전달함`,
  }),
  "egress.other-operator": ({ machine, resolvers }) => ({
    saw: `이 컴퓨터 ${f.origin(machine)}, DNS ${f.firstOf(resolvers.map(f.origin))}: 다른 사업자`,
    means: `DNS 서버의 출구는 ${f.firstOf(resolvers.map(f.origin))}, 이 컴퓨터의 출구는 ${
      f.origin(machine)
    }입니다: 응답이 다른 사업자의 망에 맞춰집니다.`,
    remedy:
      "이 컴퓨터의 사업자나 클라우드의 DNS 서버, 또는 클라이언트 망을 전달하는 공개 DNS(119.29.29.29, " +
      "223.5.5.5)를 쓰십시오.",
  }),
  "egress.other-country": ({ machine, resolvers }) => ({
    saw: `이 컴퓨터 ${f.origin(machine)}, DNS ${
      f.firstOf(resolvers.map(f.origin))
    }: 다른 국가나 지역`,
    means: `DNS 서버의 출구는 ${f.firstOf(resolvers.map(f.origin))}, 이 컴퓨터의 출구는 ${
      f.origin(machine)
    }입니다: 응답이 다른 국가나 지역에 맞춰져 호출이 먼 길을 돌 수 있습니다.`,
    remedy: "문서가 요구하는 대로 이 컴퓨터와 같은 국가, 같은 사업자의 DNS 서버를 쓰십시오.",
  }),
  "egress.unknown": ({ missing }) => ({
    saw: missing === "machine"
      ? "물어본 서비스가 이 컴퓨터의 주소와 망을 알려 주지 않음"
      : "물어본 서비스가 DNS 서버의 출구를 알려 주지 않음",
  }),

  "check.skipped": ({ because }) => ({
    saw: `"${checks[because]}" 실패로 건너뜀`,
  }),
  "check.not-here": ({ name }) => ({ saw: `${name}에서는 할 수 없는 검사` }),
  "check.stopped": () => ({
    saw: "끝나지 않음: 진단이 중단됨",
    means: "진단이 끝나기 전에 중단되었습니다. 그때까지 본 것에는 문제가 없습니다.",
    remedy: "몇 초면 되니 끝까지 실행하십시오.",
  }),
  "check.not-permitted": ({ detail }) => ({
    saw: `권한 없음: ${detail}`,
    means: "진단할 수 없습니다: 이 프로세스에는 네트워크를 쓸 권한이 없습니다.",
    remedy: "권한을 주고 실행하십시오(deno run --allow-net --allow-env --allow-read).",
  }),
  "check.broken": ({ detail }) => ({
    saw: `검사 자체가 실패: ${detail}`,
    means: "검사 하나가 스스로 실패했습니다. 그 밖에 발견된 것은 없습니다.",
    remedy: "--json 출력과 함께 신고해 주십시오.",
  }),
};
