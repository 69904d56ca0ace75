// SPDX-License-Identifier: Apache-2.0
/** The commands around the repository of tenants: `render`, `gitops init` and `restore`. */
import { type Command, Option } from 'commander'
import { paths } from './option-values.ts'
import { dryRunOption, outputOption } from './program-options.ts'
import type { Run } from './run.ts'

/** Adds them. */
export function addGit(program: Command, run: Run): void {
  addRender(program, run)
  addRestore(program, run)
}

function addRender(program: Command, run: Run): void {
  program
    .command('render')
    .description('tenants as files of Kubernetes objects, for Git; asks no server')
    .addOption(
      new Option('-f, --filename <path>', 'file, folder, or - for standard input; may be repeated')
        .argParser(paths)
        .makeOptionMandatory(),
    )
    .requiredOption('--out <folder>', 'root of the repository of tenants')
    .option('--platform <file>', 'the platform profile (default: platform.yaml in the folder)')
    .option('--check', 'write nothing; exit code 3 when files differ')
    .option('--prune', 'remove what is left of tenants whose tenant.yaml is gone, but for objects that hold data')
    .action((options) => run(async (session) => (await import('./commands/render.ts')).renderCommand(session, options)))
}

function addRestore(program: Command, run: Run): void {
  const command = program
    .command('restore')
    .description('an empty control plane takes over what the repository of tenants says; can be run again')
    .requiredOption('--from-git <folder-or-url>', 'root of the repository of tenants, or where it is')
  addRepository(command)
    .option('--merge', 'also into a control plane that has other tenants; what Git says wins')
    .addOption(dryRunOption())
    .addOption(outputOption())
    .action((options) =>
      run(async (session) => {
        await (await import('./commands/restore.ts')).restoreCommand(session, options)
        return undefined
      }),
    )
}

/** How a repository is reached. */
function addRepository(command: Command): Command {
  return command
    .option('--branch <name>', 'branch of the repository', 'main')
    .option('--credentials-file <file>', 'user:token for a repository over HTTPS')
    .option('--git-ca-file <file>', 'CA of the Git server in PEM, when it is not a public one')
    .option('--ssh-key-file <file>', 'private key for a repository over SSH')
    .option('--known-hosts-file <file>', 'keys of SSH servers; an unknown server is refused')
}
