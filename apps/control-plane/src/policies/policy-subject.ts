// SPDX-License-Identifier: Apache-2.0
/** What policies look at: a document with the tenant it belongs to, and whether a policy is about it. Pure. */
import type { PolicySpec, Resource } from '@kaas/domain'
import { type RuleVariables, ruleValueOf } from './rule-language.ts'

/** What a policy sees of a document or of a stored resource. */
export interface PolicyDocument {
  readonly kind: Resource['kind']
  readonly metadata: {
    readonly name: string
    readonly tenant?: string
    readonly labels: Readonly<Record<string, string>>
    readonly annotations: Readonly<Record<string, string>>
  }
  readonly spec: unknown
}

/** A document with what is around it. */
export interface PolicySubject {
  readonly document: PolicyDocument
  readonly before?: PolicyDocument | undefined
  /** The tenant that the document is in. For a Tenant it is the document itself and left out. */
  readonly tenant?: PolicyDocument | undefined
}

/** Whether the policy is about the document. */
export function isAbout({ scope, appliesTo }: PolicySpec, subject: PolicySubject): boolean {
  const { kinds, environments, teams, labels } = appliesTo
  const { team, environment } = placeOf(subject)
  return (
    kinds.some((kind) => kind === subject.document.kind) &&
    (scope === 'platform' || scope.team === team) &&
    (environments.length === 0 || environments.some((each) => each === environment)) &&
    (teams.length === 0 || teams.includes(team)) &&
    Object.entries(labels).every(([name, value]) => subject.document.metadata.labels[name] === value)
  )
}

/** What rules can name of it. */
export function variablesOf(subject: PolicySubject): RuleVariables {
  const { document, before } = subject
  const tenant = tenantOf(subject)
  return {
    document: ruleValueOf(document),
    before: before === undefined ? null : ruleValueOf(before),
    tenant: tenant === undefined ? null : ruleValueOf(tenant),
    ...placeOf(subject),
  }
}

function tenantOf({ document, tenant }: PolicySubject): PolicyDocument | undefined {
  return document.kind === 'Tenant' ? document : tenant
}

function placeOf(subject: PolicySubject): { readonly team: string; readonly environment: string } {
  const { kind, metadata } = subject.document
  if (kind === 'Team') return { team: metadata.name, environment: '' }
  const { team = '', environment = '' } = (tenantOf(subject)?.spec ?? {}) as { team?: string; environment?: string }
  return { team, environment }
}
