// SPDX-License-Identifier: Apache-2.0
/** Reads the events of a watch, one JSON document per line, from the bytes of an answer. Knows no connection and no time. */

/** One line of a watch. `object` is of the watched kind, a bookmark with nothing but its version, or a `Status` for `ERROR`. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  readonly object: unknown
}

const TYPES: ReadonlySet<unknown> = new Set(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR'])
/** etcd takes objects up to 1.5 MB; a longer line is not one. */
const LONGEST_LINE_BYTES = 16 * 1024 * 1024
const NEWLINE = 0x0a

/** Events as they become complete. One that was cut off at the end is dropped. Throws RangeError or SyntaxError for what is no event. */
export async function* readWatchEvents(chunks: AsyncIterable<Buffer>): AsyncGenerator<WatchEvent> {
  let begun: Buffer[] = []
  let length = 0
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const line = Buffer.concat([...begun, chunk.subarray(start, end)]).toString('utf8')
      begun = []
      length = 0
      start = end + 1
      if (line.trim() !== '') yield eventOf(line)
    }
    if (start === chunk.length) continue
    length += chunk.length - start
    if (length > LONGEST_LINE_BYTES) throw new RangeError('the watch has a line without end')
    begun.push(chunk.subarray(start))
  }
}

function eventOf(line: string): WatchEvent {
  const event: unknown = JSON.parse(line)
  if (!isEvent(event)) throw new SyntaxError('the watch has a line that is no event')
  return event
}

function isEvent(value: unknown): value is WatchEvent {
  return typeof value === 'object' && value !== null && 'type' in value && TYPES.has(value.type) && 'object' in value
}
