// SPDX-License-Identifier: Apache-2.0
/** Python with confluent-kafka. */
import { type Connection, commented, headline, passwordOf } from './connection.ts'
import { LIBRDKAFKA_CONSUMER_SETTINGS, PRODUCER_SETTINGS, type Setting } from './settings.ts'

/** A program that writes one record and reads one. */
export function renderPython(connection: Connection): string {
  return `${commented([...headline(connection, 'Python'), 'pip install "confluent-kafka>=2.6.1"'], '#')}
from confluent_kafka import Consumer, KafkaException, Producer

connection = {
    "bootstrap.servers": ${quoted(connection.bootstrap)},
${loginValues(connection)
  .map(([name, value]) => `    ${quoted(name)}: ${quoted(value)},\n`)
  .join('')}}
producer = {
    **connection,
${PRODUCER_SETTINGS.map(lineOf).join('')}}
consumer = {
    **connection,
    "group.id": ${quoted(connection.group)},
${LIBRDKAFKA_CONSUMER_SETTINGS.map(lineOf).join('')}}


def report(error, message):
    if error is not None:
        raise KafkaException(error)
    print("written:", message.topic(), message.partition(), message.offset())


if __name__ == "__main__":
    writer = Producer(producer)
    writer.produce(${quoted(connection.topic)}, value=b"hello", on_delivery=report)
    writer.flush(30)

    reader = Consumer(consumer)
    reader.subscribe([${quoted(connection.topic)}])
    record = reader.poll(30)
    if record is None:
        raise SystemExit("no record within 30 seconds")
    if record.error():
        raise KafkaException(record.error())
    print("read:", record.value())
    reader.close()
`
}

function loginValues({ login, username, caFile, caPem }: Connection): readonly (readonly [string, string])[] {
  const proof: readonly (readonly [string, string])[] =
    login.kind === 'tls'
      ? [
          ['security.protocol', 'SSL'],
          ['ssl.certificate.pem', login.certificatePem],
          ['ssl.key.pem', login.keyPem],
        ]
      : [
          ['security.protocol', 'SASL_SSL'],
          ['sasl.mechanism', login.mechanism],
          ['sasl.username', username],
          ['sasl.password', passwordOf(login)],
        ]
  if (caFile !== undefined) return [...proof, ['ssl.ca.location', caFile]]
  return caPem === undefined ? proof : [...proof, ['ssl.ca.pem', caPem]]
}

function lineOf({ name, value, why }: Setting): string {
  const literal = value === 'true' ? 'True' : /^\d+$/.test(value) ? value : quoted(value)
  return `    # ${why}\n    ${quoted(name)}: ${literal},\n`
}

/** JSON's strings are Python's as well. */
function quoted(text: string): string {
  return JSON.stringify(text)
}
