// SPDX-License-Identifier: Apache-2.0
/**
 * One document, checked completely: kind, shape, names. The command line checks with it before it sends, the API before it
 * stores; all problems come at once, each with its path.
 */
import { type FieldProblem, KaasError } from '@kaas/errors'
import type { z } from 'zod'
import { parseLabel, parseShareName, parseTopicName, parseUserName } from '../names.ts'
import { API_VERSION } from './envelope.ts'
import { KIND_NAMES, RESOURCE_KINDS, type Resource, type ResourceKind, type ResourceOf } from './kinds.ts'

/**
 * The document with defaults filled in. Throws `document-invalid` with one field problem per fault; when only the name is
 * wrong, `name-invalid`. Takes anything: what is not an object is refused as well.
 */
export function parseDocument(value: unknown): Resource {
  const kind = kindIn(value)
  const parsed = RESOURCE_KINDS[kind].schema.safeParse(value)
  if (!parsed.success) throw documentError(kind, parsed.error.issues.flatMap(fieldProblemsOf))
  checkNames(parsed.data)
  return parsed.data
}

/** Throws `name-invalid` or `document-invalid` unless name and tenant of the document follow the rules of its kind. */
export function checkNames(resource: Resource): void {
  const { kind, metadata } = resource
  const { scope } = RESOURCE_KINDS[kind]
  if (scope === 'platform' && metadata.tenant !== undefined) {
    throw documentError(kind, [{ path: 'metadata.tenant', message: `A ${kind} belongs to no tenant; leave the field out.` }])
  }
  if (scope === 'tenant' && metadata.tenant === undefined) {
    throw documentError(kind, [{ path: 'metadata.tenant', message: `A ${kind} needs the name of its tenant.` }])
  }
  const tenant = metadata.tenant === undefined ? undefined : parseLabel(metadata.tenant, 'a tenant')
  switch (resource.kind) {
    case 'Topic':
      parseTopicName(metadata.name, tenant ?? '')
      return
    case 'User':
      parseUserName(metadata.name)
      return
    case 'TopicShare':
      checkShare(resource, tenant ?? '')
      return
    case 'KafkaCluster':
    case 'Policy':
    case 'Role':
    case 'RoleBinding':
    case 'Team':
    case 'Tenant':
      parseLabel(metadata.name, WHAT[resource.kind])
  }
}

/** Names inside of a share follow the rules of what they name, too. */
function checkShare({ kind, metadata, spec }: ResourceOf<'TopicShare'>, tenant: string): void {
  parseShareName(metadata.name)
  parseTopicName(spec.topic, tenant)
  parseTopicName(spec.as, parseLabel(spec.with, 'a tenant'))
  if (spec.with === tenant && spec.as === spec.topic) {
    throw documentError(kind, [{ path: 'spec.as', message: 'An alias needs another name than the topic.' }])
  }
}

const WHAT = {
  KafkaCluster: 'a cluster',
  Policy: 'a policy',
  Role: 'a role',
  RoleBinding: 'a binding',
  Team: 'a team',
  Tenant: 'a tenant',
} as const

function kindIn(value: unknown): ResourceKind {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new KaasError('document-invalid', {
      message: 'A document must be an object with apiVersion, kind, metadata and spec.',
      help: `Begin it with "apiVersion: ${API_VERSION}".`,
    })
  }
  const kind = 'kind' in value ? value.kind : undefined
  const known = KIND_NAMES.find((each) => each === kind)
  if (known !== undefined) return known
  throw new KaasError('document-invalid', {
    message: kind === undefined ? 'The document has no kind.' : `There is no kind ${JSON.stringify(kind)}.`,
    help: `Use one of ${KIND_NAMES.join(', ')}.`,
    fields: [{ path: 'kind', message: `Must be one of ${KIND_NAMES.join(', ')}.` }],
  })
}

/** What a schema found, as paths and sentences for the person who wrote the value; unknown fields are named one by one. */
export function fieldProblemsOf(issue: z.core.$ZodIssue): readonly FieldProblem[] {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'There is no such field here.' }))
  }
  return [{ path: path.join('.'), message: sentenceOf(issue) }]
}

/** What is wrong with a value, said to the person who wrote it. Custom checks bring their own sentence. */
function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && /received undefined$/.test(issue.message)) return 'Is missing.'
  if (issue.code === 'invalid_type') return `Must be ${TYPE_WORDS[issue.expected] ?? issue.expected}.`
  if (issue.code === 'invalid_value') return `Must be ${oneOf(issue.values.map(String))}.`
  if (issue.code === 'too_small' && issue.origin === 'string') return 'Must not be empty.'
  if (issue.code === 'too_small' && issue.origin === 'number') {
    return `Must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}.`
  }
  if (issue.code === 'too_big' && issue.origin === 'number') return `Must be at most ${issue.maximum}.`
  return issue.message
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object with named fields',
  record: 'an object with named fields',
}

function oneOf(values: readonly string[]): string {
  return values.length === 1 ? `${values[0]}` : `one of ${values.join(', ')}`
}

function documentError(kind: ResourceKind, fields: readonly FieldProblem[]): KaasError {
  const count = fields.length === 1 ? 'a problem' : `${fields.length} problems`
  return new KaasError('document-invalid', {
    message: withProblems(`The ${kind} has ${count}.`, fields),
    help: 'Correct the named fields and send the document again.',
    fields,
  })
}

/** The sentence with its problem behind it, or with one problem on each line below. */
export function withProblems(sentence: string, fields: readonly FieldProblem[]): string {
  const lines = fields.map(({ path, message }) => `${path === '' ? 'document' : path}: ${message}`)
  return lines.length === 1 ? `${sentence} ${lines[0]}` : [sentence, ...lines.map((line) => `  ${line}`)].join('\n')
}
