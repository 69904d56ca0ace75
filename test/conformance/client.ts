// SPDX-License-Identifier: Apache-2.0
/**
 * What the story asks of every Kafka client, whatever its language. A client is a program that does one task and ends, so
 * that each task is a fresh process, as after a restart.
 */

/** Where and as whom a client connects. Without `caFile` the connection is plaintext (straight to a broker on loopback). */
export interface Target {
  readonly bootstrapServers: string
  readonly username: string
  readonly password: string
  readonly mechanism: Mechanism
  readonly caFile?: string
}

export type Mechanism = 'SCRAM-SHA-512' | 'SCRAM-SHA-256' | 'PLAIN'
export type Compression = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd'

/** A record of the story. `offset` is known after it was read. */
export interface StoryRecord {
  readonly partition: number
  readonly key: string
  readonly value: string
  /** Value of the header `index`; the same for all records of a partition. */
  readonly header: string
  readonly offset?: number
}

/** One task. */
export type Task =
  /** Brokers and all topics the user sees. */
  | { readonly verb: 'metadata' }
  /** Produces the records to their partitions, with all acknowledgements. */
  | {
      readonly verb: 'produce'
      readonly topic: string
      readonly compression: Compression
      readonly records: readonly StoryRecord[]
    }
  /** Reads exactly `count` records in the group, committed ones only, commits them, leaves. */
  | {
      readonly verb: 'consume'
      readonly topic: string
      readonly group: string
      readonly count: number
      readonly groupProtocol?: 'consumer'
    }
  /** Aborts the first half of the records and commits the second, then reads what is committed. */
  | {
      readonly verb: 'transact'
      readonly topic: string
      readonly group: string
      readonly transactionalId: string
      readonly records: readonly StoryRecord[]
    }
  /** Creates `topic` with 2 partitions and a retention of one hour, grows it to 4, reads it back, lists groups, deletes it. */
  | { readonly verb: 'admin'; readonly topic: string; readonly group: string }
  /** Produces 100 records a second with all acknowledgements and reads them in a group, both at once, for so long. */
  | { readonly verb: 'steady'; readonly topic: string; readonly group: string; readonly seconds: number }

export interface MetadataAnswer {
  /** Sorted. */
  readonly brokers: readonly (readonly [host: string, port: number])[]
  /** Partitions by topic. */
  readonly topics: Readonly<Record<string, number>>
}

export interface ProduceAnswer {
  /** Sorted; empty for a client that does not tell. */
  readonly delivered: readonly (readonly [partition: number, offset: number])[]
}

export interface ConsumeAnswer {
  readonly records: readonly StoryRecord[]
}

export interface AdminAnswer {
  readonly partitions: number
  readonly retentionMs: string
  readonly groups: readonly string[]
  /** Sorted. */
  readonly committed: readonly (readonly [topic: string, partition: number, offset: number])[]
  readonly deleted: boolean
}

export interface SteadyAnswer {
  readonly acknowledged: number
  /** How many different records were read; acknowledged ones that are missing are lost. */
  readonly read: number
  /** What the application was told went wrong, in producing or in reading. */
  readonly failures: readonly string[]
  /** The longest time between two acknowledgements, in milliseconds. */
  readonly longestGapMs: number
}

export type AnswerOf<T extends Task> = T extends { verb: 'metadata' }
  ? MetadataAnswer
  : T extends { verb: 'produce' }
    ? ProduceAnswer
    : T extends { verb: 'admin' }
      ? AdminAnswer
      : T extends { verb: 'steady' }
        ? SteadyAnswer
        : ConsumeAnswer

/** A client under test. */
export interface Client {
  /** As its users call it, with the version. */
  readonly name: string
  /** How it logs in at the gateway: a client that cannot do SCRAM with Kafka 4 uses PLAIN. */
  readonly mechanisms: readonly [Mechanism, ...Mechanism[]]
  readonly compressions: readonly Compression[]
  readonly verbs: readonly Task['verb'][]
  /** What it cannot do at a broker without rights on the whole cluster, and can do through the gateway. */
  readonly onlyThroughGateway: readonly Task['verb'][]
  /** Whether it can choose the partition of a record; Java's console producer goes by the key. */
  readonly choosesPartition: boolean
  /** Whether it can use the group protocol of KIP-848. */
  readonly hasConsumerProtocol: boolean
  /** Makes the client ready (installs or builds it, once per machine). A missing tool is an error with the install command. */
  prepare(): Promise<void>
  run<T extends Task>(target: Target, task: T): Promise<AnswerOf<T>>
}
