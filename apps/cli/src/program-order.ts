// SPDX-License-Identifier: Apache-2.0
/** The commands around an order: `plan` before it, `connect` and `kubeconfig` after it. */
import { KaasError } from '@kaas/errors'
import { type Command, Option } from 'commander'
import { paths } from './option-values.ts'
import { addOptionalWorkload, outputOption, WORKLOAD_NAMES, type WorkloadOptions, workloadFrom } from './program-options.ts'
import type { Run } from './run.ts'

/** Names of the formats of `connect`; a test compares them with those of `@kaas/client-configuration`, which help need not load. */
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
  addOptionalWorkload(
    program
      .command('plan')
      .description(
        'what a workload or a tenant of a file would get, which constraint binds, what would change; changes nothing',
      ),
  )
    .addOption(
      new Option('-f, --filename <path>', 'plan the tenants in a file, folder, or - for standard input; may be repeated')
        .argParser(paths)
        .conflicts([...WORKLOAD_NAMES, 'cluster']),
    )
    .option('--offline', 'with -f: ask no server; what runs is not known then')
    .option('--platform <file>', 'with -f: the platform profile to plan with, asking no server (default: platform.yaml)')
    .addOption(new Option('--profile <name>', 'reserves to plan with').choices(['economy', 'production']).default('economy'))
    .option('--cluster <name>', 'plan for this shared cluster only')
    .addOption(outputOption())
    .action((options) =>
      run(async (session) => {
        if (options.filename !== undefined) {
          const { planDocumentsCommand } = await import('./commands/plan-documents.ts')
          await planDocumentsCommand(session, options)
          return undefined
        }
        const { planCommand } = await import('./commands/plan.ts')
        await planCommand(session, completeWorkload(options), options)
        return undefined
      }),
    )
}

/** Throws `usage-invalid` as commander would, had it known of `-f`. */
function completeWorkload(options: Partial<WorkloadOptions>): WorkloadOptions {
  const { produce, retention } = options
  if (produce !== undefined && retention !== undefined) return workloadFrom({ ...options, produce, retention })
  const missing = produce === undefined ? '--produce <rate>' : '--retention <duration>'
  throw new KaasError('usage-invalid', {
    message: `Required option '${missing}' not specified.`,
    help: 'Say a workload with --produce and --retention, or name a file with -f.',
  })
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

/** Adds `kubeconfig`. */
export function addKubeconfig(program: Command, run: Run): void {
  program
    .command('kubeconfig')
    .description('a kubeconfig for people, to see a tenant with Kafka of its own in kubectl; holds no secret')
    .argument('<tenant>')
    .action((tenant) =>
      run(async (session) => {
        const { kubeconfigCommand } = await import('./commands/kubeconfig.ts')
        await kubeconfigCommand(session, tenant)
        return undefined
      }),
    )
}
