// SPDX-License-Identifier: Apache-2.0
/**
 * Machines, disks and prices that a dedicated cluster can be planned with. Data only. The default is the list of Amazon MSK's
 * sizing script (us-east-1); an installation elsewhere passes a list of its own.
 */
const MIB = 1024 ** 2
const GIB = 1024 ** 3

/** One type of machine. Rates are those it holds for ever, not bursts. */
export interface Instance {
  readonly name: string
  readonly cores: number
  readonly memoryBytes: number
  /** Each way. */
  readonly networkBytesPerSecond: number
  /** Between the machine and its disks, read and write together. */
  readonly diskBytesPerSecond: number
  /** Leaders and followers together, as AWS recommends and as AWS still supports. */
  readonly replicas: { readonly recommended: number; readonly most: number }
  readonly dollarsPerHour: number
}

/** Everything that can be bought. */
export interface Catalogue {
  readonly name: string
  readonly instances: readonly Instance[]
  readonly zones: number
  readonly replicationFactor: number
  /** The largest cluster. */
  readonly mostBrokers: number
  readonly volume: {
    readonly largestBytes: number
    /** Volumes of one broker. A second one comes only when one cannot be large enough. */
    readonly mostPerBroker: number
    readonly fastestBytesPerSecond: number
    /** Throughput that comes with the price of the disk. */
    readonly includedBytesPerSecond: number
    readonly dollarsPerGiBMonth: number
    readonly dollarsPerMiBpsMonth: number
  }
  /** Whether traffic between brokers of different zones is billed (not on MSK), and the price both ends together. */
  readonly zoneTraffic: { readonly dollarsPerGiB: number; readonly replicationBilled: boolean }
}

/** Name, cores, GiB, network MiB/s, disk MiB/s, replicas recommended and most, dollars an hour. */
type Row = readonly [string, number, number, number, number, number, number, number]

const ROWS: readonly Row[] = [
  ['m7g.large', 2, 8, 117, 78.75, 1000, 1500, 0.204],
  ['m7g.xlarge', 4, 16, 234, 156.25, 1000, 1500, 0.408],
  ['m7g.2xlarge', 8, 32, 469, 312.5, 2000, 3000, 0.816],
  ['m7g.4xlarge', 16, 64, 937, 625, 4000, 6000, 1.632],
  ['m7g.8xlarge', 32, 128, 1875, 1000, 4000, 6000, 3.264],
  ['m7g.12xlarge', 48, 192, 2812, 1000, 4000, 6000, 4.896],
  ['m7g.16xlarge', 64, 256, 3750, 1000, 4000, 6000, 6.528],
  ['m5.large', 2, 8, 96, 81, 1000, 1500, 0.21],
  ['m5.xlarge', 4, 16, 160, 144, 1000, 1500, 0.42],
  ['m5.2xlarge', 8, 32, 320, 250, 2000, 3000, 0.84],
  ['m5.4xlarge', 16, 64, 640, 593.75, 4000, 6000, 1.68],
  ['m5.8xlarge', 32, 128, 1280, 850, 4000, 6000, 3.36],
  ['m5.12xlarge', 48, 192, 1536, 1000, 4000, 6000, 5.04],
  ['m5.16xlarge', 64, 256, 2560, 1000, 4000, 6000, 6.72],
  ['m5.24xlarge', 96, 384, 3200, 1000, 4000, 6000, 10.08],
]

/**
 * Amazon MSK in us-east-1: the instance table and the prices of AWS's sizing script, replica counts of the MSK best practices.
 * At most 60 brokers (KRaft). Self-managed machines cost less by the hour and pay for replication between zones.
 */
export const MSK_US_EAST_1: Catalogue = {
  name: 'Amazon MSK, us-east-1 (AWS MSK sizing script)',
  instances: ROWS.map(instanceOf),
  zones: 3,
  replicationFactor: 3,
  mostBrokers: 60,
  volume: {
    largestBytes: 16_384 * GIB,
    mostPerBroker: 1,
    fastestBytesPerSecond: 1000 * MIB,
    includedBytesPerSecond: 250 * MIB,
    dollarsPerGiBMonth: 0.1,
    dollarsPerMiBpsMonth: 0.08,
  },
  zoneTraffic: { dollarsPerGiB: 0.02, replicationBilled: false },
}

function instanceOf([name, cores, memoryGiB, network, disk, recommended, most, dollarsPerHour]: Row): Instance {
  return {
    name,
    cores,
    memoryBytes: memoryGiB * GIB,
    networkBytesPerSecond: network * MIB,
    diskBytesPerSecond: disk * MIB,
    replicas: { recommended, most },
    dollarsPerHour,
  }
}
