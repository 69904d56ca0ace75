// SPDX-License-Identifier: Apache-2.0
/**
 * What the bytes of a frame mean, field by field, for people who look at a capture. Walks the same descriptions as the codecs, but
 * by itself: it goes on as far as the bytes make sense, and says at which byte they stop to.
 */
import { KaasError } from '@kaas/errors'
import type { Api } from './api.ts'
import { apiOf } from './apis.ts'
import { corrupt, Reader } from './bytes.ts'
import type { Direction } from './codecs.ts'
import { errorName } from './error-codes.ts'
import { readRequestHeader, readResponseHeader } from './header.ts'
import type { Field, Fields, PrimitiveType, Shape } from './schema.ts'

/** One line: where in the frame (without its length prefix), how many bytes, how deep, what. */
export interface ExplainedField {
  readonly offset: number
  readonly length: number
  readonly depth: number
  readonly name: string
  readonly value: string
}

/** A frame as far as it makes sense. */
export interface ExplainedFrame {
  readonly title: string
  readonly fields: readonly ExplainedField[]
  /** Why it ends there; absent when every byte was understood. */
  readonly problem?: string
}

/** What a response alone does not say. */
export interface ResponseOfWhat {
  readonly api: Api
  readonly version: number
}

const LONGEST_VALUE = 120

/** Explains a request, or with `of` a response. `frame` is without its length prefix. Never throws for bytes: it says `problem`. */
export function explainFrame(frame: Buffer, of?: ResponseOfWhat): ExplainedFrame {
  const trace = new Trace(frame)
  try {
    return of === undefined ? explainRequest(trace) : explainResponse(trace, of)
  } catch (error) {
    if (!(error instanceof KaasError)) throw error
    const title = trace.title ?? `${frame.length} bytes`
    return { title, fields: trace.fields, problem: `At offset ${trace.reader.offset}: ${error.message}` }
  }
}

function explainRequest(trace: Trace): ExplainedFrame {
  const { apiKey, apiVersion, correlationId, clientId, bodyOffset } = readRequestHeader(trace.frame)
  const api = apiOf(apiKey)
  trace.title = `${api?.name ?? `Unknown API ${apiKey}`} request v${apiVersion}`
  trace.add(0, 2, 'apiKey', api === undefined ? `${apiKey}` : `${apiKey} (${api.name})`)
  trace.add(2, 2, 'apiVersion', `${apiVersion}`)
  trace.add(4, 4, 'correlationId', `${correlationId}`)
  trace.add(8, bodyOffset - 8, 'clientId', clientId === null ? 'null' : JSON.stringify(clientId))
  trace.reader.offset = bodyOffset
  if (api === undefined) throw corrupt(`API key ${apiKey} is not one of Kafka 4.3, so its body cannot be read.`)
  return explainBody(trace, api, apiVersion, 'request')
}

function explainResponse(trace: Trace, { api, version }: ResponseOfWhat): ExplainedFrame {
  trace.title = `${api.name} response v${version}`
  const { correlationId } = readResponseHeader(trace.reader, api, version)
  trace.add(0, trace.reader.offset, 'correlationId', `${correlationId}`)
  return explainBody(trace, api, version, 'response')
}

function explainBody(trace: Trace, api: Api, version: number, direction: Direction): ExplainedFrame {
  const [first, last] = api.versions
  if (version < first || version > last) throw corrupt(`${api.name} has the versions ${first} to ${last}, not ${version}.`)
  trace.struct(api[direction], { version, flexible: version >= api.flexible }, 0)
  const rest = trace.reader.end - trace.reader.offset
  if (rest > 0) throw corrupt(`${rest} bytes follow the end of the message.`)
  return { title: trace.title ?? '', fields: trace.fields }
}

interface Dialect {
  readonly version: number
  readonly flexible: boolean
}

/** The walk over one frame. */
class Trace {
  readonly frame: Buffer
  readonly reader: Reader
  readonly fields: ExplainedField[] = []
  title: string | undefined

  constructor(frame: Buffer) {
    this.frame = frame
    this.reader = new Reader(frame)
  }

  add(offset: number, length: number, name: string, value: string, depth = 0): void {
    this.fields.push({ offset, length, depth, name, value })
  }

  struct(fields: Fields, dialect: Dialect, depth: number): void {
    for (const [name, field] of Object.entries(fields)) {
      if (field.spec.tag === undefined && isIn(field, dialect)) this.#field(name, field, dialect, depth)
    }
    if (dialect.flexible) this.#tags(fields, dialect, depth)
  }

  #field(name: string, { spec }: Field<unknown>, dialect: Dialect, depth: number): void {
    this.#value(name, spec.shape, dialect.version >= spec.nullableSince, dialect, depth)
  }

  #value(name: string, shape: Shape, nullable: boolean, dialect: Dialect, depth: number): void {
    const at = this.reader.offset
    switch (shape.kind) {
      case 'primitive': {
        const value = this.#primitive(shape.type, dialect.flexible)
        this.add(at, this.reader.offset - at, name, withErrorName(name, value), depth)
        break
      }
      case 'struct': {
        const isNull = nullable && this.reader.int8() < 0
        this.add(at, this.reader.offset - at, name, isNull ? 'null' : '', depth)
        if (!isNull) this.struct(shape.fields, dialect, depth + 1)
        break
      }
      case 'array':
        this.#array(name, shape.element, dialect, depth)
        break
      default:
        shape satisfies never
    }
  }

  #array(name: string, element: Shape, dialect: Dialect, depth: number): void {
    const at = this.reader.offset
    const count = dialect.flexible ? this.reader.uvarint() - 1 : this.reader.int32()
    const bytesLeft = this.reader.end - this.reader.offset
    this.add(at, this.reader.offset - at, name, count < 0 ? 'null' : `${count} elements`, depth)
    if (count > bytesLeft) throw corrupt(`A list claims ${count} elements, and ${bytesLeft} bytes are left.`)
    for (let index = 0; index < count; index += 1) this.#value(`${name}[${index}]`, element, false, dialect, depth + 1)
  }

  #primitive(type: PrimitiveType, flexible: boolean): string {
    const { reader } = this
    switch (type) {
      case 'bool':
        return String(reader.int8() !== 0)
      case 'int8':
      case 'int16':
      case 'uint16':
      case 'int32':
      case 'int64':
      case 'float64':
        return String(reader[type]())
      case 'uuid':
        return reader.uuid()
      case 'string': {
        const length = flexible ? reader.uvarint() - 1 : reader.int16()
        return length < 0 ? 'null' : shortened(JSON.stringify(reader.text(length)))
      }
      case 'bytes':
      case 'records': {
        const length = flexible ? reader.uvarint() - 1 : reader.int32()
        return length < 0 ? 'null' : `${length} bytes ${shortened(reader.bytes(length).toString('hex'))}`.trim()
      }
      default:
        return type satisfies never
    }
  }

  #tags(fields: Fields, dialect: Dialect, depth: number): void {
    for (let left = this.reader.uvarint(); left > 0; left -= 1) {
      const at = this.reader.offset
      const tag = this.reader.uvarint()
      const size = this.reader.uvarint()
      const known = Object.entries(fields).find(([, field]) => field.spec.tag === tag && isIn(field, dialect))
      if (known !== undefined) this.#field(`${known[0]} (tag ${tag})`, known[1], dialect, depth)
      else
        this.add(at, this.reader.offset - at + size, `tag ${tag}`, shortened(this.reader.bytes(size).toString('hex')), depth)
    }
  }
}

function isIn({ spec }: Field<unknown>, { version }: Dialect): boolean {
  return version >= spec.since && version <= spec.until
}

function withErrorName(name: string, value: string): string {
  return /errorCode$/i.test(name.replace(/\[\d+\]$/, '')) ? `${value} (${errorName(Number(value))})` : value
}

function shortened(text: string): string {
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}… (${text.length} characters)`
}
