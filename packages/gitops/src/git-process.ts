// SPDX-License-Identifier: Apache-2.0
/** One run of the git program: its input, its output, its end; what it means is decided elsewhere. */
import { type ChildProcess, spawn } from 'node:child_process'
import { KaasError } from '@kaas/errors'

/** What a run left behind. `code` is undefined when it was ended by us or by a signal. */
export interface GitResult {
  readonly code: number | undefined
  readonly stdout: string
  readonly stderr: string
  readonly timedOut: boolean
}

/** One run. */
export interface GitRun {
  readonly args: readonly string[]
  readonly input?: string | Buffer | undefined
  readonly timeoutMs: number
}

/** The git program with one environment; knows what runs, so that it can be ended. */
export class GitProgram {
  readonly #environment: Readonly<Record<string, string>>
  readonly #settings: readonly string[]
  readonly #running = new Set<ChildProcess>()
  #isClosed = false

  constructor(environment: Readonly<Record<string, string>>, settings: readonly (readonly [string, string])[]) {
    this.#environment = environment
    this.#settings = settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])
  }

  /** Runs git to its end. Any exit code is a result; throws `tool-missing` when there is no git, `cancelled-by-caller` after `close`. */
  async run({ args, input, timeoutMs }: GitRun): Promise<GitResult> {
    const child = this.start(args)
    const out = collect(child.stdout)
    const err = collect(child.stderr)
    let timedOut = false
    const timer = setTimeout(() => {
      timedOut = true
      killGroup(child)
    }, timeoutMs)
    child.stdin?.end(input ?? '')
    const code = await ended(child).finally(() => clearTimeout(timer))
    if (this.#isClosed) throw closedError()
    return { code, stdout: out(), stderr: err(), timedOut }
  }

  /**
   * Starts git with pipes, for a talk of several questions. In a group of its own: helpers (ssh, git-remote-https) end with it,
   * and Ctrl-C at a terminal does not reach it in the middle of a push.
   */
  start(args: readonly string[]): ChildProcess {
    if (this.#isClosed) throw closedError()
    const child = spawn('git', [...this.#settings, ...args], { env: this.#environment, stdio: 'pipe', detached: true })
    child.stdin?.on('error', () => {}) // It may end without reading its input; its exit code tells the rest.
    this.#running.add(child)
    const gone = () => this.#running.delete(child)
    child.once('error', gone).once('close', gone)
    return child
  }

  /** Ends everything that runs and waits for its end. */
  async close(): Promise<void> {
    this.#isClosed = true
    const running = [...this.#running]
    const ends = running.map((child) => ended(child).catch(() => {}))
    for (const child of running) killGroup(child)
    await Promise.all(ends)
  }
}

/** Ends a process of ours and its helpers. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Gone already.
  }
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const pieces: Buffer[] = []
  stream?.on('data', (piece: Buffer) => pieces.push(piece))
  return () => Buffer.concat(pieces).toString('utf8')
}

function ended(child: ChildProcess): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ENOENT' ? gitMissing() : error))
    child.once('close', (code) => resolve(code ?? undefined))
  })
}

function gitMissing(): KaasError {
  return new KaasError('tool-missing', {
    message: 'The program git is not installed.',
    help: 'Install it, for example with "apt-get install git".',
  })
}

function closedError(): KaasError {
  return new KaasError('cancelled-by-caller', { message: 'The Git repository was closed meanwhile.' })
}
