// SPDX-License-Identifier: Apache-2.0
/** The commands around the repository of tenants: `render`, `gitops init` and `restore`. */
import { type Command, Option } from 'commander'
import { paths } from './option-values.ts'
import { dryRunOption, outputOption } from './program-options.ts'
import type { Run } from './run.ts'

/** Adds them. */
export function addGit(program: Command, run: Run): void {
  addRender(program, run)
  addGitops(program, run)
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

function addGitops(program: Command, run: Run): void {
  const command = program
    .command('gitops')
    .description('the repository of tenants, which Flux applies')
    .command('init')
    .description('lay out the repository of tenants by one commit: platform, charts, objects of Flux; again says unchanged')
    .requiredOption('--repo <url>', 'where it is: https://…, ssh://…, git@host:path, or the path of a bare repository')
  addRepository(command)
    .option('--platform <file>', 'the platform profile (default: the one that is there, else an annotated template)')
    .addOption(new Option('--provider <cloud>', 'where the platform runs').choices(['aws', 'none']).default('aws'))
    .addOption(
      new Option(
        '--flavour <way>',
        'for the template: tenants may get clusters of their own, with control planes made like this',
      ).choices(['eks', 'kubeadm']),
    )
    .addOption(new Option('--domain <name>', 'DNS zone of all endpoints, for the template').conflicts('platform'))
    .option('--region <name>', 'region of the cloud, for the template and the components')
    .option('--account <number>', 'account of the cloud, for the template')
    .option('--email <address>', 'where the certificate authority writes; certificates are public ones then')
    .option('--flux-url <url>', 'where Flux reads the repository, when it is another address')
    .option('--flux-secret <name>', 'Secret in flux-system with the log-in of Flux (default: kaas when you log in yourself)')
    .addOption(dryRunOption())
    .action((options) =>
      run(async (session) => {
        await (await import('./commands/gitops-init.ts')).gitopsInitCommand(session, options)
        return undefined
      }),
    )
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
