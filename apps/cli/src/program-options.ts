// SPDX-License-Identifier: Apache-2.0
/** Options that several commands share. Functions, because commander's options belong to one command each. */
import { type Command, Option } from 'commander'
import { factor, wholeNumber } from './option-values.ts'
import { OUTPUTS } from './output-names.ts'

/** `-o`: for people by default. */
export function outputOption(...more: readonly string[]): Option {
  return new Option('-o, --output <format>', 'output format').choices([...OUTPUTS, ...more]).default('table')
}

/** `--tenant`, optional; what needs it makes it mandatory. */
export function tenantOption(): Option {
  return new Option('-t, --tenant <name>', 'the tenant it lives in')
}

/** `--timeout`, a quantity such as 90s. Without it the time that the resource takes decides (`timeoutFor`). */
export function timeoutOption(): Option {
  return new Option(
    '--timeout <duration>',
    'how long to wait (default: 5m; for a tenant with an own Kafka 30m, with an own Kubernetes cluster 90m)',
  )
}

/** `--dry-run`. */
export function dryRunOption(): Option {
  return new Option('--dry-run', 'say what would happen; change nothing')
}

/** The flags of a workload, in the order of `create tenant`. */
export function addWorkloadOptions(command: Command): Command {
  return command
    .requiredOption('--produce <rate>', 'peak produce rate after compression, for example 5MB/s')
    .addOption(new Option('--consume <rate>', 'peak consume rate of all readers together').conflicts('fanOut'))
    .option('--fan-out <times>', 'how many times everything is read, instead of --consume (without both: once)', factor)
    .requiredOption('--retention <duration>', 'how long records are kept, for example 7d')
    .option(
      '--local-retention <duration>',
      'how much of that an own Kafka keeps on its disks; older records go to object storage',
    )
    .option('--partitions <number>', 'limit of partitions of all topics together', wholeNumber)
    .option('--connections <number>', 'limit of client connections', wholeNumber)
    .option('--requests-per-second <number>', 'limit of requests, of a virtual tenant', wholeNumber)
    .option('--connections-per-second <number>', 'limit of new client connections, of a virtual tenant', wholeNumber)
    .option('--users <number>', 'limit of Kafka users', wholeNumber)
}

/** The flags of a workload, none of them needed. */
export function addOptionalWorkload(command: Command): Command {
  return command
    .option('--produce <rate>', 'peak produce rate after compression, for example 200MB/s')
    .addOption(new Option('--consume <rate>', 'peak consume rate of all readers together').conflicts('fanOut'))
    .option('--fan-out <times>', 'how many times everything is read, instead of --consume', factor)
    .option('--retention <duration>', 'how long records are kept, for example 7d')
    .option(
      '--local-retention <duration>',
      'how much of that an own Kafka keeps on its disks; older records go to object storage',
    )
    .option('--partitions <number>', 'limit of partitions of all topics together', wholeNumber)
    .option('--connections <number>', 'limit of client connections', wholeNumber)
    .option('--requests-per-second <number>', 'limit of requests, of a virtual tenant', wholeNumber)
    .option('--connections-per-second <number>', 'limit of new client connections, of a virtual tenant', wholeNumber)
    .option('--users <number>', 'limit of Kafka users', wholeNumber)
}

/** What the flags of `addWorkloadOptions` give. */
export interface WorkloadOptions {
  readonly produce: string
  readonly consume?: string
  readonly fanOut?: number
  readonly retention: string
  readonly localRetention?: string
  readonly partitions?: number
  readonly connections?: number
  readonly requestsPerSecond?: number
  readonly connectionsPerSecond?: number
  readonly users?: number
}

/** The flags that state a workload, by the names that documents have for them. */
export const WORKLOAD_NAMES = [
  'produce',
  'consume',
  'fanOut',
  'retention',
  'localRetention',
  'partitions',
  'connections',
  'requestsPerSecond',
  'connectionsPerSecond',
  'users',
] as const satisfies readonly (keyof WorkloadOptions)[]

/** The workload of a document: what was said of it, in one order. */
export function workloadFrom<T extends Partial<WorkloadOptions>>(options: T): Pick<T, keyof WorkloadOptions & keyof T> {
  const said = WORKLOAD_NAMES.filter((name) => options[name] !== undefined).map((name) => [name, options[name]] as const)
  return Object.fromEntries(said) as Pick<T, keyof WorkloadOptions & keyof T>
}
