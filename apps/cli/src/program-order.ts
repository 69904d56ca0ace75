// SPDX-License-Identifier: Apache-2.0
/** The commands around an order: `plan` before it, `connect` after it. */
import { type Command, Option } from 'commander'
import { addWorkloadOptions, outputOption, workloadFrom } from './program-options.ts'
import type { Run } from './run.ts'

/** Names of the formats of `connect`; a test compares them with `connect/formats.ts`, which help need not load. */
export const FORMAT_NAMES = [
  'kcat',
  'properties',
  'librdkafka',
  'python',
  'go',
  'dotnet',
  'node',
  'spring',
  'env',
  'k8s-secret',
] as const

/** Adds `plan`. */
export function addPlan(program: Command, run: Run): void {
  addWorkloadOptions(
    program.command('plan').description('what a workload would get, and which constraint binds; changes nothing'),
  )
    .addOption(new Option('--profile <name>', 'reserves to plan with').choices(['economy', 'production']).default('economy'))
    .option('--cluster <name>', 'plan for this shared cluster only')
    .addOption(outputOption())
    .action((options) =>
      run(async (session) => {
        const { planCommand } = await import('./commands/plan.ts')
        await planCommand(session, workloadFrom(options), options)
        return undefined
      }),
    )
}

/** Adds `connect`. */
export function addConnect(program: Command, run: Run): void {
  program
    .command('connect')
    .description('ready configuration for a client')
    .argument('<tenant>')
    .requiredOption('-u, --user <name>', 'the user it logs in as')
    .addOption(new Option('--format <name>', 'language or tool').choices(FORMAT_NAMES).default('properties'))
    .option('--topic <name>', 'topic in the examples (default: the first of the tenant)')
    .option('--group <name>', 'consumer group in the examples', 'my-group')
    .option('--out <file>', 'write to a file that only you can read')
    .option('--bootstrap <host:port>', 'address of the gateway, when it is not found')
    .option('--ca-file <file>', 'CA of the gateway in PEM, when it is not found')
    .action((tenant, options) =>
      run(async (session) => {
        const { connectCommand } = await import('./commands/connect.ts')
        await connectCommand(session, tenant, options)
        return undefined
      }),
    )
}
