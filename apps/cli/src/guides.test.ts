// SPDX-License-Identifier: Apache-2.0
/** Every `kaas` command in guides and in the README is one that this version takes: names, arguments, options and their values. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { CommanderError } from 'commander'
import { describe, expect, it } from 'vitest'
import { commandsIn, ROOT } from '../test/guide-commands.ts'
import { buildProgram } from './program.ts'

const GUIDES = readdirSync(join(ROOT, 'docs/guides')).map((name) => `docs/guides/${name}`)

describe('a command that a reader copies is understood', () => {
  it.each(['README.md', ...GUIDES].flatMap((file) => commandsIn(file).map((command) => [file, command])))(
    '%s: %s',
    async (_, command = '') => {
      expect(await faultOf(command.split(/\s+/))).toBeUndefined()
    },
  )

  it('and one with a fault is not', async () => {
    expect(await faultOf(['create', 'tenant', 'shop', '--isolation', 'moon'])).toMatch(/isolation/)
    expect(commandsIn('docs/guides/aws-from-zero.md').length).toBeGreaterThan(5)
  })
})

async function faultOf(args: readonly string[]): Promise<string | undefined> {
  const program = buildProgram(async () => {}, '0')
  const quiet = { writeOut: () => {}, writeErr: () => {}, outputError: () => {} }
  for (const command of [program, ...program.commands, ...program.commands.flatMap((each) => each.commands)]) {
    command.configureOutput(quiet).exitOverride()
  }
  try {
    await program.parseAsync([...args], { from: 'user' })
    return undefined
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? undefined : error.message
  }
}
