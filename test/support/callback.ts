import { webhookSign } from "../../src/api/webhooks/mod.ts";

export const SDK_APP_ID = 1400000001;
export const TOKEN = "tim-edge-token";
/** Unix seconds. */
export const NOW = 1_795_000_000;

/** A callback that may break any rule; what is left out is as it should be, `null` is not sent. */
export interface Callback {
  method?: string;
  query?: Record<string, string | null>;
  /** An object is sent as JSON. */
  body?: BodyInit | Record<string, unknown>;
  headers?: Record<string, string>;
}

/** What Chat would send, signed. */
export async function callbackOf(
  command: string,
  { method = "POST", query = {}, body = { CallbackCommand: command }, headers }: Callback = {},
): Promise<Request> {
  const url = new URL("https://app.example/callback");
  const RequestTime = query.RequestTime ?? String(NOW);
  const whole = {
    SdkAppid: String(SDK_APP_ID),
    CallbackCommand: command,
    contenttype: "json",
    ClientIP: "203.0.113.9",
    OptPlatform: "Web",
    Sign: await webhookSign(TOKEN, RequestTime),
    RequestTime,
    ...query,
  };
  for (const [name, value] of Object.entries(whole)) {
    if (value !== null) url.searchParams.set(name, value);
  }
  const isPlain = Object.getPrototypeOf(body) === Object.prototype;
  const init: RequestInit & { duplex: "half" } = { method, headers, duplex: "half" };
  if (method !== "GET") init.body = isPlain ? JSON.stringify(body) : body as BodyInit;
  return new Request(url, init);
}
