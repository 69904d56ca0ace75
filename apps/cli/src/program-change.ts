// SPDX-License-Identifier: Apache-2.0
/** The commands that change what runs: `scale`, `edit`, `manage`, `rotate`, `delete` and `purge`. */
import { type Command, Option } from 'commander'
import { addOptionalWorkload, dryRunOption, outputOption, tenantOption, timeoutOption } from './program-options.ts'
import type { Run } from './run.ts'

/** Adds them. */
export function addChanging(program: Command, run: Run): void {
  addScale(program, run)
  addEdit(program, run)
  addManage(program, run)
  addRotate(program, run)
  addDelete(program, run)
  addPurge(program, run)
}

function addScale(program: Command, run: Run): void {
  const command = program
    .command('scale')
    .description('another workload for a tenant; says what it does and costs, and asks')
    .argument('<kind>', 'tenant')
    .argument('<name>')
  addAgreeing(addOptionalWorkload(command)).action((kind, name, options) =>
    run(async (session) => {
      await (await import('./commands/scale.ts')).scaleCommand(session, kind, name, options)
      return undefined
    }),
  )
}

function addEdit(program: Command, run: Run): void {
  const command = program
    .command('edit')
    .description('a resource in your editor ($VISUAL, $EDITOR, or vi); says what the change does, and asks')
    .argument('<kind>')
    .argument('<name>')
    .addOption(tenantOption())
  addAgreeing(command).action((kind, name, options) =>
    run(async (session) => {
      await (await import('./commands/edit.ts')).editCommand(session, kind, name, options)
      return undefined
    }),
  )
}

function addManage(program: Command, run: Run): void {
  const command = program
    .command('manage')
    .description('who may change a tenant: the API, or only merged changes of its documents in Git')
    .argument('<kind>', 'tenant')
    .argument('<name>')
    .addOption(new Option('--by <way>', 'who may change it').choices(['api', 'git']).makeOptionMandatory())
  addAgreeing(command).action((kind, name, options) =>
    run(async (session) => {
      await (await import('./commands/manage.ts')).manageCommand(session, kind, name, options)
      return undefined
    }),
  )
}

function addRotate(program: Command, run: Run): void {
  program
    .command('rotate')
    .description('give a user a new password; the one before stays valid until it is ended')
    .argument('<user>')
    .addOption(tenantOption().makeOptionMandatory())
    .option('--end-others', 'end all other passwords of the user now')
    .option('--no-wait', 'do not wait until Kafka takes the new password')
    .addOption(timeoutOption())
    .option('--no-save', 'do not keep the password on this machine')
    .addOption(outputOption())
    .action((user, options) =>
      run(async (session) => void (await (await import('./commands/rotate.ts')).rotateCommand(session, user, options))),
    )
}

function addDelete(program: Command, run: Run): void {
  program
    .command('delete')
    .description('delete a resource and its data; data of an own Kafka is kept until it is purged')
    .argument('<kind>')
    .argument('<name>')
    .addOption(tenantOption())
    .option('-y, --yes', 'do not ask')
    .option('--confirm <name>', 'the name again, for what is protected')
    .addOption(dryRunOption())
    .option('--no-wait', 'do not wait until it is gone')
    .addOption(timeoutOption())
    .action((kind, name, options) =>
      run(
        async (session) => void (await (await import('./commands/delete.ts')).deleteCommand(session, kind, name, options)),
      ),
    )
}

function addPurge(program: Command, run: Run): void {
  program
    .command('purge')
    .description('give up the data that was kept of a deleted tenant with an own Kafka')
    .argument('<kind>', 'tenant')
    .argument('<name>')
    .option('-y, --yes', 'do not ask for the name')
    .addOption(outputOption())
    .action((kind, name, options) =>
      run(async (session) => void (await (await import('./commands/purge.ts')).purgeCommand(session, kind, name, options))),
    )
}

function addAgreeing(command: Command): Command {
  return command
    .option('-y, --yes', 'do not ask')
    .addOption(dryRunOption())
    .option('--no-wait', 'do not wait until it is ready again')
    .addOption(timeoutOption())
    .addOption(outputOption())
}
