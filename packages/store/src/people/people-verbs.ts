// SPDX-License-Identifier: Apache-2.0
/**
 * The verbs about people, sessions and tokens. Times are the database's, so that control planes with clocks of their own agree on
 * what has expired.
 */
import type {
  ApiToken,
  DeviceAnswer,
  NewApiToken,
  NewSession,
  Person,
  PersonOutcome,
  PersonRecord,
  SessionRecord,
  SignInUnderWay,
  TokenKind,
} from './person.ts'

/** Part of StoreSession. */
export interface PeopleVerbs {
  /** Remembers what came with a sign-in. A name belongs to the account that had it first. */
  savePerson(person: Person): Promise<PersonOutcome>
  loadPerson(name: string): Promise<PersonRecord | undefined>
  /** By name, at most a thousand. */
  listPeople(): Promise<readonly PersonRecord[]>
  /** Forgets somebody with her sessions and personal tokens. False when there is nobody of that name. */
  removePerson(name: string): Promise<boolean>

  openSession(session: NewSession): Promise<SessionRecord>
  /** The session with this secret, unless it has expired or was idle longer; counts as its use. */
  resumeSession(secretHash: Buffer, idleMs: number): Promise<SessionRecord | undefined>
  /** An open session by its public id; does not count as its use. */
  loadSession(id: string, idleMs: number): Promise<SessionRecord | undefined>
  /** Open sessions, of one person or of all, the latest used first, at most a thousand. */
  listSessions(idleMs: number, person?: string): Promise<readonly SessionRecord[]>
  /** False when it is not open any more. */
  endSession(id: string): Promise<boolean>

  saveToken(token: NewApiToken): Promise<ApiToken>
  /** A valid token with the hash of its secret, to be compared in constant time. */
  loadToken(id: string): Promise<(ApiToken & { readonly secretHash: Buffer }) | undefined>
  /** Remembers the use, unless one of the last minute is. */
  touchToken(id: string, remoteAddress: string): Promise<void>
  /** Valid tokens, of one owner or of all, the newest first, at most a thousand. */
  listTokens(which: { readonly owner?: string; readonly kind?: TokenKind }): Promise<readonly ApiToken[]>
  /** False when it is not valid any more. */
  endToken(id: string): Promise<boolean>

  saveSignIn(signIn: SignInUnderWay, lifeMs: number): Promise<void>
  /** What was saved, once; undefined when it has expired or was taken. */
  takeSignIn(stateHash: Buffer): Promise<SignInUnderWay | undefined>

  saveDeviceSignIn(
    signIn: { readonly deviceHash: Buffer; readonly userCode: string; readonly remoteAddress: string },
    lifeMs: number,
  ): Promise<void>
  /** Says yes (with who) or no to a pending one. False when there is none with this code. */
  answerDeviceSignIn(
    userCode: string,
    by: { readonly person: string; readonly provider: string } | undefined,
  ): Promise<boolean>
  /** What became of it; anything but `pending` is told once. Undefined when it has expired or was told. */
  takeDeviceSignIn(deviceHash: Buffer): Promise<DeviceAnswer | undefined>

  /** Counts one more attempt for `key`. Returns how many there were in the window, and when it ends, in milliseconds. */
  countAttempt(key: string, windowMs: number): Promise<{ readonly count: number; readonly endsInMs: number }>
  /** Begins to count anew. */
  forgetAttempts(key: string): Promise<void>
  /** Deletes what has expired; sessions that were idle for too long go at their absolute end. */
  trimPeople(): Promise<void>
}
