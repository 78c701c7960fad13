/**
 * `tim completion`: the scripts that shells load. They know nothing; they ask `tim __complete`.
 *
 * @module
 */

import { nearest } from "../../api/nearest.ts";
import { readArguments } from "../arguments.ts";
import { EXIT } from "../exit_codes.ts";
import { type CliIo, UsageError } from "../io.ts";
import { completionManual } from "../manuals/completion.ts";

/**
 * Bash breaks words at `=` and `:` too, and puts in only what stands behind the break: the line is split
 * here at spaces alone, and that much is cut off what is offered.
 */
const BASH = `# tim completion for bash: source <(tim completion bash)
_tim() {
  local line=\${COMP_LINE:0:COMP_POINT} cur=\${COMP_WORDS[COMP_CWORD]} word about prefix
  local -a words
  read -ra words <<< "$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  word=\${words[\${#words[@]}-1]#[\\'\\"]}
  words[\${#words[@]}-1]=$word
  prefix=\${word%"\${word##*[=:]}"}
  [[ $COMP_WORDBREAKS == *=* ]] || prefix=
  COMPREPLY=()
  while IFS=$'\\t' read -r word about; do
    COMPREPLY+=("\${word#"$prefix"}")
    [[ $word == *[=./] || $word == *, ]] && compopt -o nospace 2>/dev/null
  done < <("\${COMP_WORDS[0]}" __complete "\${words[@]:1}" 2>/dev/null)
}
complete -o default -F _tim tim
`;

const ZSH = `#compdef tim
# tim completion for zsh: tim completion zsh > "\${fpath[1]}/_tim"
_tim() {
  local line word about
  local -a more whole shown_more shown_whole
  while IFS=$'\\t' read -r word about; do
    if [[ $word == *[=./] ]]; then
      more+=("$word"); shown_more+=("$word\${about:+  -- $about}")
    else
      whole+=("$word"); shown_whole+=("$word\${about:+  -- $about}")
    fi
  done < <("\${words[1]}" __complete "\${(@Q)\${(@)words[2,CURRENT]}#[\\'\\"]}" 2>/dev/null)
  (( \${#more} )) && compadd -S '' -l -d shown_more -a more
  (( \${#whole} )) && compadd -l -d shown_whole -a whole
  (( \${#more} + \${#whole} )) || _files
}
if [[ \${funcstack[1]} == _tim ]]; then _tim "$@"; else compdef _tim tim; fi
`;

const FISH = `# tim completion for fish: tim completion fish > ~/.config/fish/completions/tim.fish
function __tim_complete
    set -l words (commandline -opc) (commandline -ct | string replace -r '^["\\']' '')
    $words[1] __complete $words[2..-1] 2>/dev/null
end
complete -c tim -a '(__tim_complete)'
`;

const scripts: Record<string, string> = { bash: BASH, zsh: ZSH, fish: FISH };

/** Runs `tim completion`. */
export function runCompletionCommand(args: string[], io: CliIo): Promise<number> {
  const { values, positionals: [shell] } = readArguments(completionManual, args);
  const script = shell === undefined ? undefined : scripts[shell];
  if (script === undefined) {
    const near = shell && nearest(shell, Object.keys(scripts));
    throw new UsageError(
      `${shell === undefined ? "name a shell" : `"${shell}" is no shell that tim knows`}: ` +
        `bash, zsh or fish${near ? `; did you mean ${near}?` : ""}`,
    );
  }
  io.out(values.json ? JSON.stringify({ shell, script }, null, 2) + "\n" : script);
  return Promise.resolve(EXIT.done);
}
