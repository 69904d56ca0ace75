// SPDX-License-Identifier: Apache-2.0
/**
 * Every command with its arguments and options: what `--help` prints and what `docs/reference/cli.md` is checked against.
 * The work is in `commands/`, loaded when it runs, so that help and errors are instant.
 */
import { Command, Option } from 'commander'
import { paths, position } from './option-values.ts'
import { WIDE } from './output-names.ts'
import { addAudit } from './program-audit.ts'
import { addChanging } from './program-change.ts'
import { addCreate } from './program-create.ts'
import { addDebug } from './program-debug.ts'
import { addGit } from './program-git.ts'
import { addLogin } from './program-login.ts'
import { dryRunOption, outputOption, tenantOption, timeoutOption } from './program-options.ts'
import { addConnect, addKubeconfig, addPlan } from './program-order.ts'
import { addRights } from './program-rights.ts'
import type { Run } from './run.ts'

const EXAMPLES = `
Try first:
  kaas plan --produce 5MB/s --consume 15MB/s --retention 7d           what you would get; changes nothing
  kaas create tenant orders --produce 5MB/s --consume 15MB/s --retention 7d
  kaas get tenants

Exit codes: 0 done, 2 invalid, 3 not logged in (or: diff or render --check found differences), 4 forbidden, 5 absent, 6 conflict,
7 refused, 8 quota, 9 unsupported, 10 unavailable, 11 timed out, 12 cancelled, 13 corrupt, 1 our fault.`

/** The program. `version` is what `--version` prints. */
export function buildProgram(run: Run, version: string): Command {
  const program = new Command('kaas')
    .description('Order Kafka by workload: say what you produce, consume and keep; get an endpoint and credentials.')
    .usage('<command> [options]')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
  addPlan(program, run)
  addCreate(program, run)
  addConnect(program, run)
  addKubeconfig(program, run)
  addApply(program, run)
  addGit(program, run)
  addReading(program, run)
  addWaiting(program, run)
  addChanging(program, run)
  addLogin(program, run)
  addRights(program, run)
  addAudit(program, run)
  addDebug(program, run)
  return program
}

function addApply(program: Command, run: Run): void {
  const files = () =>
    new Option('-f, --filename <path>', 'file, folder, or - for standard input; may be repeated').argParser(paths)
  program
    .command('apply')
    .description('make or change what the documents describe')
    .addOption(files().makeOptionMandatory())
    .addOption(dryRunOption())
    .option('--wait', 'wait until all are ready')
    .addOption(timeoutOption())
    .option('--no-save', 'do not keep new passwords on this machine')
    .addOption(outputOption())
    .action((options) =>
      run(async (session) => void (await (await import('./commands/apply.ts')).applyCommand(session, options))),
    )
  program
    .command('diff')
    .description('what apply would change; exit code 3 when there is something')
    .addOption(files().makeOptionMandatory())
    .addOption(outputOption())
    .action((options) => run(async (session) => (await import('./commands/diff.ts')).diffCommand(session, options)))
}

function addReading(program: Command, run: Run): void {
  program
    .command('get')
    .description('one resource, or all of a kind')
    .argument('<kind>', 'tenants, topics, users, shares, teams, roles, rolebindings, policies, kafkaclusters')
    .argument('[name]')
    .addOption(tenantOption())
    .option(
      '--filter <text>',
      'terms joined by commas: name~pay, labels.app=shop, spec.environment!=production, ready=false',
    )
    .option('--sort <field>', 'name, createdAt or updatedAt; - before it turns the order round')
    .option('--received', 'of shares: topics that other tenants share with --tenant')
    .addOption(outputOption(WIDE))
    .action((kind, name, options) =>
      run(async (session) => void (await (await import('./commands/get.ts')).getCommand(session, kind, name, options))),
    )
  program
    .command('describe')
    .description('one resource with everything that is known about it')
    .argument('<kind>')
    .argument('<name>')
    .addOption(tenantOption())
    .action((kind, name, { tenant }) =>
      run(
        async (session) =>
          void (await (await import('./commands/describe.ts')).describeCommand(session, kind, name, tenant)),
      ),
    )
}

function addWaiting(program: Command, run: Run): void {
  program
    .command('wait')
    .description('wait until a condition is true')
    .argument('<kind/name>', 'for example tenant/orders')
    .addOption(tenantOption())
    .requiredOption('--for <condition>', 'Accepted, Planned, Provisioned, Ready, or deleted')
    .addOption(timeoutOption())
    .action((target, options) =>
      run(async (session) => void (await (await import('./commands/wait.ts')).waitCommand(session, target, options))),
    )
  program
    .command('events')
    .description('what happens to resources, as it happens')
    .addOption(tenantOption())
    .option('--kind <kind>', 'only of this kind')
    .option('--after <sequence>', 'begin behind this event', position)
    .addOption(outputOption())
    .action((options) =>
      run(async (session) => void (await (await import('./commands/events.ts')).eventsCommand(session, options))),
    )
}
