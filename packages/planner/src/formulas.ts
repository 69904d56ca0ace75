// SPDX-License-Identifier: Apache-2.0
/**
 * The published formulas, one function each, named by its number in `docs/reference/sizing.md`. They know no profile and no
 * machine: rates go in and come out in one unit, whichever the caller uses. Each is tested with its publisher's own example.
 */

/** F5: bytes on all disks for a rate kept for some seconds, with all replicas. Apache Kafka operations; Oracle's example. */
export function diskBytesFor(rate: number, retentionSeconds: number, replicationFactor: number): number {
  return rate * retentionSeconds * replicationFactor
}

/** F2: what all brokers together receive: the producers' bytes once per replica. */
export function networkInFor(produce: number, replicationFactor: number): number {
  return produce * replicationFactor
}

/** F3: what all brokers together send: to readers, and to the followers. */
export function networkOutFor(produce: number, consume: number, replicationFactor: number): number {
  return consume + produce * (replicationFactor - 1)
}

/**
 * What the brokers of the zones that are left send while one of `zones` is away, times zones ÷ (zones − 1) so that it compares
 * with the capacity of all. The followers in the lost zone ask for nothing; the readers ask for as much as before.
 */
export function networkOutOneZoneLost(produce: number, consume: number, replicationFactor: number, zones: number): number {
  const replicasLeft = (replicationFactor * (zones - 1)) / zones
  return ((consume + produce * Math.max(0, replicasLeft - 1)) * zones) / (zones - 1)
}

/** F6: the produce rate one broker holds for ever. AWS Big Data Blog, "Best practices for right-sizing", equation 1. */
export function awsSustainedPerBroker(disk: number, network: number, fanOut: number, replicationFactor: number): number {
  return Math.min(disk / replicationFactor, network / (fanOut + replicationFactor - 1))
}

/** The factors of F8: what AWS's MSK sizing script keeps free for readers that lag, rebuilding and one lost zone of three. */
export const MSK_SCRIPT = { disk: 6.5, network: 5.7, networkPerReader: 1.5, tiered: 1.5, utilisation: 0.5 } as const

/** F8: the produce rate one broker should get. AWS MSK sizing script, three zones, replication factor 3. */
export function mskScriptPerBroker(disk: number, network: number, fanOut: number, tiered = false): number {
  const extra = tiered ? MSK_SCRIPT.tiered : 0
  const byDisk = disk / (MSK_SCRIPT.disk + extra)
  const byNetwork = network / (MSK_SCRIPT.network + extra + MSK_SCRIPT.networkPerReader * fanOut)
  return MSK_SCRIPT.utilisation * Math.min(byDisk, byNetwork)
}

/** F10: partitions for one topic: enough for its writers and its readers. Jun Rao, "How to choose the number of partitions". */
export function partitionsForTopic(rate: number, producePerPartition: number, consumePerPartition: number): number {
  return Math.max(Math.ceil(rate / producePerPartition), Math.ceil(rate / consumePerPartition))
}

/** F12: cores that are busy, before any reserve. Google Managed Service for Apache Kafka: 20 MB/s a core, a byte out costs a quarter. */
export function googleBusyCores(produceMBps: number, consumeMBps: number, replicationFactor: number): number {
  const out = networkOutFor(produceMBps, consumeMBps, replicationFactor)
  return (networkInFor(produceMBps, replicationFactor) + out / 4) / 20
}

/** F12 complete: cores and GiB of memory to order at a utilisation of `target`. */
export function googleCores(produceMBps: number, consumeMBps: number, replicationFactor: number, target = 0.5) {
  const cores = Math.max(3, Math.ceil(googleBusyCores(produceMBps, consumeMBps, replicationFactor) / target))
  return { cores, memoryGiB: cores * 4 }
}

/** F13: cores that are busy, before any reserve. Netflix: 0.030 CPU seconds per MiB written, 0.040 per MiB read. */
export function netflixBusyCores(produceMiBps: number, consumeMiBps: number, replicationFactor: number): number {
  const written = networkInFor(produceMiBps, replicationFactor)
  const read = networkOutFor(produceMiBps, consumeMiBps, replicationFactor)
  return 0.03 * written + 0.04 * read
}

/** F18: brokers by Alibaba and Confluent: 400 MB/s of all traffic a broker, half of it spare, never below 4. */
export function alibabaBrokers(produceMBps: number, fanOut: number, replicationFactor: number): number {
  return Math.max(4, Math.ceil((produceMBps * (fanOut + 2 * replicationFactor - 1) * 2) / 400))
}

/**
 * F19: GiB a month that cross zones and are billed: writers that reach a leader elsewhere, followers, and readers unless they
 * fetch from a follower in their own zone. `replicationBilled` is false on MSK.
 */
export function zoneTrafficGiBPerMonth(
  produceMiBps: number,
  options: {
    readonly fanOut: number
    readonly zones: number
    readonly replicationFactor: number
    readonly followerFetch: boolean
    readonly replicationBilled: boolean
  },
): number {
  const elsewhere = (options.zones - 1) / options.zones
  const replication = options.replicationBilled && options.zones > 1 ? options.replicationFactor - 1 : 0
  const readers = options.followerFetch ? 0 : elsewhere * options.fanOut
  return (produceMiBps * (elsewhere + replication + readers) * 3600 * 730) / 1024
}

/** F9 as Red Hat's fleet manager counts: brokers for a number of partitions before replication, in steps of three. */
export function fleetManagerBrokers(partitions: number): number {
  return Math.ceil(Math.ceil((partitions * 3) / 1500) / 3) * 3
}

/** F22: GiB of disk per broker by Red Hat's fleet manager: its share of what is kept, 10 GiB, a minute of writes, 5 % for the file system. */
export function fleetManagerDiskGiB(retainedGiB: number, ingressMiBps: number, brokers: number): number {
  return (retainedGiB / brokers + 10 + (ingressMiBps / brokers / 1024) * 30 * 2) * 1.05
}
