/**
 * Stand-in for the seam that emu-base makes; goes with the merge.
 *
 * @module
 */
import type { Commands } from "../../api/generated/commands.ts";
import type { Envelope } from "../../core/request.ts";
import type { World } from "../store/world.ts";
import { type Clock, type Command, command, type Service } from "./service.ts";

export type CommandId = keyof Commands;
export type BodyOf<Id extends CommandId> = Commands[Id]["request"];
export type AnswerOf<Id extends CommandId> =
  & Omit<Commands[Id]["response"], keyof Envelope>
  & Partial<
    Pick<Commands[Id]["response"], keyof Envelope & keyof Commands[Id]["response"]>
  >;
export type Handler<Id extends CommandId> = (
  world: World,
  body: BodyOf<Id>,
  caller: string,
  clock: Clock,
) => AnswerOf<Id> | void;
export type HandlersOf<Name extends string> = {
  [Id in CommandId as Id extends `${Name}/${infer Command}` ? Command : never]?: Handler<Id>;
};
export function service<Name extends string>(
  name: Name,
  codes: { badBody: number; unknownCommand: number },
  commands: HandlersOf<Name>,
): Service {
  const entries = Object.entries(commands).map((
    [key, run],
  ): [string, Command] => [key, command({}, run as never)]);
  return { name, ...codes, commands: Object.fromEntries(entries) };
}
