// SPDX-License-Identifier: Apache-2.0
/** Clients that are a script or program of their own: the task goes in as JSON, the answer comes out as JSON. */
import { runProgram } from '@kaas/testkit'
import type { AnswerOf, Client, Target, Task } from './client.ts'

const TASK_TIMEOUT_MS = 240_000

/** Makes a client of a program. `locate` resolves with the command and is called once. */
export function scriptClient(
  traits: Omit<Client, 'prepare' | 'run'>,
  locate: () => Promise<readonly [string, ...string[]]>,
): Client {
  let command: Promise<readonly [string, ...string[]]> | undefined
  const located = () => {
    command ??= locate()
    return command
  }
  return {
    ...traits,
    prepare: async () => {
      await located()
    },
    run: async <T extends Task>(target: Target, task: T): Promise<AnswerOf<T>> => {
      const [program, ...args] = await located()
      const input = JSON.stringify({ ...target, ...task })
      const { stdout } = await runProgram(program, args, { input, timeoutMs: TASK_TIMEOUT_MS })
      return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as AnswerOf<T>
    },
  }
}
