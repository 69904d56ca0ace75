// SPDX-License-Identifier: Apache-2.0
/** Runs a program of the machine to its end and collects what it prints; long-lived processes are not started here. */
import { type SpawnOptionsWithoutStdio, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { KaasError } from '@kaas/errors'

/** What a program left behind. `code` is null when a signal ended it. */
export interface ProgramResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** How a program is run; without any, in our folder and environment, for two minutes at most. */
export interface RunOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** Text for the standard input, which is closed after it. */
  readonly input?: string
  /** After this the program is killed and `wait-timeout` is thrown. */
  readonly timeoutMs?: number
  /** Accept any exit code; without it a code other than 0 throws. */
  readonly allowFailure?: boolean
  /** User and group to run as; only root can change them. */
  readonly uid?: number
  readonly gid?: number
}

/**
 * Runs `command` and resolves when it has ended. Throws `wait-timeout` when it takes longer than `timeoutMs` (two minutes
 * when absent) and `internal-bug` with the last lines it printed when it fails.
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<ProgramResult> {
  const timeoutMs = options.timeoutMs ?? 120_000
  const child = spawn(command, args, { ...spawnOptions(options), stdio: 'pipe' })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text
  })
  child.stdin.on('error', () => {}) // A program may end without reading its input; its exit code tells the rest.
  child.stdin.end(options.input ?? '')
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    child.kill('SIGKILL')
  }, timeoutMs)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  }).finally(() => clearTimeout(timer))
  const call = [command.split('/').at(-1), ...args.slice(0, 3)].join(' ')
  if (timedOut)
    throw new KaasError('wait-timeout', { message: `${call} … did not end in ${timeoutMs} ms.\n${tail(output)}` })
  if (code !== 0 && options.allowFailure !== true) {
    throw new KaasError('internal-bug', { message: `${call} … ended with code ${code}.\n${tail(output)}` })
  }
  return { code, ...output }
}

/**
 * The command that runs another one so that it gets `signal` when this process ends, however it ends. On systems without
 * `setpriv` (other than Linux) the command itself: there a killed parent leaves its children.
 */
export function tiedToParent(signal: 'TERM' | 'KILL', command: readonly string[]): readonly string[] {
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path))
  return setpriv === undefined ? command : [setpriv, '--pdeathsig', signal, '--', ...command]
}

function spawnOptions(options: RunOptions): SpawnOptionsWithoutStdio {
  const { cwd, env, uid, gid } = options
  return { ...(cwd && { cwd }), ...(env && { env }), ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) }
}

function tail(output: { readonly stdout: string; readonly stderr: string }): string {
  return `${output.stdout}\n${output.stderr}`.trim().split('\n').slice(-20).join('\n')
}
