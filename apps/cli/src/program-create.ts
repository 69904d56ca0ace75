// SPDX-License-Identifier: Apache-2.0
/** `kaas create`: one sub-command per kind that people order by hand. */
import type { UserSpec } from '@kaas/domain'
import { type Command, Option } from 'commander'
import { pair, paths, wholeNumber, words } from './option-values.ts'
import {
  addWorkloadOptions,
  dryRunOption,
  outputOption,
  tenantOption,
  timeoutOption,
  type WorkloadOptions,
  workloadFrom,
} from './program-options.ts'
import type { Run } from './run.ts'

/** Written here once more, so that help need not wait until the schemas are loaded. */
const AUTHENTICATIONS = [
  'scram-sha-512',
  'scram-sha-256',
  'tls',
  'oauth',
] as const satisfies readonly UserSpec['authentication'][]

/** Adds `create` with its sub-commands. */
export function addCreate(program: Command, run: Run): void {
  const create = program.command('create').description('order a tenant, a topic, a user or a share of a topic')
  addTenant(create, run)
  addTopic(create, run)
  addUser(create, run)
  addShare(create, run)
}

function addTenant(create: Command, run: Run): void {
  const command = create.command('tenant').description('a Kafka service for a workload').argument('<name>')
  addCommon(
    addWorkloadOptions(command)
      .addOption(new Option('--isolation <level>', 'how far apart from others').choices(['virtual', 'namespace', 'cluster']))
      .addOption(new Option('--environment <name>', 'what it is for').choices(['development', 'staging', 'production']))
      .option('--team <name>', 'the owner')
      .option('--cluster <name>', 'the KafkaCluster to live on (default: the planner chooses)')
      .option('--adopt', 'take over names on the cluster that carry this prefix already')
      .option('--zones <number>', 'zones of an own Kafka (default: all of the platform)', wholeNumber)
      .option('--kafka-version <version>', 'of an own Kafka (default: the platform chooses)')
      .option(
        '--maintenance-window <cron>',
        'when an own Kafka may restart brokers: Quartz cron, UTC; may be repeated',
        paths,
      )
      .addOption(new Option('--management <way>', 'who may change it').choices(['api', 'git'])),
  ).action((name, options) =>
    run(async (session) => {
      const { createCommand } = await import('./commands/create.ts')
      await createCommand(session, { kind: 'Tenant', name, spec: tenantSpecFrom(options) }, options)
      return undefined
    }),
  )
}

interface TenantOptions extends WorkloadOptions {
  readonly isolation?: string
  readonly environment?: string
  readonly team?: string
  readonly cluster?: string
  readonly adopt?: boolean
  readonly zones?: number
  readonly kafkaVersion?: string
  readonly maintenanceWindow?: readonly string[]
  readonly management?: string
}

function tenantSpecFrom(options: TenantOptions): object {
  const { isolation, environment, team, cluster, adopt, zones, kafkaVersion, maintenanceWindow, management } = options
  return defined({
    team,
    environment,
    isolation,
    workload: workloadFrom(options),
    cluster,
    zones,
    kafkaVersion,
    maintenanceWindows: maintenanceWindow,
    management,
    adopt,
  })
}

function addTopic(create: Command, run: Run): void {
  const command = create.command('topic').description('a topic of a tenant').argument('<name>')
  addCommon(
    command
      .addOption(tenantOption().makeOptionMandatory())
      .option('--partitions <number>', 'number of partitions', wholeNumber)
      .option('--config <name=value>', 'a Kafka topic setting; may be repeated', pair)
      .option('--description <text>', 'what it is for'),
  ).action((name, options) =>
    run(async (session) => {
      const { createCommand } = await import('./commands/create.ts')
      const { tenant, partitions, config, description } = options
      const spec = defined({ partitions, config, description })
      await createCommand(session, { kind: 'Topic', name, tenant, spec }, options)
      return undefined
    }),
  )
}

function addUser(create: Command, run: Run): void {
  const command = create.command('user').description('an identity that applications log in with').argument('<name>')
  addCommon(
    command
      .addOption(tenantOption().makeOptionMandatory())
      .option('--role <name>', 'admin, producer or consumer; may be repeated', words)
      .addOption(
        new Option(
          '--authentication <mechanism>',
          'how it logs in (default: tls with an own Kafka, else scram-sha-512)',
        ).choices(AUTHENTICATIONS),
      )
      .option('--produce <rate>', 'produce quota of this user')
      .option('--consume <rate>', 'consume quota of this user')
      .option('--no-save', 'do not keep the password on this machine'),
  ).action((name, options) =>
    run(async (session) => {
      const { createCommand, authenticationIn } = await import('./commands/create.ts')
      const { tenant, role, authentication, produce, consume } = options
      const quotas = defined({ produce, consume })
      const spec = defined({ authentication, roles: role, quotas: Object.keys(quotas).length === 0 ? undefined : quotas })
      const defaults = authentication === undefined ? () => authenticationIn(session, tenant) : undefined
      await createCommand(session, { kind: 'User', name, tenant, spec, defaults }, options)
      return undefined
    }),
  )
}

function addShare(create: Command, run: Run): void {
  const command = create.command('share').description('a topic under a name in another tenant, or a second name for it')
  addCommon(
    command
      .argument('<name>')
      .addOption(tenantOption().makeOptionMandatory())
      .requiredOption('--topic <name>', 'the topic of the tenant')
      .requiredOption('--with <tenant>', 'the other tenant; the own one makes a second name')
      .option('--as <name>', 'the name that it has there (default: that of the tenant, a dot, that of the topic)')
      .addOption(
        new Option('--access <rights>', 'what users there may do (default: read)').choices(['read', 'write', 'read-write']),
      ),
  ).action((name, options) =>
    run(async (session) => {
      const { createCommand } = await import('./commands/create.ts')
      const { tenant, topic, with: receiver, as = `${tenant}.${topic}`, access } = options
      const spec = defined({ topic, with: receiver, as, access })
      await createCommand(session, { kind: 'TopicShare', name, tenant, spec }, options)
      return undefined
    }),
  )
}

function addCommon(command: Command): Command {
  return command
    .option('-l, --label <name=value>', 'a label; may be repeated', pair)
    .addOption(dryRunOption())
    .option('--no-wait', 'do not wait until it is ready')
    .addOption(timeoutOption())
    .addOption(outputOption())
}

/** The object without what is undefined: a document says only what was given. */
function defined(values: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
