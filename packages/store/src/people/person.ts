// SPDX-License-Identifier: Apache-2.0
/** People, their sessions and tokens as the store's users see them. No secret is in any of these; hashes come as arguments. */
import type { RightScope } from '@kaas/domain'

/** What an identity provider said about somebody, the last time she signed in. */
export interface Person {
  /** Unique; what bindings and audit know. */
  readonly name: string
  readonly provider: string
  /** What the provider promises never to give to anybody else. */
  readonly subject: string
  readonly displayName: string
  readonly email?: string
  readonly groups: readonly string[]
  readonly claims: Readonly<Record<string, unknown>>
}

/** A stored person. */
export interface PersonRecord extends Person {
  readonly lastSignInAt: Date
}

/**
 * How saving a person ended. `renamed`: the same account had the other name before; that one is gone with its sessions and personal
 * tokens. `taken`: another account has the name; nothing was changed.
 */
export type PersonOutcome =
  | { readonly kind: 'saved' }
  | { readonly kind: 'renamed'; readonly from: string }
  | { readonly kind: 'taken'; readonly by: { readonly provider: string; readonly subject: string } }

/** A session that begins. */
export interface NewSession {
  readonly secretHash: Buffer
  /** Name of the person, whom the store knows, or of the bootstrap administrator, whom it does not. */
  readonly person: string
  readonly provider: string
  readonly lifeMs: number
  readonly remoteAddress: string
  readonly userAgent: string
}

/** An open session. */
export interface SessionRecord extends Omit<NewSession, 'secretHash' | 'lifeMs'> {
  readonly id: string
  readonly startedAt: Date
  /** To the minute. */
  readonly lastSeenAt: Date
  readonly expiresAt: Date
}

/** A personal token acts as its owner, a machine's for itself. */
export type TokenKind = 'personal' | 'machine'

/** A token that is made. */
export interface NewApiToken {
  readonly id: string
  readonly secretHash: Buffer
  readonly name: string
  readonly kind: TokenKind
  readonly owner: string
  /** Identity provider of the owner, `bootstrap` for the bootstrap administrator. */
  readonly ownerProvider: string
  readonly role: string
  readonly scope: RightScope
  readonly lifeMs: number
}

/** A token that is valid. */
export interface ApiToken extends Omit<NewApiToken, 'secretHash' | 'lifeMs'> {
  readonly createdAt: Date
  readonly expiresAt: Date
  /** To the minute. */
  readonly lastUsedAt?: Date
  readonly lastUsedFrom?: string
}

/** A sign-in at an identity provider under way: what the way back is checked against. */
export interface SignInUnderWay {
  readonly stateHash: Buffer
  /** Of the cookie of the browser that began it. */
  readonly browserHash: Buffer
  readonly provider: string
  readonly nonce: string
  /** Of PKCE. */
  readonly verifier: string
  readonly returnTo: string
}

/** What became of a sign-in of the command line. */
export type DeviceAnswer =
  | { readonly kind: 'pending' }
  | { readonly kind: 'denied' }
  | { readonly kind: 'approved'; readonly person: string; readonly provider: string; readonly remoteAddress: string }
