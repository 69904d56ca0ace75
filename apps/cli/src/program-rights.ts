// SPDX-License-Identifier: Apache-2.0
/** The command about rights. Roles and bindings are resources: get, apply, diff and delete take them like all others. */
import type { Command } from 'commander'
import { outputOption, tenantOption } from './program-options.ts'
import type { Run } from './run.ts'

/** Adds `can-i`. */
export function addRights(program: Command, run: Run): void {
  program
    .command('can-i')
    .description('whether you, or somebody else, may do something, and the rule that decides; exit code 4 for no')
    .argument('<verb>', 'read, write or delete')
    .argument('<kind>', 'tenants, topics, users, messages, groups, credentials, audit, …')
    .addOption(tenantOption())
    .option('--team <name>', 'in this team')
    .option('--person <name>', 'ask about somebody else; needs the right to read Rights')
    .addOption(outputOption())
    .action((verb, kind, options) =>
      run(async (session) => (await import('./commands/can-i.ts')).canICommand(session, verb, kind, options)),
    )
}
