// SPDX-License-Identifier: Apache-2.0
/**
 * Whether ACLs allow an operation, as Kafka's StandardAuthorizer decides: what denies wins, the wildcard and prefixes count like the
 * name itself, some operations imply others, and without an ACL the answer is no. Pure; compared with Kafka's own answer in a test.
 */
import type { Acl, AclOperation } from '@kaas/kafka-admin'

/** What is asked, by the physical name. */
export interface AccessCase {
  readonly principal: string
  readonly resource: Acl['resource']
  readonly name: string
  readonly operation: AclOperation
}

/** The answer, with the ACL that decided. */
export interface AccessDecision {
  readonly allowed: boolean
  /** Undefined when no ACL speaks of it. */
  readonly by: Acl | undefined
}

/** What each of these also allows (`AclEntry` of Apache Kafka). A denial implies nothing. */
const IMPLIED_BY: Partial<Readonly<Record<AclOperation, readonly AclOperation[]>>> = {
  describe: ['read', 'write', 'delete', 'alter'],
  describeConfigs: ['alterConfigs'],
}

/** Decides by `acls`. An ACL for one address only never allows here, because nobody knows where the user will come from. */
export function decideAccess(acls: readonly Acl[], asked: AccessCase): AccessDecision {
  const speaking = acls.filter((acl) => isAbout(acl, asked))
  const denying = speaking.find((acl) => acl.permission === 'deny' && isOperation(acl, [asked.operation]))
  if (denying !== undefined) return { allowed: false, by: denying }
  const enough = [asked.operation, ...(IMPLIED_BY[asked.operation] ?? [])]
  const allowing = speaking
    .filter((acl) => acl.permission === 'allow' && acl.host === '*' && isOperation(acl, enough))
    // The most exact reason is the one to show.
    .sort((a, b) => Number(b.operation === asked.operation) - Number(a.operation === asked.operation))[0]
  return { allowed: allowing !== undefined, by: allowing }
}

function isAbout(acl: Acl, { principal, resource, name }: AccessCase): boolean {
  if (acl.resource !== resource || (acl.principal !== principal && acl.principal !== 'User:*')) return false
  if (acl.pattern === 'prefixed') return name.startsWith(acl.name)
  return acl.name === name || acl.name === '*'
}

function isOperation(acl: Acl, operations: readonly AclOperation[]): boolean {
  return acl.operation === 'all' || operations.includes(acl.operation)
}
