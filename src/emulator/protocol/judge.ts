/**
 * The order in which a request is judged; the first fault decides the answer.
 *
 * @module
 */

import { quote, refuse } from "../refusal.ts";
import { registry } from "../services/services.ts";
import type { ReadyCall } from "../worlds/kept_world.ts";
import type { RunningApp } from "../worlds/running_app.ts";
import type { Worlds } from "../worlds/worlds.ts";
import { checkAccountTypes, parseBody } from "./body.ts";
import { checkBody } from "./check_body.ts";
import type { Frequency } from "./frequency.ts";
import { checkContentType, checkRandom, readApp, readIdentifier } from "./query.ts";
import { checkUserSig } from "./user_sig.ts";

/** The two words of a path `/v4/servicename/command`. */
export interface CommandPath {
  service: string;
  command: string;
}

/** A request as the emulator sees it, filled in as it is judged. */
export interface Asked {
  method: string;
  url: URL;
  path?: CommandPath;
  /** The body; nothing when it broke off. */
  text?: string;
  sdkAppId?: number;
  identifier?: string;
}

/** What a request is judged by. */
export interface Bench {
  worlds: Worlds;
  /** Counts calls; absent when they are not limited. */
  frequency?: Frequency;
  now: () => number;
}

/**
 * Judges one request.
 *
 * @returns The app that is called, the call, ready to be carried out, and whether there are nearly too many.
 * @throws {Refusal} The first fault.
 */
export async function judge(
  asked: Asked,
  { worlds, frequency, now }: Bench,
): Promise<{ app: RunningApp; call: ReadyCall; isOften: boolean }> {
  const { method, url, path } = asked;
  if (method !== "POST") refuse(60002, `The method is ${method}, wanted POST`);
  const { pathname, searchParams: query } = url;
  if (!path) {
    refuse(60009, `The path is ${quote(pathname)}, wanted /v4/servicename/command`);
  }
  const app = readApp(query, worlds);
  const caller = readIdentifier(query);
  const at = now();
  await checkUserSig(query, app, caller, at);
  if (!app.admins.has(caller)) {
    refuse(60010, `${quote(caller)} is no administrator of app ${app.sdkAppId}`);
  }
  checkRandom(query);
  checkContentType(query);
  const body = parseBody(asked.text);
  checkAccountTypes(body);
  const command = registry.find(path.service, path.command);
  if (!command.run) {
    refuse(
      60008,
      `${command.id} is documented, but this emulator does not have it: not emulated yet`,
    );
  }
  const isOften = frequency?.count(app.sdkAppId, command, at) ?? false;
  checkBody(command.id, body, command.badBody);
  return { app, call: { command, body, text: asked.text!, caller, at }, isOften };
}
