/**
 * Chinese: titles of the checks.
 *
 * @module
 */

import type { CheckId } from "../check.ts";

/** Titles by check. */
export const checks: Record<CheckId, string> = {
  runtime: "运行时",
  proxy: "代理",
  hosts: "hosts 文件",
  routes: "路由",
  resolvers: "DNS 配置",
  dns: "DNS",
  nameservers: "DNS 服务器",
  egress: "出口",
  answers: "解析结果",
  tcp: "TCP",
  tls: "TLS",
  resumption: "会话恢复",
  control: "其他主机",
  head: "HEAD /",
  post: "POST",
  large: "8 KB",
  reuse: "连接复用",
  idle: "空闲连接",
  clock: "时钟",
  credentials: "凭据",
  regions: "地域",
};
