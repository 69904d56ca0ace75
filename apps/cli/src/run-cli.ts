// SPDX-License-Identifier: Apache-2.0
/** One run of the command line: arguments in, exit code out. Every error ends here, as sentences or as a problem document. */
import { asKaasError, KaasError, toExit } from '@kaas/errors'
import { CommanderError } from 'commander'
import { buildProgram } from './program.ts'
import { renderProblem, renderProblemJson } from './render/problem.ts'
import { styleFor } from './render/style.ts'
import type { Terminal } from './terminal.ts'

/** What a run needs from its process. */
export interface CliProcess {
  readonly terminal: Terminal
  readonly environment: NodeJS.ProcessEnv
  readonly workingDirectory: string
  readonly version: string
}

/** Runs one command. Never throws. */
export async function runCli(
  args: readonly string[],
  { terminal, environment, workingDirectory, version }: CliProcess,
): Promise<number> {
  let exitCode = 0
  const program = buildProgram(async (work) => {
    const [{ findHome }, { createSession }] = await Promise.all([import('./home.ts'), import('./session.ts')])
    exitCode = (await work(createSession(terminal, findHome(environment, workingDirectory), workingDirectory))) ?? 0
  }, version)
  // Commands copied these settings when they were made; errors are printed here and not by commander.
  const quiet = { writeOut: terminal.out, writeErr: terminal.err, outputError: () => {} }
  for (const command of [program, ...program.commands, ...program.commands.flatMap((each) => each.commands)]) {
    command.configureOutput(quiet).exitOverride()
  }
  try {
    if (args.length === 0) program.outputHelp()
    else await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (thrown) {
    return report(thrown, args, terminal, environment)
  }
}

function report(thrown: unknown, args: readonly string[], terminal: Terminal, environment: NodeJS.ProcessEnv): number {
  if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0
  const error = thrown instanceof CommanderError ? usageError(thrown) : asKaasError(thrown)
  terminal.err(wantsJson(args) ? renderProblemJson(error) : renderProblem(error, styleFor(terminal.color), terminal.width))
  if (environment.KAAS_DEBUG === '1') terminal.err(`${error.stack}\n`)
  return toExit(error)
}

function usageError(error: CommanderError): KaasError {
  // `kaas create` alone: commander has printed the help of the group already.
  if (error.code === 'commander.help') {
    return new KaasError('usage-invalid', { message: 'A word is missing after the command; its help stands above.' })
  }
  const [message = '', hint] = error.message.replace(/^error: /, '').split('\n')
  const said = message.charAt(0).toUpperCase() + message.slice(1)
  return new KaasError('usage-invalid', {
    message: /[.?!]$/.test(said) ? said : `${said}.`,
    help: hint === undefined ? 'See "kaas --help", or --help after the command.' : hint.replace(/^\((.*)\)$/, '$1'),
  })
}

/** Whether the errors shall be for programs; looked for by hand because the arguments may be what is wrong. */
function wantsJson(args: readonly string[]): boolean {
  return args.some(
    (arg, index) =>
      arg === '-ojson' || arg === '--output=json' || ((arg === '-o' || arg === '--output') && args[index + 1] === 'json'),
  )
}
