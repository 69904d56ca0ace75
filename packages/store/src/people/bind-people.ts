// SPDX-License-Identifier: Apache-2.0
/** The verbs about people on one connection or transaction. */
import type { Connection } from '../database.ts'
import { countAttempt, forgetAttempts } from '../verbs/people/attempts.ts'
import { answerDeviceSignIn, saveDeviceSignIn, takeDeviceSignIn } from '../verbs/people/device-sign-ins.ts'
import { listPeople, loadPerson, removePerson } from '../verbs/people/load-person.ts'
import { savePerson } from '../verbs/people/save-person.ts'
import { endSession, listSessions, loadSession, openSession, resumeSession } from '../verbs/people/sessions.ts'
import { saveSignIn, takeSignIn } from '../verbs/people/sign-ins.ts'
import { endToken, listTokens, loadToken, saveToken, touchToken } from '../verbs/people/tokens.ts'
import { trimPeople } from '../verbs/people/trim-people.ts'
import type { PeopleVerbs } from './people-verbs.ts'

/** `translated` makes KaasErrors of the database's failures. */
export function bindPeople(db: Connection, translated: <T>(promise: Promise<T>) => Promise<T>): PeopleVerbs {
  return {
    savePerson: (person) => translated(savePerson(db, person)),
    loadPerson: (name) => translated(loadPerson(db, name)),
    listPeople: () => translated(listPeople(db)),
    removePerson: (name) => translated(removePerson(db, name)),
    openSession: (session) => translated(openSession(db, session)),
    resumeSession: (secretHash, idleMs) => translated(resumeSession(db, secretHash, idleMs)),
    loadSession: (id, idleMs) => translated(loadSession(db, id, idleMs)),
    listSessions: (idleMs, person) => translated(listSessions(db, idleMs, person)),
    endSession: (id) => translated(endSession(db, id)),
    saveToken: (token) => translated(saveToken(db, token)),
    loadToken: (id) => translated(loadToken(db, id)),
    touchToken: (id, remoteAddress) => translated(touchToken(db, id, remoteAddress)),
    listTokens: (which) => translated(listTokens(db, which)),
    endToken: (id) => translated(endToken(db, id)),
    saveSignIn: (signIn, lifeMs) => translated(saveSignIn(db, signIn, lifeMs)),
    takeSignIn: (stateHash) => translated(takeSignIn(db, stateHash)),
    saveDeviceSignIn: (signIn, lifeMs) => translated(saveDeviceSignIn(db, signIn, lifeMs)),
    answerDeviceSignIn: (userCode, by) => translated(answerDeviceSignIn(db, userCode, by)),
    takeDeviceSignIn: (deviceHash) => translated(takeDeviceSignIn(db, deviceHash)),
    countAttempt: (key, windowMs) => translated(countAttempt(db, key, windowMs)),
    forgetAttempts: (key) => translated(forgetAttempts(db, key)),
    trimPeople: () => translated(trimPeople(db)),
  }
}
