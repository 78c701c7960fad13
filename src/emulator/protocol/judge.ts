/**
 * The order in which a request is judged; the first fault decides the answer.
 *
 * @module
 */

import type { RunningApp } from "../apps.ts";
import { quote, refuse } from "../refusal.ts";
import { type Clock, findCommand } from "../services/service.ts";
import { services } from "../services/services.ts";
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
  const { service, command } = findCommand(services, path.service, path.command);
  checkBody(command.rules, body, service.badBody);
  return command.run(app.world, body as never, caller, clock) ?? {};
}
