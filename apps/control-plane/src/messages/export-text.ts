// SPDX-License-Identifier: Apache-2.0
/** Messages as the text of a file, piece by piece. */
import type { ExportQuery, Message, MessageContent } from '@kaas/http-contract'

/** How one format is written. */
export interface ExportText {
  readonly contentType: string
  readonly extension: string
  readonly begin: string
  /** `index` counts from 0. */
  message(message: Message, index: number): string
  readonly end: string
}

const COLUMNS = ['partition', 'offset', 'timestamp', 'key', 'value', 'headers'] as const

/** What a spreadsheet takes for a formula (OWASP: CSV injection). */
const FORMULA = /^[=+\-@\t\r]/

/** By the name of the format. */
export const EXPORT_TEXTS: Readonly<Record<ExportQuery['format'], ExportText>> = {
  jsonl: {
    contentType: 'application/x-ndjson',
    extension: 'jsonl',
    begin: '',
    message: (message) => `${jsonOf(message)}\n`,
    end: '',
  },
  json: {
    contentType: 'application/json',
    extension: 'json',
    begin: '[',
    message: (message, index) => `${index === 0 ? '\n' : ',\n'}${jsonOf(message)}`,
    end: '\n]\n',
  },
  csv: {
    contentType: 'text/csv; charset=utf-8',
    extension: 'csv',
    begin: `${COLUMNS.join(',')}\r\n`,
    message: (message) => `${csvRow(message)}\r\n`,
    end: '',
  },
}

/** JSON contents are put in as they were written, so that big integers stay exact. */
function jsonOf(message: Message): string {
  const { partition, offset, timestamp, key, value, headers } = message
  const headerTexts = headers.map((header) => `{"name":${JSON.stringify(header.name)},"value":${jsonValue(header.value)}}`)
  const parts = [
    `"partition":${partition}`,
    `"offset":${offset}`,
    `"timestamp":${JSON.stringify(timestamp)}`,
    `"key":${jsonValue(key)}`,
    `"keyFormat":${JSON.stringify(key?.format ?? null)}`,
    `"value":${jsonValue(value)}`,
    `"valueFormat":${JSON.stringify(value?.format ?? null)}`,
    `"headers":[${headerTexts.join(',')}]`,
  ]
  return `{${parts.join(',')}}`
}

const STRUCTURED: ReadonlySet<MessageContent['format']> = new Set(['json', 'avro', 'protobuf'])

function jsonValue(content: MessageContent | null): string {
  if (content === null) return 'null'
  if (!STRUCTURED.has(content.format) || content.truncated) return JSON.stringify(content.text)
  // One line per message: JSON takes line ends only between its parts, where a space does as well.
  return content.text.replace(/[\r\n]+/g, ' ')
}

function csvRow({ partition, offset, timestamp, key, value, headers }: Message): string {
  const headerText = headers.length === 0 ? '' : JSON.stringify(headers.map((each) => [each.name, each.value?.text ?? null]))
  return [String(partition), String(offset), timestamp, key?.text ?? '', value?.text ?? '', headerText]
    .map(csvField)
    .join(',')
}

/** Quoted where needed; an apostrophe before what would be a formula. */
function csvField(text: string): string {
  const safe = FORMULA.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
