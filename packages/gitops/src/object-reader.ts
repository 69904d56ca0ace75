// SPDX-License-Identifier: Apache-2.0
/** Reads objects of a copy through one `git cat-file --batch` that stays: a read costs a line and an answer, no process. */
import type { ChildProcess } from 'node:child_process'
import { damagedCopy } from './git-failure.ts'
import { killGroup } from './git-process.ts'

interface Question {
  readonly spec: string
  readonly resolve: (answer: GitObject | undefined) => void
  readonly reject: (error: unknown) => void
}

/** An object: its hash, its type (`blob`, `tree`, `commit`) and its bytes. */
export interface GitObject {
  readonly hash: string
  readonly type: string
  readonly bytes: Buffer
}

/** The reader. It starts with the first question and again after a death. */
export class ObjectReader {
  readonly #start: () => ChildProcess
  #child: ChildProcess | undefined
  #questions: Question[] = []
  #received: Buffer[] = []
  #size = 0
  /** How many bytes must be there before the next look: a large object comes in thousands of pieces. */
  #wanted = 1

  constructor(start: () => ChildProcess) {
    this.#start = start
  }

  /**
   * The object of a name that git understands (`<commit>:<path>`, a ref), undefined when there is none. Throws
   * `stored-data-corrupt` when git cannot read it.
   */
  read(spec: string): Promise<GitObject | undefined> {
    const child = this.#child ?? this.#begin()
    this.#child = child
    return new Promise((resolve, reject) => {
      this.#questions.push({ spec, resolve, reject })
      child.stdin?.write(`${spec}\n`)
    })
  }

  /** Ends the process; questions without an answer fail. The next one starts it anew. */
  stop(): void {
    if (this.#child !== undefined) killGroup(this.#child)
  }

  #begin(): ChildProcess {
    const child = this.#start()
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000)
    })
    child.stdout?.on('data', (piece: Buffer) => this.#take(piece))
    const gone = () => {
      if (this.#child === child) this.#fail(said)
    }
    child.once('error', gone).once('close', gone)
    return child
  }

  #take(piece: Buffer): void {
    this.#received.push(piece)
    this.#size += piece.length
    if (this.#size < this.#wanted) return
    let buffer = Buffer.concat(this.#received)
    this.#wanted = 1
    for (let question = this.#questions[0]; question !== undefined; question = this.#questions[0]) {
      const answer = answerIn(buffer)
      if (answer.kind === 'short') {
        this.#wanted = answer.wanted
        break
      }
      buffer = buffer.subarray(answer.end)
      this.#questions.shift()
      question.resolve(answer.object)
    }
    this.#received = [buffer]
    this.#size = buffer.length
  }

  #fail(said: string): void {
    const unanswered = this.#questions
    this.#child = undefined
    this.#questions = []
    this.#received = []
    this.#size = 0
    this.#wanted = 1
    for (const { reject, spec } of unanswered) reject(damagedCopy(`reading ${spec}`, said))
  }
}

type Answer =
  | { readonly kind: 'short'; readonly wanted: number }
  | { readonly kind: 'whole'; readonly end: number; readonly object: GitObject | undefined }

/** `<hash> <type> <size>`, the bytes and a line end; or the name and what is wrong with it. */
function answerIn(buffer: Buffer): Answer {
  const lineEnd = buffer.indexOf(10)
  if (lineEnd === -1) return { kind: 'short', wanted: buffer.length + 1 }
  const match = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(buffer.toString('utf8', 0, lineEnd))
  if (match === null) return { kind: 'whole', end: lineEnd + 1, object: undefined }
  const [, hash = '', type = '', size] = match
  const end = lineEnd + 1 + Number(size)
  if (buffer.length <= end) return { kind: 'short', wanted: end + 1 }
  return { kind: 'whole', end: end + 1, object: { hash, type, bytes: Buffer.from(buffer.subarray(lineEnd + 1, end)) } }
}
