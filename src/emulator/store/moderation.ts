/**
 * The words that an app does not want to read, and the files that it banned.
 *
 * @module
 */

/** A word in a library of the cloud. Times in milliseconds since 1970. */
export interface CloudWord {
  id: string;
  word: string;
  label: string;
  createTime: number;
}

/** A word or pattern of the app's own filter. */
export interface LocalWord {
  id: number;
  keyword: string;
  /** 1 word, 2 regular expression. */
  wordType: 1 | 2;
  /** 1 replace, 2 block. */
  filterType: 1 | 2;
  replacedContent?: string;
  updateTime: number;
}

/** The one library that every app has. */
export const LIBRARY = "lib-1";

/** Word lists and banned files. */
export class Moderation {
  /** `openim_dirty_words`: each word with the time since when it is refused, in seconds since 1970. */
  readonly dirtyWords: Map<string, number> = new Map();
  /** The words of {@linkcode LIBRARY}, by word. */
  readonly cloudWords: Map<string, CloudWord> = new Map();
  /** The app's own filter, by kind and keyword. */
  readonly localWords: Map<string, LocalWord> = new Map();
  /** Addresses of files that nobody may load. */
  readonly bannedFiles: Set<string> = new Set();
  private _lastId = 0;

  /** A number for a new word. */
  newId(): number {
    return ++this._lastId;
  }

  /** The words of all lists that a text holds; `block` tells whether one of them forbids it. */
  hits(text: string): { words: string[]; block: boolean } {
    const lower = text.toLowerCase();
    const words: string[] = [];
    let block = false;
    for (const word of [...this.dirtyWords.keys(), ...this.cloudWords.keys()]) {
      if (!lower.includes(word.toLowerCase())) continue;
      words.push(word);
      block = true;
    }
    for (const { keyword, wordType, filterType } of this.localWords.values()) {
      if (wordType === 1 ? !lower.includes(keyword.toLowerCase()) : !matches(keyword, text)) {
        continue;
      }
      words.push(keyword);
      block ||= filterType === 2;
    }
    return { words, block };
  }

  /** The first dirty word that a text holds. */
  dirtyWord(text: string, nowSeconds: number): string | undefined {
    for (const [word, since] of this.dirtyWords) {
      if (nowSeconds >= since && text.includes(word)) return word;
    }
    return undefined;
  }
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return false;
  }
}
