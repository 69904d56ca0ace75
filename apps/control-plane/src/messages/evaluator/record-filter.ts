// SPDX-License-Identifier: Apache-2.0
/** Filters in CEL over one record. What they may cost is bounded from outside: `evaluator-process.ts` ends who takes too long. */
import { Environment } from '@marcbachmann/cel-js'

/** The names that a filter may use. */
export interface FilterContext {
  /** As decoded: maps, lists, numbers, text; null when absent. */
  readonly key: unknown
  readonly value: unknown
  /** As text. */
  readonly keyText: string
  readonly valueText: string
  readonly headers: Readonly<Record<string, string>>
  readonly partition: bigint
  readonly offset: bigint
  readonly timestamp: Date
  /** Of key, value and headers together. */
  readonly sizeBytes: bigint
}

/** A compiled filter. */
export interface RecordFilter {
  /** Whether the record is wanted. Throws an Error when the expression cannot be evaluated for it, as for a field that it lacks. */
  matches(context: FilterContext): boolean
  /** Whether the text names `name` at all: what is not named need not be decoded. */
  uses(name: keyof FilterContext): boolean
}

const LIMITS = { maxAstNodes: 2000, maxDepth: 60, maxListElements: 500, maxMapEntries: 100, maxCallArguments: 16 }

const VARIABLES = {
  key: 'dyn',
  value: 'dyn',
  keyText: 'string',
  valueText: 'string',
  headers: 'map<string, string>',
  partition: 'int',
  offset: 'int',
  timestamp: 'google.protobuf.Timestamp',
  sizeBytes: 'int',
} as const

/** Throws an Error that says what is wrong with the expression. */
export function recordFilter(expression: string): RecordFilter {
  const environment = new Environment({ limits: LIMITS, homogeneousAggregateLiterals: false })
  for (const [name, type] of Object.entries(VARIABLES)) environment.registerVariable(name, type)
  const checked = environment.check(expression)
  if (!checked.valid) throw new Error(firstLine(checked.error?.message ?? 'it cannot be read'))
  if (checked.type !== 'bool' && checked.type !== 'dyn') throw new Error(`it gives ${checked.type} and not true or false`)
  const evaluate = environment.parse(expression)
  const used = new Set(Object.keys(VARIABLES).filter((name) => new RegExp(`\\b${name}\\b`).test(expression)))
  return {
    uses: (name) => used.has(name),
    matches: (context) => {
      const wanted: unknown = evaluate(context as unknown as Record<string, unknown>)
      if (typeof wanted !== 'boolean') throw new Error('it gives neither true nor false')
      return wanted
    },
  }
}

/** The first line of a failure; the rest points into the expression with markers. */
export function firstLine(message: string): string {
  return message.split('\n')[0]?.trim().slice(0, 300) ?? ''
}
