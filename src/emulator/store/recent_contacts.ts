/**
 * The conversations of the accounts of an app, with their groups and marks.
 *
 * @module
 */

/**
 * A conversation of one account. Times in seconds since 1970.
 *
 * Those with groups follow from the account's memberships; they are kept here only while they are pinned.
 */
export interface Contact {
  readonly type: ContactType;
  /** The peer, or the group's id. */
  readonly id: string;
  /** When it last moved up. */
  time: number;
  /** When it was pinned; 0 when it is not. */
  topTime: number;
  /** Whether nothing was said in it. */
  empty: boolean;
}

/** 1 one-to-one, 2 group. */
export type ContactType = 1 | 2;

/** What an account attached to a conversation. */
export interface ContactLabels {
  readonly type: ContactType;
  readonly id: string;
  /** Numbers of the standard marks that are set, from 1. */
  marks: Set<number>;
  customMark: string;
  /** Numbers of its conversation groups. */
  groups: Set<number>;
  /** When that last changed, in seconds since 1970. */
  time: number;
}

/** What one account has. */
export interface AccountContacts {
  contacts: Map<string, Contact>;
  labels: Map<string, ContactLabels>;
  /** Of each group whose conversation was deleted the newest message then: a newer one brings it back. */
  deletedGroups: Map<string, number>;
  /** The numbers of the conversation groups, by name. */
  groups: Map<string, number>;
  lastGroup: number;
}

/** Conversations by account. */
export class RecentContacts {
  private readonly _accounts = new Map<string, AccountContacts>();

  /** All that an account has. */
  of(account: string): AccountContacts {
    let own = this._accounts.get(account);
    if (!own) {
      own = {
        contacts: new Map(),
        labels: new Map(),
        deletedGroups: new Map(),
        groups: new Map(),
        lastGroup: 0,
      };
      this._accounts.set(account, own);
    }
    return own;
  }

  /** Notes that something was said in a conversation. */
  touch(account: string, type: ContactType, id: string, time: number): void {
    const contact = this.open(account, type, id);
    contact.time = Math.max(contact.time, time);
    contact.empty = false;
  }

  /** The conversation; an empty one is begun where there is none. */
  open(account: string, type: ContactType, id: string): Contact {
    const { contacts } = this.of(account);
    const key = contactKey(type, id);
    let contact = contacts.get(key);
    if (!contact) contacts.set(key, contact = { type, id, time: 0, topTime: 0, empty: true });
    return contact;
  }

  /** Takes the conversation with a group away, pinned or deleted; its groups and marks stay. */
  leave(account: string, groupId: string): void {
    const own = this._accounts.get(account);
    own?.contacts.delete(contactKey(2, groupId));
    own?.deletedGroups.delete(groupId);
  }

  /** Takes away all that an account has. */
  forget(account: string): void {
    this._accounts.delete(account);
  }
}

/** What a conversation is filed under. */
export function contactKey(type: ContactType, id: string): string {
  return `${type}:${id}`;
}
