// SPDX-License-Identifier: Apache-2.0
/** The form that writes a record, and a record that was read as the beginning of one. */
import type { ContentFormat, Payload, ProduceRequest, WholeMessage } from '@kaas/http-contract'

/** How a field is meant. `null` as the value is a tombstone. */
export type Encoding = Payload['encoding']

/** One field of the form. */
export interface PayloadField {
  readonly encoding: Encoding
  readonly data: string
}

/** The form. `partition` is empty for "by the key". */
export interface ProduceForm {
  readonly key: PayloadField
  readonly value: PayloadField
  readonly headers: readonly { readonly name: string; readonly value: PayloadField }[]
  readonly partition: string
}

/** A record of the request. */
export type NewRecord = ProduceRequest['records'][number]

/** An empty form: JSON, since most write it. */
export const EMPTY_PRODUCE_FORM: ProduceForm = {
  key: { encoding: 'text', data: '' },
  value: { encoding: 'json', data: '' },
  headers: [],
  partition: '',
}

/** What is wrong, by field; empty when the record can be sent. */
export function produceProblems(form: ProduceForm, partitions: number): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {}
  const check = (field: string, payload: PayloadField) => {
    const problem = payloadProblem(payload)
    if (problem !== undefined) problems[field] = problem
  }
  check('key', form.key)
  check('value', form.value)
  form.headers.forEach(({ name, value }, index) => {
    if (name === '') problems[`headers.${index}.name`] = 'A header needs a name.'
    check(`headers.${index}.value`, value)
  })
  if (form.partition !== '' && !(/^\d{1,6}$/.test(form.partition) && Number(form.partition) < partitions))
    problems.partition = `The topic has partitions 0 to ${partitions - 1}.`
  return problems
}

/** The record of a form without problems. */
export function recordOf({ key, value, headers, partition }: ProduceForm): NewRecord {
  return {
    key: payloadOf(key),
    value: payloadOf(value),
    headers: headers.map((header) => ({ name: header.name, value: payloadOf(header.value) })),
    ...(partition !== '' && { partition: Number(partition) }),
  }
}

/** The form for sending a message again with edits. Bytes that are no text stay base64, so that nothing changes on the way. */
export function formOf({ key, value, headers }: WholeMessage): ProduceForm {
  return {
    key: fieldOf(key),
    value: fieldOf(value),
    headers: headers.map((header) => ({ name: header.name, value: fieldOf(header.value) })),
    partition: '',
  }
}

/** The same bytes as a record: for sending many again without a look at each. */
export function sameRecord({ key, value, headers }: WholeMessage): NewRecord {
  return {
    key: exactPayload(key),
    value: exactPayload(value),
    headers: headers.map((header) => ({ name: header.name, value: exactPayload(header.value) })),
  }
}

type WholeContent = WholeMessage['value']

function exactPayload(content: WholeContent): Payload {
  return content === null ? { encoding: 'null' } : { encoding: 'base64', data: content.base64 }
}

function fieldOf(content: WholeContent): PayloadField {
  if (content === null) return { encoding: 'null', data: '' }
  const encoding = ENCODING_OF[content.format]
  return encoding === undefined ? { encoding: 'base64', data: content.base64 } : { encoding, data: content.text }
}

const ENCODING_OF: Readonly<Partial<Record<ContentFormat, Encoding>>> = { json: 'json', text: 'text' }

function payloadOf({ encoding, data }: PayloadField): Payload {
  if (encoding === 'null') return { encoding }
  return { encoding, data: encoding === 'base64' ? data.replace(/\s/g, '') : data }
}

function payloadProblem({ encoding, data }: PayloadField): string | undefined {
  switch (encoding) {
    case 'null':
    case 'text':
      return undefined
    case 'json':
      return jsonProblem(data)
    case 'base64':
      return /^[A-Za-z0-9+/]*={0,2}$/.test(data.replace(/\s/g, '')) && data.replace(/\s/g, '').length % 4 === 0
        ? undefined
        : 'This is not base64: groups of four of A-Z, a-z, 0-9, + and /, ended by = where something is missing.'
    default:
      return encoding satisfies never
  }
}

function jsonProblem(data: string): string | undefined {
  if (data.trim() === '') return 'Write JSON, or choose text or a tombstone.'
  try {
    JSON.parse(data)
    return undefined
  } catch (error) {
    return `This is not JSON: ${error instanceof Error ? error.message : String(error)}`
  }
}
