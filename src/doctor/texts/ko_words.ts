/**
 * Korean: what several texts share.
 *
 * @module
 */

import { type Formats, formatsOf } from "./formats.ts";

/** Formats of values. */
export const f: Formats = formatsOf({
  limit: (time, limit) => `${time}(한도 ${limit})`,
  more: (shown, count) => `${shown} 외 ${count}개`,
  colon: ": ",
  comma: ", ",
  days: "일",
  took: (address, time) => `${address} ${time}`,
  faults: {
    refused: "연결 거부",
    timeout: "시간 초과",
    unreachable: "도달 불가",
    reset: "재설정됨",
    closed: "닫힘",
    "no-name": "이름 없음",
    "resolver-silent": "DNS 무응답",
    "resolver-failed": "DNS 오류",
    "not-tls": "TLS가 아님",
    "tls-version": "오래된 TLS",
    untrusted: "신뢰할 수 없는 인증서",
    "not-http": "HTTP가 아닌 응답",
    "not-permitted": "권한 없음",
    exhausted: "자원 부족",
    "wrong-name": "인증서 이름 불일치",
    expired: "인증서 만료",
    "not-yet-valid": "아직 유효하지 않은 인증서",
    intercepted: "TLS 복호화",
    failed: "실패",
    other: "기타 오류",
  },
  kinds: {
    public: "공인",
    loopback: "루프백",
    unspecified: "미지정",
    private: "사설",
    "carrier NAT": "통신사 NAT",
    "link-local": "링크 로컬",
    "fake-IP": "fake-IP",
    documentation: "문서용",
    Teredo: "Teredo",
    reserved: "예약",
  },
  noAddress: "주소 없음",
  calls: (answered, samples) =>
    answered === samples ? `호출 ${samples}회` : `호출 ${samples}회 중 ${answered}회 응답`,
  over: (count, limit) => `${count}회는 ${limit} 초과`,
  worst: "최장",
  registered: (country) => `등록지 ${country}`,
});

/** How to put a clock right. */
export const CLOCK = "시계를 맞추십시오(NTP, 절전 후나 WSL에서는 sudo hwclock -s).";
/** What to do about a server that does not send the certificates between its own and the root. */
export const ALONE =
  "서버가 자신의 인증서만 보냅니다: 직접 관리하는 서버라면 중간 인증서도 함께 보내게 하십시오(fullchain.pem). ";

/** How to have a private root trusted. */
export const TRUST =
  "네트워크가 의도적으로 TLS를 복호화한다면 그 루트 인증서를 런타임에 지정하십시오: Node, Bun, " +
  "Deno는 NODE_EXTRA_CA_CERTS=root.pem, 여기서는 --ca root.pem. 의도한 것이 아니라면 누군가 엿보고 있습니다: " +
  "UserSig를 보내지 마십시오.";

/** The server's own name, if it gave one. */
export const named = (server: string) => server && ` (server: ${server})`;
/** What must be opened. */
export const open = (port: number) =>
  `방화벽, 보안 그룹, 네트워크 ACL에서 이 호스트로 나가는 TCP ${port}을(를) 여십시오`;
