// SPDX-License-Identifier: Apache-2.0
/** Records of the audit log as sentences: what was done to what. */
import type { AuditEventAnswer } from '@kaas/http-contract'

const VERBS: Readonly<Record<string, string>> = {
  delete: 'deleted',
  'rotate-credentials': 'made a new password for',
  'replace-credentials': 'replaced the passwords of',
  'end-credential': 'ended a password of',
  'read-connection': 'read how to connect as',
  'test-connection': 'tested the connection of',
  'browse-messages': 'looked at records of',
  'browse-messages-ended': 'ended a look at records of',
  'read-message': 'read a record of',
  'export-messages': 'took records as a file from',
  'export-messages-ended': 'ended taking records from',
  'produce-messages': 'wrote records to',
  'delete-group': 'deleted',
  'reset-offsets': 'moved the offsets of',
  purge: 'gave up the kept data of',
}

const KINDS: Readonly<Record<string, string>> = {
  topics: 'the topic',
  users: 'the user',
  groups: 'the group',
  shares: 'the share',
}

/** `changed the topic payments`: what comes after the name of who did it. Denied attempts are wishes. */
export function sentenceOf({ subject, data }: Pick<AuditEventAnswer, 'subject' | 'data'>, tenant: string): string {
  const words = data.action === 'put' ? (data.before === undefined ? 'made' : 'changed') : VERBS[data.action]
  const what = wordsFor(subject, tenant)
  if (data.outcome === 'denied') return `tried ${data.action} on ${what}`
  return words === undefined ? `${data.action}: ${what}` : `${words} ${what}`
}

function wordsFor(subject: string, tenant: string): string {
  const [, , , , kind = '', name = ''] = subject.split('/')
  if (kind === '') return subject === `/v1/tenants/${encodeURIComponent(tenant)}` ? 'the tenant' : subject
  return `${KINDS[kind] ?? kind} ${safelyDecoded(name)}`.trim()
}

/** The path of a denied attempt is what somebody typed: perhaps no escape at all. */
function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
