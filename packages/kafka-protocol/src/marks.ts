// SPDX-License-Identifier: Apache-2.0
/**
 * What a text, id or byte string in a message stands for. A mark changes nothing on the wire. From marks the name visitor
 * (`names.ts`) is compiled, and by marks a closed-list test sees that no field that could carry a name was forgotten.
 */

/**
 * The kinds of names that `rewriteNames` hands out. `principal` is the whole text with its type, such as `User:orders.app`. The
 * two regex kinds are expressions that the broker evaluates over names. `errorText` is free text in which the broker quotes
 * names.
 */
export type NameKind =
  | 'topic'
  | 'group'
  | 'transactionalId'
  | 'user'
  | 'principal'
  | 'topicRegex'
  | 'transactionalIdRegex'
  | 'errorText'

/** A mark. Only `name` and `dependsOn` are visited by `rewriteNames`; the others document, and serve tests and tools. */
export type Mark =
  | { readonly kind: 'name'; readonly name: NameKind }
  /** A neighbour field of the same object decides; a value of it that is not in `kinds` means: not a tenant's name. */
  | { readonly kind: 'dependsOn'; readonly neighbour: string; readonly kinds: Readonly<Record<string | number, NameKind>> }
  /** Something outside the object decides, such as a field of the request: the caller must handle it. */
  | { readonly kind: 'decidedBy'; readonly what: string }
  /** Stands for a topic as a name does, so whoever guards names must guard it too (KIP-516). */
  | { readonly kind: 'topicId' }
  /** Where a broker is reached. */
  | { readonly kind: 'host' }
  | { readonly kind: 'brokerId' }
  | { readonly kind: 'producerId' }
