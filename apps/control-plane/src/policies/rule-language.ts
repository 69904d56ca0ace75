// SPDX-License-Identifier: Apache-2.0
/** The language of policies: CEL with the variables and functions that rules have. Expressions are bounded in size when they are read. */

import { parseDuration, parseRate, parseSize } from '@kaas/domain'
import { Environment } from '@marcbachmann/cel-js'

/** What a rule can name. Numbers without a fraction are `int`, as people write them in rules. */
export interface RuleVariables {
  readonly document: unknown
  /** The stored document; null for a new one. */
  readonly before: unknown
  /** The tenant that the document is or is in; null for what is in none. */
  readonly tenant: unknown
  /** Owner of the tenant, or the team itself; empty without. */
  readonly team: string
  /** Of the tenant; empty without. */
  readonly environment: string
}

/** A rule that was read: true for what is allowed. Throws what CEL throws when it cannot be decided. */
export type CompiledRule = (variables: RuleVariables) => boolean

const LIMITS = { maxAstNodes: 500, maxDepth: 40, maxListElements: 200, maxMapEntries: 100, maxCallArguments: 8 }
const MOST_KEPT = 1000

const language = new Environment({ limits: LIMITS, enableOptionalTypes: true, homogeneousAggregateLiterals: false })
  .registerVariable('document', 'dyn', { description: 'The document: kind, metadata and spec, with defaults filled in' })
  .registerVariable('before', 'dyn', { description: 'The document as it is stored; null for a new one' })
  .registerVariable('tenant', 'dyn', { description: 'The tenant: metadata and spec; null for what is in none' })
  .registerVariable('team', 'string', { description: 'The team that owns the tenant' })
  .registerVariable('environment', 'string', { description: 'development, staging or production' })
  .registerFunction('inMs(string): int', (text: string) => BigInt(Math.round(parseDuration(text))))
  .registerFunction('inBytes(string): int', (text: string) => BigInt(Math.round(bytesOf(text))))

// Texts of administrators; the same ones come with every write.
const compiled = new Map<string, CompiledRule>()

/** Reads an expression. Throws an Error whose message says what is wrong and where. */
export function compileRule(expression: string): CompiledRule {
  const known = compiled.get(expression)
  if (known !== undefined) return known
  const parsed = language.parse(expression)
  const { valid, type, error } = parsed.check()
  if (!valid) throw error ?? new Error('It cannot be read.')
  if (type !== 'bool' && type !== 'dyn') throw new Error(`It gives a ${type}; a rule must be true or false.`)
  const rule: CompiledRule = (variables) => {
    const value: unknown = parsed({ ...variables })
    if (typeof value === 'boolean') return value
    throw new Error(`It gives ${value === null ? 'null' : `a ${typeof value}`}; a rule must be true or false.`)
  }
  if (compiled.size >= MOST_KEPT) compiled.clear()
  compiled.set(expression, rule)
  return rule
}

/** What went wrong, in one line: what CEL says without the picture of the place, and the column. */
export function ruleProblemOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  const [first = ''] = thrown.message.split('\n')
  const start = (thrown as { readonly range?: { readonly start: number } }).range?.start
  return start === undefined ? first : `${first} (at character ${start + 1})`
}

/** A value of JSON for rules: whole numbers become `int`, and what is undefined vanishes. */
export function ruleValueOf(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (Array.isArray(value)) return value.map(ruleValueOf)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) => (part === undefined ? [] : [[name, ruleValueOf(part)]])),
  )
}

/** Bytes of `5GiB`, or bytes a second of `5MB/s`. */
function bytesOf(text: string): number {
  return text.includes('/') ? parseRate(text) : parseSize(text)
}
