// SPDX-License-Identifier: Apache-2.0
/** The commands about who one is: `login`, `logout`, `whoami`. */
import type { Command } from 'commander'
import { outputOption } from './program-options.ts'
import type { Run } from './run.ts'

/** Adds them. */
export function addLogin(program: Command, run: Run): void {
  program
    .command('login')
    .description('sign in by the browser, or with a token, and keep it on this machine')
    .option('--url <address>', 'control plane to sign in to (default: the one that other commands use)')
    .option(
      '--token-file <path>',
      'file with a token that was made in the console, or - for standard input; needs no browser',
    )
    .option('--no-browser', 'only print the address')
    .action((options) =>
      run(async (session) => void (await (await import('./commands/login.ts')).loginCommand(session, options))),
    )
  program
    .command('logout')
    .description('end the token that login keeps, and forget it')
    .option('--url <address>', 'control plane (default: the one that other commands use)')
    .action((options) =>
      run(async (session) => void (await (await import('./commands/logout.ts')).logoutCommand(session, options))),
    )
  program
    .command('whoami')
    .description('who you are to the control plane, and what you may do')
    .addOption(outputOption())
    .action((options) =>
      run(async (session) => void (await (await import('./commands/whoami.ts')).whoamiCommand(session, options))),
    )
}
