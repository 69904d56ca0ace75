// SPDX-License-Identifier: Apache-2.0
/** JavaScript with @platformatic/kafka; the words of kafkajs, for those who have it, in a comment. */
import { type Connection, commented, headline, passwordOf } from './connection.ts'

/** A program that writes one record and reads one. */
export function renderNode(connection: Connection): string {
  const { caFile } = connection
  return `${commented([...headline(connection, 'Node 22.22 or later'), 'npm install @platformatic/kafka, and save this as kafka.mjs'], '//')}
${caFile === undefined ? '' : "import { readFileSync } from 'node:fs'\n"}import { Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka'

const connection = {
  clientId: ${quoted(connection.username)},
  bootstrapBrokers: [${quoted(connection.bootstrap)}],
  tls: { ${tlsOf(connection).join(', ')} },
${renderLogin(connection)}
${renderUse(connection)}`
}

function tlsOf({ login, caFile, caPem }: Connection): readonly string[] {
  const own = login.kind === 'tls' ? [`cert: ${quoted(login.certificatePem)}`, `key: ${quoted(login.keyPem)}`] : []
  if (caFile !== undefined) return [`ca: readFileSync(${quoted(caFile)})`, ...own]
  return caPem === undefined ? own : [`ca: ${quoted(caPem)}`, ...own]
}

function renderLogin({ login, username }: Connection): string {
  const kafkajs = '// The same for kafkajs, which knows no lz4: { clientId, brokers: [...], ssl: { ca: [...]'
  if (login.kind === 'tls') return `}\n${kafkajs}, cert, key } }\n`
  return `  sasl: {
    mechanism: ${quoted(login.mechanism)},
    username: ${quoted(username)},
    password: ${quoted(passwordOf(login))},
  },
}
${kafkajs} }, sasl: { mechanism: '${login.mechanism.toLowerCase()}', ... } }
`
}

function renderUse(connection: Connection): string {
  return `const producer = new Producer({
  ...connection,
  serializers: stringSerializers,
  acks: -1, // written when all in-sync replicas have it
  idempotent: true, // retries write nothing twice
  compression: 'lz4',
})
await producer.send({ messages: [{ topic: ${quoted(connection.topic)}, value: 'hello' }] })
console.log('written')
await producer.close()

const consumer = new Consumer({ ...connection, groupId: ${quoted(connection.group)}, deserializers: stringDeserializers })
const records = await consumer.consume({
  topics: [${quoted(connection.topic)}],
  mode: 'committed',
  fallbackMode: 'earliest', // a new group begins with the oldest record
  isolationLevel: 'READ_COMMITTED', // aborted transactions are not seen
  minBytes: 1024,
  maxWaitTime: 500,
})
for await (const record of records) {
  console.log('read:', record.value)
  await record.commit()
  break
}
await consumer.close(true)
`
}

/** A string in single quotes. */
function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`
}
