// SPDX-License-Identifier: Apache-2.0
/**
 * One evaluator, seen from the API. A process and not a thread: a filter that fills the memory of a thread can take the whole process
 * along, and only a process can be kept from files, environment and making program text.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { KaasError } from '@kaas/errors'
import type { Evaluation, EvaluationSpec, EvaluationTask, FromEvaluator, ToEvaluator } from './evaluation.ts'
import { WireReader, writeMessage } from './wire.ts'

/** How long it may be silent, and how much memory the program may use. */
export interface EvaluatorLimits {
  /** Between two signs of life, which it gives between records. */
  readonly answerTimeoutMs: number
  readonly memoryMiB: number
}

/** Where the code of the product is: the only files that an evaluator may read. */
const ROOT = new URL('../../../../../', import.meta.url).pathname
const PROGRAM = new URL('./main.ts', import.meta.url).pathname
const KEPT_ERROR_CHARACTERS = 2000
/** The first answer waits for the start of the process, which on a busy machine takes seconds. */
const FIRST_ANSWER_MS = 20_000
/** A whole piece may take so many times what one record may. */
const MOST_PATIENCE = 12

interface Waiting {
  readonly resolve: (answer: FromEvaluator) => void
  readonly reject: (error: unknown) => void
  readonly startedMs: number
  timer: NodeJS.Timeout
}

/** Owns the process: `end` kills it. Answers one question at a time. */
export class EvaluatorProcess {
  readonly #limits: EvaluatorLimits
  readonly #child: ChildProcess
  readonly #open = new Set<number>()
  #waiting: Waiting | undefined
  #errors = ''
  #answered = false
  #ended = false

  constructor(limits: EvaluatorLimits) {
    this.#limits = limits
    const flags = [
      '--permission',
      `--allow-fs-read=${ROOT}*`,
      '--disallow-code-generation-from-strings',
      `--max-old-space-size=${limits.memoryMiB}`,
      '--no-warnings',
    ]
    const child = spawn(process.execPath, [...flags, PROGRAM], { env: {}, stdio: ['pipe', 'pipe', 'pipe'] })
    this.#child = child
    const reader = new WireReader<FromEvaluator>()
    child.stdout.on('data', (chunk: Buffer) => {
      for (const { header } of reader.push(chunk)) this.#answer(header)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      this.#errors = (this.#errors + chunk.toString('utf8')).slice(-KEPT_ERROR_CHARACTERS)
    })
    // What was on its way into a process that ended is lost, which its end says.
    child.stdin.on('error', () => undefined)
    child.on('error', (cause) => this.#fail(cannotStart(cause)))
    child.on('exit', () => this.#fail(this.#died()))
  }

  /** False once it ended, for whatever reason. */
  get usable(): boolean {
    return !this.#ended
  }

  /** What it has written to its error stream lately, for the log. */
  get lastErrors(): string {
    return this.#errors
  }

  /** Looks through `body`; opens the spec first when this process does not know it. Throws what `open` throws, and `usage-invalid` for work that takes too much time or memory. */
  async evaluate(spec: number, content: EvaluationSpec, task: EvaluationTask, body: Buffer): Promise<Evaluation> {
    await this.open(spec, content)
    const answer = await this.#ask({ kind: 'evaluate', spec, task }, body)
    if (answer.kind === 'evaluated') return answer.evaluation
    throw new KaasError('internal-bug', { message: `An evaluator answered ${answer.kind} to evaluate.` })
  }

  /** Makes the spec known. Throws `usage-invalid` with the field for a filter or schema that cannot be. */
  async open(spec: number, content: EvaluationSpec): Promise<void> {
    if (this.#open.has(spec)) return
    const answer = await this.#ask({ kind: 'open', spec, content })
    if (answer.kind === 'refused') throw refused(answer.field, answer.message)
    this.#open.add(spec)
  }

  /** Forgets the spec. */
  close(spec: number): void {
    if (this.#open.delete(spec) && this.usable) this.#write({ kind: 'close', spec })
  }

  /** Kills the process; what is waited for fails. */
  end(): void {
    this.#fail(new KaasError('cancelled-by-caller', { message: 'The evaluator was ended.' }))
  }

  #ask(question: ToEvaluator, body?: Buffer): Promise<FromEvaluator> {
    return new Promise((resolve, reject) => {
      if (this.#ended) {
        reject(this.#died())
        return
      }
      const { answerTimeoutMs } = this.#limits
      const timeoutMs = this.#answered ? answerTimeoutMs : Math.max(answerTimeoutMs, FIRST_ANSWER_MS)
      const timer = setTimeout(() => this.#fail(tooSlow(timeoutMs)), timeoutMs)
      this.#waiting = { resolve, reject, startedMs: Date.now(), timer }
      this.#write(question, body)
    })
  }

  #write(question: ToEvaluator, body?: Buffer): void {
    if (this.#child.stdin !== null) writeMessage(this.#child.stdin, question, body)
  }

  #answer(answer: FromEvaluator): void {
    const waiting = this.#waiting
    if (answer.kind === 'working') {
      this.#bePatient(waiting)
      return
    }
    this.#waiting = undefined
    this.#answered = true
    clearTimeout(waiting?.timer)
    waiting?.resolve(answer)
  }

  /** It gets on: the time for one record begins anew, within that for the whole piece. */
  #bePatient(waiting: Waiting | undefined): void {
    const { answerTimeoutMs } = this.#limits
    if (waiting === undefined || Date.now() - waiting.startedMs > answerTimeoutMs * MOST_PATIENCE) return
    clearTimeout(waiting.timer)
    waiting.timer = setTimeout(() => this.#fail(tooSlow(answerTimeoutMs)), answerTimeoutMs)
  }

  #fail(error: KaasError): void {
    if (this.#ended) return
    this.#ended = true
    this.#child.kill('SIGKILL')
    clearTimeout(this.#waiting?.timer)
    this.#waiting?.reject(error)
    this.#waiting = undefined
  }

  #died(): KaasError {
    if (/heap|memory/i.test(this.#errors)) {
      return new KaasError('usage-invalid', {
        message: `The filter, or the decoding of a record, needed more than ${this.#limits.memoryMiB} MiB of memory and was ended.`,
        help: 'Make the filter simpler, or read the format as hex.',
      })
    }
    return new KaasError('component-failed', {
      message: 'The process that evaluates records ended by itself.',
      help: 'Try again; the log of the control plane has its last words.',
    })
  }
}

function tooSlow(timeoutMs: number): KaasError {
  return new KaasError('usage-invalid', {
    message: `The filter, or the decoding of a record, took longer than ${timeoutMs / 1000} s for one record and was ended.`,
    help: 'Make the filter simpler: patterns with nested repetition and lists of lists take longest.',
  })
}

function refused(field: 'filter' | 'key' | 'value', reason: string): KaasError {
  const message = field === 'filter' ? `The filter cannot be used: ${reason}.` : reason
  return new KaasError('usage-invalid', {
    message,
    help:
      field === 'filter'
        ? 'Write CEL that is true or false, such as value.total > 100 && headers["origin"] == "shop".'
        : `Correct ${field}Format, ${field}Schema or ${field}Type.`,
    fields: [{ path: field === 'filter' ? 'filter' : `${field}Schema`, message }],
  })
}

function cannotStart(cause: Error): KaasError {
  return new KaasError('component-failed', {
    message: `The process that evaluates records cannot start: ${cause.message}.`,
    help: 'Check that the control plane may start processes.',
    cause,
  })
}
