// SPDX-License-Identifier: Apache-2.0
/** What must never be seen: byte strings that only the other tenant, or only the brokers, have. */

/** One thing to look for. */
export interface Secret {
  /** Says what leaked, in a failed test. */
  readonly what: string
  readonly bytes: Buffer
  /** A name: who walks may make something of this name for herself. From then on seeing it tells nothing. */
  readonly isName: boolean
  /** What begins like the secret and may be seen: a topic that is shared. */
  readonly unless?: Buffer
}

/** A secret that came back although it was not sent. */
export interface Leak {
  readonly what: string
  readonly at: number
}

/** Text that nobody else writes, such as what is in a record. */
export function textSecret(what: string, text: string): Secret {
  return { what: `${what} "${text}"`, bytes: Buffer.from(text), isName: false }
}

/** The name of something, or a part of it. */
export function nameSecret(what: string, name: string): Secret {
  return { ...textSecret(what, name), isName: true }
}

/** A topic id as its 16 bytes, and as the text that Kafka prints in messages. */
export function topicIdSecrets(what: string, topicId: string): readonly Secret[] {
  const bytes = Buffer.from(topicId, 'hex')
  return [
    { what: `${what}, its id`, bytes, isName: false },
    { what: `${what}, its id as text`, bytes: Buffer.from(bytes.toString('base64url')), isName: false },
  ]
}

/** A port as responses carry it. */
export function portSecret(what: string, port: number): Secret {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(port)
  return { what: `${what} ${port}`, bytes, isName: false }
}

/** Secrets in `answer` that `request` does not hold itself: an echo tells nothing. */
export function leaksIn(answer: Buffer, request: Buffer, secrets: readonly Secret[]): readonly Leak[] {
  return secrets.flatMap(({ what, bytes, unless }) => {
    const at = placeOf(answer, bytes, unless)
    return at < 0 || request.includes(bytes) ? [] : [{ what, at }]
  })
}

function placeOf(answer: Buffer, bytes: Buffer, unless: Buffer | undefined): number {
  let at = answer.indexOf(bytes)
  while (at >= 0 && unless !== undefined && answer.subarray(at, at + unless.length).equals(unless)) {
    at = answer.indexOf(bytes, at + unless.length)
  }
  return at
}
