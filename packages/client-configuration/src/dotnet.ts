// SPDX-License-Identifier: Apache-2.0
/** C# with Confluent.Kafka. */
import { type Connection, commented, headline, passwordOf } from './connection.ts'

/** A program that writes one record and reads one. */
export function renderDotnet(connection: Connection): string {
  return `${commented([...headline(connection, '.NET'), 'dotnet add package Confluent.Kafka --version 2.6.1 (or later)'], '//')}
using Confluent.Kafka;

var connection = new ClientConfig
{
    BootstrapServers = ${quoted(connection.bootstrap)},
${loginLines(connection)
  .map((line) => `    ${line},\n`)
  .join('')}};
var writing = new ProducerConfig(new Dictionary<string, string>(connection))
{
    Acks = Acks.All, // written when all in-sync replicas have it
    EnableIdempotence = true, // retries write nothing twice
    CompressionType = CompressionType.Lz4,
    LingerMs = 10,
    MessageTimeoutMs = 120000,
};
var reading = new ConsumerConfig(new Dictionary<string, string>(connection))
{
    GroupId = ${quoted(connection.group)},
    AutoOffsetReset = AutoOffsetReset.Earliest, // a new group begins with the oldest record
    IsolationLevel = IsolationLevel.ReadCommitted, // aborted transactions are not seen
    FetchMinBytes = 1024,
    FetchWaitMaxMs = 500,
};

using var producer = new ProducerBuilder<Null, string>(writing).Build();
var written = await producer.ProduceAsync(${quoted(connection.topic)}, new Message<Null, string> { Value = "hello" });
Console.WriteLine($"written: {written.TopicPartitionOffset}");

using var consumer = new ConsumerBuilder<Ignore, string>(reading).Build();
consumer.Subscribe(${quoted(connection.topic)});
var read = consumer.Consume(TimeSpan.FromSeconds(30));
Console.WriteLine($"read: {read?.Message.Value ?? "nothing within 30 seconds"}");
consumer.Close();
`
}

function loginLines({ login, username, caFile, caPem }: Connection): readonly string[] {
  const proof =
    login.kind === 'tls'
      ? [
          'SecurityProtocol = SecurityProtocol.Ssl',
          `SslCertificatePem = ${quoted(login.certificatePem)}`,
          `SslKeyPem = ${quoted(login.keyPem)}`,
        ]
      : [
          'SecurityProtocol = SecurityProtocol.SaslSsl',
          `SaslMechanism = SaslMechanism.${login.mechanism === 'SCRAM-SHA-512' ? 'ScramSha512' : 'ScramSha256'}`,
          `SaslUsername = ${quoted(username)}`,
          `SaslPassword = ${quoted(passwordOf(login))}`,
        ]
  if (caFile !== undefined) return [...proof, `SslCaLocation = ${quoted(caFile)}`]
  return caPem === undefined ? proof : [...proof, `SslCaPem = ${quoted(caPem)}`]
}

/** JSON's strings are C#'s as well. */
function quoted(text: string): string {
  return JSON.stringify(text)
}
