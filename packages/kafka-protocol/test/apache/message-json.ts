// SPDX-License-Identifier: Apache-2.0
/**
 * Messages as JSON, in the form that Kafka's own JSON converters read: bytes and uuids in base64, 64-bit integers as numbers,
 * only the fields that the version has. Unknown tagged fields have no such form.
 */
import type { FieldSpec, Fields, Shape } from '../../src/schema.ts'

type Message = Readonly<Record<string, unknown>>

/** Renders the fields that the version has. */
export function renderMessage(fields: Fields, version: number, message: Message): string {
  const parts = Object.entries(fields)
    .filter(([, { spec }]) => version >= spec.since && version <= spec.until)
    .map(([name, { spec }]) => `${JSON.stringify(name)}:${renderValue(spec.shape, version, message[name])}`)
  return `{${parts.join(',')}}`
}

function renderValue(shape: Shape, version: number, value: unknown): string {
  if (value === null) return 'null'
  switch (shape.kind) {
    case 'struct':
      return renderMessage(shape.fields, version, value as Message)
    case 'array':
      return `[${(value as unknown[]).map((element) => renderValue(shape.element, version, element)).join(',')}]`
    case 'primitive':
      if (shape.type === 'int64') return String(value)
      if (shape.type === 'uuid') return JSON.stringify(Buffer.from(value as string, 'hex').toString('base64url'))
      if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('base64'))
      return JSON.stringify(value)
  }
}

/** Reads what `renderMessage` wrote; a field that the version lacks has its fallback. */
export function parseMessage(fields: Fields, version: number, text: string): Message {
  const exact = text.replace(/(?<=[:[,])-?\d{16,}(?=[,\]}])/g, '"$&"')
  return messageFrom(fields, version, JSON.parse(exact) as Message)
}

function messageFrom(fields: Fields, version: number, json: Message): Message {
  const entries = Object.entries(fields).map(([name, { spec }]) => [name, fieldFrom(spec, version, json[name])] as const)
  return Object.fromEntries(entries)
}

function fieldFrom(spec: FieldSpec, version: number, json: unknown): unknown {
  return json === undefined ? spec.fallback : valueFrom(spec.shape, version, json)
}

function valueFrom(shape: Shape, version: number, json: unknown): unknown {
  if (json === null) return null
  switch (shape.kind) {
    case 'struct':
      return messageFrom(shape.fields, version, json as Message)
    case 'array':
      return (json as unknown[]).map((element) => valueFrom(shape.element, version, element))
    case 'primitive':
      if (shape.type === 'int64') return BigInt(json as number | string)
      if (shape.type === 'uuid') return Buffer.from(json as string, 'base64url').toString('hex')
      return shape.type === 'bytes' || shape.type === 'records' ? Buffer.from(json as string, 'base64') : json
  }
}
