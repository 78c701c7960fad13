/**
 * Korean.
 *
 * @module
 */

import { time } from "../format.ts";
import { koCalls } from "./ko_calls.ts";
import { checks } from "./ko_checks.ts";
import { koPath } from "./ko_path.ts";
import type { Texts } from "./texts.ts";

/** The Korean texts. */
export const ko: Texts = {
  checks,
  findings: { ...koPath, ...koCalls },
  healthy: (host) =>
    `${host}은(는) 여기서 정상입니다: 이름, 포트, 인증서, 호출, 시계에 문제가 없습니다.`,
  healthyAsFar: (host, titles) =>
    `${host}에 대해 수행한 검사에는 문제가 없습니다: ${titles.join(", ")}.`,
  unexplained: "분류할 수 없는 문제가 있습니다. 검사 결과를 보십시오.",
  page: {
    findings: "검사 결과",
    fine: (count) => `오류도 경고도 없는 검사 ${count}개`,
    status: {
      ok: "정상",
      info: "정보",
      warning: "경고",
      error: "오류",
      skipped: "건너뜀",
      unknown: "알 수 없음",
    },
    waterfall: "첫 호출에 걸리는 시간의 내역",
    waterfallNote: "새 연결에서는 차례로 진행되고, 열린 연결에서는 마지막만 남습니다.",
    phases: { dnsMs: "DNS", tcpMs: "TCP", tlsMs: "TLS", firstByteMs: "첫 바이트" },
    total: "합계",
    host: "호스트",
    histogram: "호출에 걸리는 시간",
    histogramNote: (calls, limit) => `호출 ${calls}회. 백엔드 자신의 한도는 ${limit}.`,
    time: "시간",
    calls: "횟수",
    data: "JSON 보고서",
    copy: "복사",
    copied: "복사됨",
  },
  seeForYourself: "직접 확인",
  accepted: (reason) => `승인됨: ${reason}`,
  remedy: "조치",
  colon: ": ",
  diff: {
    notMade: "하지 않음",
    none: "차이가 없습니다.",
    some: (count) => `검사 ${count}개가 다릅니다.`,
  },
  verdict: { ok: "정상", warning: "동작하나 조치 필요", error: "이상", unknown: "진단 불가" },
  lookedAt: (url, runtime, tookMs) => `${runtime}에서 ${url}을(를) ${time(tookMs)} 동안 진단함.`,
};
