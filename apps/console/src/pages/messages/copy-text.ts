// SPDX-License-Identifier: Apache-2.0
/** A message as text for the clipboard: its value, the whole record, and commands that read or write it again. */
import type { Message, MessageContent } from '@kaas/http-contract'
import { prettyJson } from '../../format/json-text.ts'

/** Where the message is. */
export interface MessagePlace {
  readonly tenant: string
  readonly topic: string
}

/** The text of a key or value as it was written; JSON laid out when asked for. Null is the empty text. */
export function contentText(content: MessageContent | null, pretty = false): string {
  if (content === null) return ''
  return pretty && content.format === 'json' ? prettyJson(content.text) : content.text
}

/** The whole record as one JSON document. JSON contents stand in it as they are, with every digit; the rest as strings. */
export function recordText({ tenant, topic }: MessagePlace, message: Message): string {
  const headers = message.headers.map(({ name, value }) => `{"name":${JSON.stringify(name)},"value":${contentJson(value)}}`)
  return prettyJson(
    `{"tenant":${JSON.stringify(tenant)},"topic":${JSON.stringify(topic)},"partition":${message.partition},` +
      `"offset":${message.offset},"timestamp":${JSON.stringify(message.timestamp)},` +
      `"key":${contentJson(message.key)},"headers":[${headers.join(',')}],"value":${contentJson(message.value)}}`,
  )
}

/** A command that reads this one record with kcat; its settings are those of the connect page. */
export function kcatReadCommand({ topic }: MessagePlace, { partition, offset }: Message): string {
  return `kcat -F kcat.conf -C -t ${quoted(topic)} -p ${partition} -o ${offset} -c 1 -e -J`
}

/** A command that writes the record again with kcat. Binary contents cannot be said on a command line: undefined then. */
export function kcatWriteCommand({ topic }: MessagePlace, message: Message): string | undefined {
  const contents = [message.key, message.value, ...message.headers.map(({ value }) => value)]
  if (contents.some((content) => content !== null && !isText(content))) return undefined
  const headers = message.headers.map(({ name, value }) => ` -H ${quoted(value === null ? name : `${name}=${value.text}`)}`)
  const begin = `kcat -F kcat.conf -P -t ${quoted(topic)}${headers.join('')} -D '\\x1e'`
  const key = message.key?.text
  // An empty message alone is no message to kcat: a tombstone is a line that ends after its key.
  if (message.value === null) return `printf '%s\\037' ${quoted(key ?? '')} | ${begin} -K '\\x1f' -Z`
  return `printf %s ${quoted(message.value.text)} | ${begin}${key === undefined ? '' : ` -k ${quoted(key)}`}`
}

/** A command that reads the record from the API; the token stays a variable. */
export function curlCommand({ tenant, topic }: MessagePlace, { partition, offset }: Message, api: string): string {
  const path = `/v1/tenants/${encodeURIComponent(tenant)}/topics/${encodeURIComponent(topic)}/messages/${partition}/${offset}`
  return `curl -H "Authorization: Bearer $KAAS_TOKEN" ${quoted(api + path)}`
}

function contentJson(content: MessageContent | null): string {
  if (content === null) return 'null'
  return content.format === 'json' && !content.truncated ? content.text : JSON.stringify(content.text)
}

function isText({ format, truncated }: MessageContent): boolean {
  return !truncated && (format === 'json' || format === 'text')
}

/** A word of a POSIX shell: nothing in single quotes means anything but a single quote. */
function quoted(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
