// SPDX-License-Identifier: Apache-2.0
/**
 * Turns a definition and an environment into a frozen object, or into one error that names every problem at once. Pure: the
 * environment is an argument, and no file is read. A value never appears in a message, only its shape: it may be a secret.
 */
import { type FieldProblem, KaasError } from '@kaas/errors'
import type { z } from 'zod'
import { type ConfigOf, type Definition, propertyOf, type Variable } from './define-config.ts'

/** The environment as Node has it in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

type Outcome = { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'problem'; readonly message: string }

/**
 * The configuration of an app. A variable that is unset or empty takes its default. Throws `config-invalid` with one field
 * problem per variable that is missing or cannot be read; call it once in `main.ts`, before anything is opened.
 */
export function loadConfig<D extends Definition>(definition: D, environment: Environment): ConfigOf<D> {
  const config: Record<string, unknown> = {}
  const problems: FieldProblem[] = []
  for (const [name, variable] of Object.entries(definition)) {
    const outcome = readVariable(variable, environment[name])
    if (outcome.kind === 'value') config[propertyOf(name)] = deepFreeze(outcome.value)
    else problems.push({ path: name, message: outcome.message })
  }
  if (problems.length > 0) throw configError(problems)
  return Object.freeze(config) as ConfigOf<D>
}

function readVariable(variable: Variable, given: string | undefined): Outcome {
  const raw = given === undefined || given.trim() === '' ? variable.default : given
  if (raw === undefined && !mayStayUnset(variable.schema)) {
    return { kind: 'problem', message: `is not set. ${exampleOf(variable)}` }
  }
  const parsed = parseSafely(variable.schema, raw)
  if (parsed.kind === 'value') return parsed
  return { kind: 'problem', message: `is ${shapeOf(raw)}: ${parsed.message}. ${exampleOf(variable)}` }
}

/** Asking the schema to parse `undefined` is not enough: a coercing schema would make the text "undefined" of it. */
function mayStayUnset(schema: z.ZodType): boolean {
  return schema._zod.optin === 'optional'
}

function parseSafely(schema: z.ZodType, raw: string | undefined): Outcome {
  try {
    const result = schema.safeParse(raw)
    if (result.success) return { kind: 'value', value: result.data }
    return { kind: 'problem', message: result.error.issues.map((issue) => withoutFullStop(issue.message)).join('; ') }
  } catch (thrown) {
    // A transform may throw (parseDuration does). Its message quotes the value, so only the way out is shown.
    const help = thrown instanceof KaasError ? thrown.help : undefined
    return { kind: 'problem', message: withoutFullStop(help ?? 'It cannot be read') }
  }
}

function withoutFullStop(text: string): string {
  return text.replace(/\.$/, '')
}

/** What a value looks like, without showing it. */
function shapeOf(raw: string | undefined): string {
  if (raw === undefined) return 'not set'
  if (/^-?\d+$/.test(raw)) return 'a whole number'
  if (/^-?\d+\.\d+$/.test(raw)) return 'a number with decimals'
  return raw.length === 1 ? 'a text of 1 character' : `a text of ${raw.length} characters`
}

function exampleOf(variable: Variable): string {
  return `Example: ${variable.example}`
}

function deepFreeze(value: unknown): unknown {
  const isPlain = Array.isArray(value) || (typeof value === 'object' && value !== null && isPlainObject(value))
  if (!isPlain) return value
  for (const part of Object.values(value as object)) deepFreeze(part)
  return Object.freeze(value)
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function configError(problems: readonly FieldProblem[]): KaasError {
  const count = problems.length === 1 ? 'One variable is' : `${problems.length} variables are`
  const list = problems.map((problem) => `${problem.path} ${problem.message}`).join('\n  ')
  return new KaasError('config-invalid', {
    message: `${count} not usable:\n  ${list}`,
    help: 'Set or correct the variables above, then start again.',
    fields: problems,
  })
}
