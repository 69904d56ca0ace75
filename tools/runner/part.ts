// SPDX-License-Identifier: Apache-2.0
/** One part of a run: a program that passes or fails, with what it counted. */
import { spawn } from 'node:child_process'

export interface Part {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  /** `live` shows the output while it runs; `quiet` shows it only when the part fails. */
  readonly output: 'live' | 'quiet'
  readonly timeoutMs: number
  /** Reads what the part counted, after its end. Without it a part counts as one test. */
  readonly count?: (exitCode: number) => Account
}

/** Tests, or parts that count as one. */
export interface Counts {
  readonly passed: number
  readonly failed: number
}

/** Counts, with one line for each failure that the part can name. */
export interface Account extends Counts {
  readonly failures: readonly string[]
}

/** What a part left behind; `output` is empty for a live one. */
export interface PartResult extends Account {
  readonly name: string
  readonly durationMs: number
  readonly output: string
}

/** Runs one part to its end. Never throws: a program that is missing, hangs or dies is a failed part that says so. */
export async function runPart(part: Part): Promise<PartResult> {
  const started = performance.now()
  const [program, ...args] = part.command
  const child = spawn(program, args, { stdio: part.output === 'live' ? 'inherit' : ['ignore', 'pipe', 'pipe'] })
  const chunks: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => chunks.push(text))
  const timer = setTimeout(() => {
    chunks.push(`${part.name} was ended: it took longer than ${part.timeoutMs / 1000} s.\n`)
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), 10_000).unref()
  }, part.timeoutMs)
  const exitCode = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      chunks.push(`${program} could not be started: ${error.message}\n`)
      resolve(127)
    })
    child.once('close', (code) => resolve(code ?? 1))
  })
  clearTimeout(timer)
  const account = part.count?.(exitCode) ?? { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, failures: [] }
  const output = chunks.join('')
  const isNamed = account.failed === 0 || account.failures.length > 0
  const failures = isNamed ? account.failures : [`${part.name}: ${lastLineOf(output) || `ended with code ${exitCode}`}`]
  return { name: part.name, durationMs: performance.now() - started, output, ...account, failures }
}

/** The sum of all parts. */
export function sumOf(results: readonly Counts[]): Counts {
  const total = (pick: (each: Counts) => number) => results.reduce((sum, each) => sum + pick(each), 0)
  return { passed: total((each) => each.passed), failed: total((each) => each.failed) }
}

/** One line of the running account. */
export function renderResult(result: PartResult): string {
  const verdict = result.failed === 0 ? 'ok    ' : 'FAILED'
  const seconds = (result.durationMs / 1000).toFixed(1).padStart(6)
  return `${verdict} ${seconds} s  ${result.name} (${result.passed} passed, ${result.failed} failed)`
}

/** Failures of all parts, a line each: the end of a long run is often all that is kept of it. The first `most` of them. */
export function renderFailures(results: readonly Account[], most = 20): readonly string[] {
  const all = results.flatMap(({ failures }) => failures.map((line) => `FAILED ${line}`))
  return all.length <= most ? all : [...all.slice(0, most), `and ${all.length - most} more`]
}

function lastLineOf(output: string): string {
  return output.trimEnd().split('\n').at(-1)?.trim().slice(0, 200) ?? ''
}
