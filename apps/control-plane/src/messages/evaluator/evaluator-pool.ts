// SPDX-License-Identifier: Apache-2.0
/** A fixed number of evaluators for all browses. They are started when needed and ended when idle; browses take turns. */
import type { Log } from '@kaas/telemetry'
import type { Evaluation, EvaluationSpec, EvaluationTask } from './evaluation.ts'
import { type EvaluatorLimits, EvaluatorProcess } from './evaluator-process.ts'

/** How many there are and what each may take. */
export interface EvaluatorPoolOptions extends EvaluatorLimits {
  readonly processes: number
  /** An evaluator that did nothing for so long is ended. */
  readonly idleMs: number
  readonly log: Log
}

/** One browse's access. */
export interface Evaluating {
  /** In any order; each piece waits for its turn. Throws what `EvaluatorProcess.evaluate` throws, `cancelled-by-caller` after `close`. */
  evaluate(task: EvaluationTask, body: Buffer): Promise<Evaluation>
  close(): void
}

interface Job {
  readonly run: (evaluator: EvaluatorProcess) => Promise<void>
}

/** Owns the processes: `close` ends them. */
export class EvaluatorPool {
  readonly #options: EvaluatorPoolOptions
  readonly #free: EvaluatorProcess[] = []
  readonly #all = new Set<EvaluatorProcess>()
  /** Waiting work by spec; the order of the map is whose turn is next. */
  readonly #waiting = new Map<number, Job[]>()
  #lastSpec = 0
  #idle: NodeJS.Timeout | undefined

  constructor(options: EvaluatorPoolOptions) {
    this.#options = options
  }

  /** Checks the filter and the schemas. Throws `usage-invalid` with the field, and `component-failed`. */
  async open(content: EvaluationSpec): Promise<Evaluating> {
    this.#lastSpec += 1
    const spec = this.#lastSpec
    await this.#run(spec, (evaluator) => evaluator.open(spec, content))
    return {
      evaluate: (task, body) => this.#run(spec, (evaluator) => evaluator.evaluate(spec, content, task, body)),
      close: () => {
        this.#waiting.delete(spec)
        for (const evaluator of this.#all) evaluator.close(spec)
      },
    }
  }

  /** Ends all processes; work under way fails. */
  close(): void {
    clearTimeout(this.#idle)
    for (const evaluator of this.#all) evaluator.end()
    this.#all.clear()
    this.#free.length = 0
  }

  #run<T>(spec: number, work: (evaluator: EvaluatorProcess) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = (evaluator: EvaluatorProcess) => work(evaluator).then(resolve, reject)
      this.#waiting.set(spec, [...(this.#waiting.get(spec) ?? []), { run }])
      this.#next()
    })
  }

  #next(): void {
    const [turn] = this.#waiting
    const evaluator = turn === undefined ? undefined : this.#take()
    if (turn === undefined || evaluator === undefined) return
    const [spec, [job, ...rest]] = turn
    // To the end of the line, so that one browse with much to do does not hold up the others.
    this.#waiting.delete(spec)
    if (rest.length > 0) this.#waiting.set(spec, rest)
    void job?.run(evaluator).finally(() => this.#giveBack(evaluator))
    this.#next()
  }

  #take(): EvaluatorProcess | undefined {
    clearTimeout(this.#idle)
    const free = this.#free.pop()
    if (free !== undefined) return free
    if (this.#all.size >= this.#options.processes) return undefined
    const evaluator = new EvaluatorProcess(this.#options)
    this.#all.add(evaluator)
    return evaluator
  }

  #giveBack(evaluator: EvaluatorProcess): void {
    if (evaluator.usable) this.#free.push(evaluator)
    else if (this.#all.delete(evaluator))
      this.#options.log.warn({ said: evaluator.lastErrors }, 'an evaluator of records ended')
    this.#idle = setTimeout(() => this.#endIdle(), this.#options.idleMs)
    this.#idle.unref()
    this.#next()
  }

  #endIdle(): void {
    for (const evaluator of this.#free.splice(0)) {
      this.#all.delete(evaluator)
      evaluator.end()
    }
  }
}
