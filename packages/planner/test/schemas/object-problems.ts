// SPDX-License-Identifier: Apache-2.0
/**
 * Judges an object by the schema that the API server has for its kind, and refuses unknown fields as strict validation does.
 * CEL rules (`x-kubernetes-validations`) are not run here: only a real API server does.
 */
import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'

type Schema = Readonly<Record<string, unknown>>

const SCHEMAS: Readonly<Record<string, Schema>> = JSON.parse(readFileSync(new URL('schemas.json', import.meta.url), 'utf8'))
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false })
const validators = new Map<string, ValidateFunction>()

/** What is wrong with the object, each as path and sentence; a kind without schema is a problem too. */
export function objectProblems(object: { readonly apiVersion: string; readonly kind: string }): readonly string[] {
  const name = `${object.apiVersion} ${object.kind}`
  const schema = SCHEMAS[name]
  if (schema === undefined) return [`There is no schema of ${name}.`]
  const validate = validators.get(name) ?? ajv.compile(strict(schema) as Schema)
  validators.set(name, validate)
  return validate(object) ? [] : (validate.errors ?? []).map(problemOf)
}

function problemOf({ instancePath, message, params }: NonNullable<ValidateFunction['errors']>[number]): string {
  const extra = 'additionalProperty' in params ? ` (${params.additionalProperty})` : ''
  return `${instancePath}: ${message}${extra}`
}

/** Objects with named fields take no others, unless the schema says so. Inside anyOf, oneOf and allOf fields only refine. */
function strict(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(strict)
  if (typeof node !== 'object' || node === null) return node
  const schema = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, strictPart(key, value)]))
  const open = schema['x-kubernetes-preserve-unknown-fields'] === true || schema.additionalProperties !== undefined
  return schema.properties === undefined || open ? schema : { ...schema, additionalProperties: false }
}

function strictPart(key: string, value: unknown): unknown {
  if (key === 'properties') return fields(value)
  // Go's way to ignore case from here on.
  if (key === 'pattern') return String(value).replace(/\(\?i\)(.*)$/, '(?i:$1)')
  return REFINING.has(key) ? value : strict(value)
}

const REFINING = new Set(['anyOf', 'oneOf', 'allOf', 'not'])

function fields(value: unknown): unknown {
  return Object.fromEntries(Object.entries(value as Schema).map(([name, each]) => [name, strict(each)]))
}
