// SPDX-License-Identifier: Apache-2.0
/** Reads server-sent events (WHATWG HTML 9.2) from the bytes of an answer. Pure: knows no connection and no time. */

/** One message. `id` is the last one seen, `data` the joined lines. Comments (heartbeats) are left out. */
export interface ServerSentEvent {
  readonly id: string
  readonly event: string
  readonly data: string
}

/** The longest line taken, in characters; beyond it the other side is broken. */
const LONGEST_LINE = 64 * 1024 * 1024

/** The messages in `chunks`, as they become complete. A message that was cut off at the end is dropped. Throws RangeError for an endless line. */
export async function* readEventStream(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  let id = ''
  let event = 'message'
  let data: string[] = []
  for await (const line of linesOf(chunks)) {
    if (line === '') {
      if (data.length > 0) yield { id, event, data: data.join('\n') }
      event = 'message'
      data = []
      continue
    }
    const { field, value } = fieldOf(line)
    if (field === 'data') data.push(value)
    else if (field === 'event') event = value
    else if (field === 'id' && !value.includes('\0')) id = value
  }
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true })
    // A carriage return at the end may be the first half of a line end, so it waits for what follows.
    const mayEndLine = rest.endsWith('\r') || /[\r\n]/.test(text)
    rest += text
    if (rest.length > LONGEST_LINE) throw new RangeError('The event stream has a line without end.')
    if (!mayEndLine) continue
    const complete = rest.endsWith('\r') ? rest.slice(0, -1) : rest
    const lines = complete.split(/\r\n|\n|\r/)
    rest = (lines.pop() ?? '') + rest.slice(complete.length)
    yield* lines
  }
  if (rest.endsWith('\r')) yield rest.slice(0, -1)
}

function fieldOf(line: string): { readonly field: string; readonly value: string } {
  const colon = line.indexOf(':')
  if (colon < 0) return { field: line, value: '' }
  const value = line.slice(colon + 1)
  return { field: line.slice(0, colon), value: value.startsWith(' ') ? value.slice(1) : value }
}
