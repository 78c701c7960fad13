/**
 * Chinese.
 *
 * @module
 */

import { time } from "../format.ts";
import type { Texts } from "./texts.ts";
import { zhCalls } from "./zh_calls.ts";
import { checks } from "./zh_checks.ts";
import { zhPath } from "./zh_path.ts";

/** The Chinese texts. */
export const zh: Texts = {
  checks,
  findings: { ...zhPath, ...zhCalls },
  healthy: (host) => `从这里访问 ${host} 一切正常：域名、端口、证书、调用和时钟都没有问题。`,
  healthyAsFar: (host, titles) => `${host} 的已做检查没有发现问题：${titles.join("、")}。`,
  unexplained: "存在无法归类的问题，请查看各项检查结果。",
  page: {
    findings: "检查结果",
    fine: (count) => `${count} 项检查没有错误或警告`,
    status: {
      ok: "正常",
      info: "说明",
      warning: "警告",
      error: "错误",
      skipped: "跳过",
      unknown: "未知",
    },
    waterfall: "首次调用的耗时分布",
    waterfallNote: "新连接上依次进行；连接建立之后只剩最后一段。",
    phases: { dnsMs: "DNS", tcpMs: "TCP", tlsMs: "TLS", firstByteMs: "首字节" },
    total: "合计",
    host: "域名",
    histogram: "调用耗时",
    histogramNote: (calls, limit) => `${calls} 次调用；后端自身的上限是 ${limit}。`,
    time: "时间",
    calls: "次数",
    data: "JSON 报告",
    copy: "复制",
    copied: "已复制",
  },
  seeForYourself: "自行验证",
  accepted: (reason) => `已接受：${reason}`,
  remedy: "处理办法",
  colon: "：",
  diff: {
    notMade: "未做",
    none: "没有差异。",
    some: (count) => `${count} 项检查不同。`,
  },
  verdict: { ok: "正常", warning: "可用，但需处理", error: "有问题", unknown: "无法检查" },
  lookedAt: (url, runtime, tookMs) => `从 ${runtime} 检查了 ${url}，用时 ${time(tookMs)}。`,
};
