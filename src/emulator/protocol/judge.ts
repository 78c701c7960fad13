/**
 * The order in which a request is judged; the first fault decides the answer.
 *
 * @module
 */

import type { RunningApp } from "../apps.ts";
import { quote, refuse } from "../refusal.ts";
import { sendDuePushes } from "../services/push_schedules.ts";
import type { Clock } from "../services/service.ts";
import { registry } from "../services/services.ts";
import { checkAccountTypes, readBody } from "./body.ts";
import { checkBody } from "./check_body.ts";
import { checkContentType, checkRandom, readApp, readIdentifier } from "./query.ts";
import { checkUserSig } from "./user_sig.ts";

/** The two words of a path `/v4/servicename/command`. */
export interface CommandPath {
  service: string;
  command: string;
}

/**
 * Carries one request out.
 *
 * @returns What the command adds to the envelope.
 * @throws {Refusal} The first fault.
 */
export async function judge(
  request: Request,
  path: CommandPath | undefined,
  apps: ReadonlyMap<number, RunningApp>,
  clock: Clock,
): Promise<object> {
  if (request.method !== "POST") refuse(60002, `The method is ${request.method}, wanted POST`);
  const { pathname, searchParams: query } = new URL(request.url);
  if (!path) {
    refuse(60009, `The path is ${quote(pathname)}, wanted /v4/servicename/command`);
  }
  const app = readApp(query, apps);
  const caller = readIdentifier(query);
  await checkUserSig(query, app, caller, clock());
  if (!app.admins.has(caller)) {
    refuse(60010, `${quote(caller)} is no administrator of app ${app.sdkAppId}`);
  }
  checkRandom(query);
  checkContentType(query);
  const body = await readBody(request);
  checkAccountTypes(body);
  const command = registry.find(path.service, path.command);
  if (!command.run) {
    refuse(
      60008,
      `${command.id} is documented, but this emulator does not have it: not emulated yet`,
    );
  }
  checkBody(command.id, body, command.badBody);
  sendDuePushes(app.world, clock() / 1000);
  return command.run(app.world, body as never, caller, clock) ?? {};
}
