/**
 * Korean: titles of the checks.
 *
 * @module
 */

import type { CheckId } from "../check.ts";

/** Titles by check. */
export const checks: Record<CheckId, string> = {
  runtime: "런타임",
  proxy: "프록시",
  hosts: "hosts 파일",
  routes: "경로",
  resolvers: "DNS 설정",
  dns: "DNS",
  nameservers: "DNS 서버",
  egress: "출구",
  answers: "조회 결과",
  tcp: "TCP",
  tls: "TLS",
  resumption: "세션 재개",
  control: "다른 호스트",
  head: "HEAD /",
  post: "POST",
  large: "8 KB",
  reuse: "연결 재사용",
  idle: "유휴 연결",
  clock: "시계",
  credentials: "자격 증명",
  regions: "리전",
};
