// SPDX-License-Identifier: Apache-2.0
/** `kaas render`: the command for Git-first use. */
import { type Command, Option } from 'commander'
import { paths } from './option-values.ts'
import type { Run } from './run.ts'

/** Adds `render`. */
export function addRender(program: Command, run: Run): void {
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
