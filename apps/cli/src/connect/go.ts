// SPDX-License-Identifier: Apache-2.0
/** Go with franz-go. */
import { type Connection, commented, headline, passwordOf } from './connection.ts'

/** A program that writes one record and reads one. */
export function renderGo(connection: Connection): string {
  return `${commented([...headline(connection, 'Go'), 'go get github.com/twmb/franz-go@latest'], '//')}
package main

import (
	"context"
	"crypto/tls"
${connection.caFile === undefined ? '' : '\t"crypto/x509"\n'}	"fmt"
	"log"
${connection.caFile === undefined ? '' : '\t"os"\n'}	"time"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sasl/scram"
)

func connection() []kgo.Opt {
${connection.caFile === undefined ? systemRoots() : ownRoots(connection.caFile)}	user := scram.Auth{User: ${quoted(connection.username)}, Pass: ${quoted(passwordOf(connection))}}
	return []kgo.Opt{
		kgo.SeedBrokers(${quoted(connection.bootstrap)}),
		kgo.DialTLSConfig(encryption),
		kgo.SASL(user.${connection.mechanism === 'SCRAM-SHA-512' ? 'AsSha512Mechanism' : 'AsSha256Mechanism'}()),
		// Written when all in-sync replicas have it; idempotence is on by default.
		kgo.RequiredAcks(kgo.AllISRAcks()),
		kgo.ProducerBatchCompression(kgo.Lz4Compression()),
		kgo.ProducerLinger(10 * time.Millisecond),
		kgo.RecordDeliveryTimeout(2 * time.Minute),
		// A new group begins with the oldest record; aborted transactions are not seen.
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.FetchIsolationLevel(kgo.ReadCommitted()),
		kgo.FetchMinBytes(1024),
		kgo.FetchMaxWait(500 * time.Millisecond),
	}
}

${renderMain(connection)}`
}

function renderMain(connection: Connection): string {
  return `func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()

	reading := []kgo.Opt{kgo.ConsumerGroup(${quoted(connection.group)}), kgo.ConsumeTopics(${quoted(connection.topic)})}
	client, err := kgo.NewClient(append(connection(), reading...)...)
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	record := &kgo.Record{Topic: ${quoted(connection.topic)}, Value: []byte("hello")}
	if err := client.ProduceSync(ctx, record).FirstErr(); err != nil {
		log.Fatal(err)
	}
	fmt.Println("written:", record.Topic, record.Partition, record.Offset)

	fetches := client.PollFetches(ctx)
	if err := fetches.Err0(); err != nil {
		log.Fatal(err)
	}
	fetches.EachRecord(func(read *kgo.Record) { fmt.Println("read:", string(read.Value)) })
}
`
}

function ownRoots(caFile: string): string {
  return `	pem, err := os.ReadFile(${quoted(caFile)})
	if err != nil {
		log.Fatal(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		log.Fatal("the CA file holds no certificate")
	}
	encryption := &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
`
}

function systemRoots(): string {
  return '\tencryption := &tls.Config{MinVersion: tls.VersionTLS12}\n'
}

/** JSON's strings are Go's as well, but for two escapes that JSON never writes. */
function quoted(text: string): string {
  return JSON.stringify(text)
}
