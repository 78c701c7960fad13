/**
 * The manual of `tim completion`.
 *
 * @module
 */

import { manual } from "../manual.ts";

/** `tim completion`. */
export const completionManual = manual({
  name: "completion",
  summary: "a script that lets a shell complete tim's words",
  usage: ["bash | zsh | fish"],
  about:
    "It completes subcommands, options, the API's commands and their fields, error codes and " +
    "regions. The script asks tim itself, so it stays right when tim is updated.",
  operands: true,
  options: {},
  notes: `Put it where the shell finds it:
  bash  echo 'source <(tim completion bash)' >> ~/.bashrc
  zsh   tim completion zsh > "\${fpath[1]}/_tim"        (compinit must be on)
  fish  tim completion fish > ~/.config/fish/completions/tim.fish`,
  examples: ["tim completion bash", "tim completion zsh", "tim completion fish"],
  exitCodes: { 0: "printed", 2: "used wrongly" },
});
