/**
 * The words of the emulator's page.
 *
 * @module
 */

import { type PageLanguage, textsOf, type TextTable } from "../../../ui/language.ts";

/** One row a text: English, Chinese, Japanese, Korean. */
const TABLE = {
  title: ["Emulator", "模拟器", "エミュレーター", "에뮬레이터"],
  running: ["✓ Running", "✓ 运行中", "✓ 動作中", "✓ 실행 중"],
  lost: [
    "✗ No answer from the emulator",
    "✗ 模拟器无应答",
    "✗ 応答がありません",
    "✗ 응답이 없습니다",
  ],
  loading: ["Loading …", "加载中…", "読み込み中…", "불러오는 중…"],
  requests: ["Requests", "请求", "リクエスト", "요청"],
  noRequests: [
    "No requests yet. Send one, for instance:",
    "还没有请求。例如可以发送：",
    "まだリクエストがありません。例:",
    "아직 요청이 없습니다. 예:",
  ],
  noneMatch: [
    "No request matches.",
    "没有匹配的请求。",
    "一致するリクエストはありません。",
    "일치하는 요청이 없습니다.",
  ],
  filter: [
    "Command, account or RequestId",
    "命令、账号或 RequestId",
    "コマンド・アカウント・RequestId",
    "명령, 계정 또는 RequestId",
  ],
  pause: ["Pause", "暂停", "一時停止", "일시 정지"],
  resume: ["Go on", "继续", "再開", "계속"],
  clear: ["Clear", "清空", "消去", "지우기"],
  fresh: ["New requests", "新请求", "新しいリクエスト", "새 요청"],
  time: ["Time", "时间", "時刻", "시간"],
  command: ["Command", "命令", "コマンド", "명령"],
  outcome: ["Outcome", "结果", "結果", "결과"],
  app: ["App", "应用", "アプリ", "앱"],
  took: ["Took", "耗时", "所要時間", "소요"],
  body: ["Body", "请求体", "本文", "본문"],
  answer: ["Answer", "应答", "応答", "응답"],
  ok: ["✓ OK", "✓ 成功", "✓ 成功", "✓ 성공"],
  probe: [
    "The doctor looked whether an answer comes",
    "诊断工具在检查是否有应答",
    "診断が応答の有無を確認しました",
    "진단이 응답 여부를 확인했습니다",
  ],
  worlds: ["Worlds", "数据", "ワールド", "데이터"],
  accounts: ["Accounts", "账号", "アカウント", "계정"],
  groups: ["Groups", "群组", "グループ", "그룹"],
  rooms: ["Rooms", "房间", "ルーム", "룸"],
  members: ["Members", "成员", "メンバー", "멤버"],
  owner: ["Owner", "群主/房主", "オーナー", "소유자"],
  type: ["Type", "类型", "種類", "유형"],
  none: ["None.", "无。", "なし。", "없음."],
  more: [
    "The first 100 are shown.",
    "仅显示前 100 个。",
    "先頭の100件を表示。",
    "처음 100개만 표시합니다.",
  ],
  faults: ["Faults", "故障", "障害", "장애"],
  addFault: ["Add fault", "添加故障", "障害を追加", "장애 추가"],
  remove: ["Remove", "移除", "削除", "제거"],
  kind: ["Kind", "种类", "種類", "종류"],
  value: [
    "Value (ms, status or code)",
    "值（毫秒、状态码或错误码）",
    "値（ms・ステータス・コード）",
    "값 (ms, 상태 또는 코드)",
  ],
  anyCommand: ["all commands", "所有命令", "すべて", "모든 명령"],
  every: ["Every n-th", "每第 n 次", "n回ごと", "n번째마다"],
  acted: ["carried out all the same", "仍然执行", "実行はする", "그래도 실행"],
  struck: ["struck", "已触发", "発生", "발생"],
  noFaults: [
    "No faults: every call is answered.",
    "没有故障：所有调用都会应答。",
    "障害なし。すべて応答します。",
    "장애 없음: 모든 호출에 응답합니다.",
  ],
  reset: ["Reset and snapshots", "重置与快照", "リセットとスナップショット", "초기화와 스냅샷"],
  toSeed: ["Back to the seed", "恢复到种子", "シードに戻す", "시드로 되돌리기"],
  toEmpty: ["Empty everything", "全部清空", "すべて空にする", "모두 비우기"],
  take: ["Take a snapshot", "生成快照", "スナップショットを取る", "스냅샷 만들기"],
  back: ["Back to", "恢复到", "戻す:", "되돌리기:"],
  sure: [
    "Throw the present state away?",
    "放弃当前状态？",
    "現在の状態を破棄しますか？",
    "현재 상태를 버릴까요?",
  ],
  clock: ["Clock", "时钟", "時計", "시계"],
  freeze: ["Freeze", "冻结", "止める", "멈추기"],
  letGo: ["Let go", "恢复走时", "動かす", "다시 흐르기"],
  frozen: ["! frozen", "! 已冻结", "! 停止中", "! 멈춤"],
  hour: ["One hour on", "前进一小时", "1時間進める", "1시간 뒤로"],
  day: ["One day on", "前进一天", "1日進める", "하루 뒤로"],
  callbacks: ["Callbacks", "回调", "コールバック", "콜백"],
  noCallbacks: ["None sent.", "尚未发送。", "送信なし。", "보낸 것 없음."],
  coverage: ["Coverage", "覆盖范围", "対応範囲", "지원 범위"],
  failed: ["✗ Failed", "✗ 失败", "✗ 失敗", "✗ 실패"],
} satisfies TextTable;

/** The texts of one language, by name. */
export type PageTexts = Record<keyof typeof TABLE, string>;

/** The texts of a language. */
export function pageTexts(language: PageLanguage): PageTexts {
  return textsOf(TABLE, language);
}
