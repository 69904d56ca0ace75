// SPDX-License-Identifier: Apache-2.0
/**
 * The defaults that every format gives, each with its reason: no acknowledged record is lost, none is written twice, small
 * records travel together, and a reader starts where nothing is missed.
 */

/** One setting by its name in Java's clients and in librdkafka; `why` is printed above it. */
export interface Setting {
  readonly name: string
  readonly value: string
  readonly why: string
}

/** For producers; the same names in both families of clients. */
export const PRODUCER_SETTINGS: readonly Setting[] = [
  { name: 'acks', value: 'all', why: 'A record counts as written when all in-sync replicas have it.' },
  { name: 'enable.idempotence', value: 'true', why: 'Retries write nothing twice and keep the order.' },
  { name: 'compression.type', value: 'lz4', why: 'Less network and disk for little processor time.' },
  { name: 'linger.ms', value: '10', why: 'Records wait up to 10 ms to travel together.' },
  {
    name: 'delivery.timeout.ms',
    value: '120000',
    why: 'Retries go on for two minutes: longer than the restart of a broker.',
  },
]

/** For consumers; `fetch.max.wait.ms` is called `fetch.wait.max.ms` in librdkafka. */
export const CONSUMER_SETTINGS: readonly Setting[] = [
  {
    name: 'auto.offset.reset',
    value: 'earliest',
    why: 'A new group begins with the oldest record, so that none is missed.',
  },
  { name: 'isolation.level', value: 'read_committed', why: 'Records of aborted transactions are not seen.' },
  { name: 'fetch.min.bytes', value: '1024', why: 'An answer waits for 1 KiB of records, but at most half a second.' },
]

const FETCH_WAIT_WHY = 'How long such an answer waits.'

/** The consumer settings in Java's words. */
export const JAVA_CONSUMER_SETTINGS: readonly Setting[] = [
  ...CONSUMER_SETTINGS,
  { name: 'fetch.max.wait.ms', value: '500', why: FETCH_WAIT_WHY },
]

/** The consumer settings in librdkafka's words. */
export const LIBRDKAFKA_CONSUMER_SETTINGS: readonly Setting[] = [
  ...CONSUMER_SETTINGS,
  { name: 'fetch.wait.max.ms', value: '500', why: FETCH_WAIT_WHY },
]
