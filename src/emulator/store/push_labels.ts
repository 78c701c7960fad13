/**
 * Tags and attributes of users, by which pushes find them.
 *
 * @module
 */

/** Labels by account. Attributes are kept by number, so that their names can change. */
export class PushLabels {
  /** The names of the attributes by number, "0" to "9". */
  readonly attributeNames = new Map<string, string>();
  /** What kind of account an attribute is for: 0 a user, 1 a device's registration. */
  readonly attributeTypes = new Map<string, 0 | 1>();
  private readonly _attributes = new Map<string, Map<string, string>>();
  private readonly _tags = new Map<string, Set<string>>();
  /** How many accounts have each tag. */
  private readonly _tagCounts = new Map<string, number>();

  /** The number of the attribute with a name. */
  attributeNumber(name: string): string | undefined {
    for (const [number, other] of this.attributeNames) if (other === name) return number;
    return undefined;
  }

  /** An account's attributes by number; nothing can be changed in them. */
  attributesOf(account: string): ReadonlyMap<string, string> {
    return this._attributes.get(account) ?? new Map();
  }

  setAttribute(account: string, number: string, value: string): void {
    let own = this._attributes.get(account);
    if (!own) this._attributes.set(account, own = new Map());
    own.set(number, value);
  }

  deleteAttribute(account: string, number: string): void {
    this._attributes.get(account)?.delete(number);
  }

  /** An account's tags; nothing can be changed in them. */
  tagsOf(account: string): ReadonlySet<string> {
    return this._tags.get(account) ?? new Set();
  }

  /** How many different tags there would be with some more. */
  tagCountWith(more: readonly string[]): number {
    return this._tagCounts.size + new Set(more.filter((tag) => !this._tagCounts.has(tag))).size;
  }

  addTag(account: string, tag: string): void {
    let own = this._tags.get(account);
    if (!own) this._tags.set(account, own = new Set());
    if (own.has(tag)) return;
    own.add(tag);
    this._tagCounts.set(tag, (this._tagCounts.get(tag) ?? 0) + 1);
  }

  removeTag(account: string, tag: string): void {
    if (!this._tags.get(account)?.delete(tag)) return;
    const left = this._tagCounts.get(tag)! - 1;
    if (left > 0) this._tagCounts.set(tag, left);
    else this._tagCounts.delete(tag);
  }

  /** Takes away all that an account has. */
  forget(account: string): void {
    for (const tag of [...this.tagsOf(account)]) this.removeTag(account, tag);
    this._tags.delete(account);
    this._attributes.delete(account);
  }
}
