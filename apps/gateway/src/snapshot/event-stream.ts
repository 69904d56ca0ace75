// SPDX-License-Identifier: Apache-2.0
/** Reads server-sent events (the part of the HTML standard that one-way JSON streams need): data lines, comments, blank lines. */
import { KaasError } from '@kaas/errors'

/** The longest event taken, in characters: a full state of 100,000 tenants has about a fifth. */
const LONGEST_EVENT = 128 * 1024 * 1024

/** Cuts text into events. Feed it chunks as they come; a line may be cut anywhere. */
export class EventStreamReader {
  #line = ''
  #data: string[] = []
  #length = 0

  /** The data of the events that this chunk completes. Throws `document-invalid` for an event without end. */
  push(chunk: string): readonly string[] {
    const lines = chunk.split('\n')
    const last = lines.pop() ?? ''
    const events: string[] = []
    for (const part of lines) {
      const line = (this.#line + part).replace(/\r$/, '')
      this.#line = ''
      if (line === '') this.#finish(events)
      else if (line.startsWith('data:')) this.#add(line.slice(line.startsWith('data: ') ? 6 : 5))
    }
    this.#line += last
    if (this.#line.length + this.#length > LONGEST_EVENT) throw tooLong()
    return events
  }

  #add(data: string): void {
    this.#data.push(data)
    this.#length += data.length
  }

  #finish(events: string[]): void {
    if (this.#data.length > 0) events.push(this.#data.join('\n'))
    this.#data = []
    this.#length = 0
  }
}

function tooLong(): KaasError {
  return new KaasError('document-invalid', {
    message: `The control plane sent an event of more than ${LONGEST_EVENT} characters.`,
    help: 'Check that KAAS_SNAPSHOT_URL leads to the snapshot stream of the control plane.',
  })
}
