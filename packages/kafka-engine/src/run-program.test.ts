// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { runProgram, tiedToParent } from './run-program.ts'

test('a program gets its input and gives its output', async () => {
  expect(await runProgram('cat', [], { input: 'hello' })).toEqual({ code: 0, stdout: 'hello', stderr: '' })
})

test('a program that fails is an error with the last lines it printed', async () => {
  await expect(runProgram('sh', ['-c', 'echo why it failed >&2; exit 3'])).rejects.toThrow(/code 3\.\nwhy it failed/)
})

test('a program that hangs is ended and named', async () => {
  await expect(runProgram('sleep', ['60'], { timeoutMs: 100 })).rejects.toThrow(
    expect.objectContaining({ code: 'wait-timeout', message: expect.stringContaining('sleep 60') }),
  )
})

test('a child of a process that was killed ends as well', async () => {
  const [program = '', ...args] = tiedToParent('KILL', ['sleep', '60'])
  const child = `const c = require('node:child_process').spawn(${JSON.stringify(program)}, ${JSON.stringify(args)}); console.log(c.pid); setTimeout(() => process.kill(process.pid, 'SIGKILL'), 300)`
  const pid = Number(spawnSync(process.execPath, ['-e', child]).stdout.toString())
  expect(pid).toBeGreaterThan(0)
  await vi.waitFor(() => expect(['absent', 'Z']).toContain(stateOf(pid)), 5000)
})

/** The letter of the process in `/proc`; a dead one that nobody has asked for yet is `Z`. */
function stateOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[0]
  } catch {
    return 'absent'
  }
}
