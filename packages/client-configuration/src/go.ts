// SPDX-License-Identifier: Apache-2.0
/** Go with franz-go. */
import { type Connection, commented, headline, passwordOf } from './connection.ts'

/** A program that writes one record and reads one. */
export function renderGo(connection: Connection): string {
  return `${commented([...headline(connection, 'Go'), 'go get github.com/twmb/franz-go@latest'], '//')}
package main

import (
${importsFor(connection)
  .map((path) => `\t"${path}"\n`)
  .join('')}
	"github.com/twmb/franz-go/pkg/kgo"
${connection.login.kind === 'scram' ? '\t"github.com/twmb/franz-go/pkg/sasl/scram"\n' : ''})

func connection() []kgo.Opt {
${encryptionFor(connection)}${renderLogin(connection)}		// Written when all in-sync replicas have it; idempotence is on by default.
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

function importsFor({ caFile, caPem }: Connection): readonly string[] {
  return [
    'context',
    'crypto/tls',
    ...(caFile === undefined && caPem === undefined ? [] : ['crypto/x509']),
    'fmt',
    'log',
    ...(caFile === undefined ? [] : ['os']),
    'time',
  ]
}

function encryptionFor({ login, caFile, caPem }: Connection): string {
  const ca = caFile === undefined ? caPem && inlineRoots(caPem) : rootsOf(caFile)
  const certificate = login.kind === 'tls' ? keyPair(login.certificatePem, login.keyPem) : ''
  const fields = [
    ...(ca === undefined ? [] : ['RootCAs: roots']),
    ...(login.kind === 'tls' ? ['Certificates: []tls.Certificate{certificate}'] : []),
    'MinVersion: tls.VersionTLS12',
  ]
  return `${ca ?? ''}${certificate}	encryption := &tls.Config{${fields.join(', ')}}\n`
}

function renderLogin({ login, username, bootstrap }: Connection): string {
  const head = `	return []kgo.Opt{
		kgo.SeedBrokers(${quoted(bootstrap)}),
		kgo.DialTLSConfig(encryption),
`
  if (login.kind === 'tls') return head
  return `	user := scram.Auth{User: ${quoted(username)}, Pass: ${quoted(passwordOf(login))}}
${head}		kgo.SASL(user.${login.mechanism === 'SCRAM-SHA-512' ? 'AsSha512Mechanism' : 'AsSha256Mechanism'}()),
`
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

function rootsOf(caFile: string): string {
  return `	pem, err := os.ReadFile(${quoted(caFile)})
	if err != nil {
		log.Fatal(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		log.Fatal("the CA file holds no certificate")
	}
`
}

function inlineRoots(caPem: string): string {
  return `	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM([]byte(${quoted(caPem)})) {
		log.Fatal("the CA is no certificate")
	}
`
}

function keyPair(certificatePem: string, keyPem: string): string {
  return `	certificate, err := tls.X509KeyPair([]byte(${quoted(certificatePem)}), []byte(${quoted(keyPem)}))
	if err != nil {
		log.Fatal(err)
	}
`
}

/** JSON's strings are Go's as well, but for two escapes that JSON never writes. */
function quoted(text: string): string {
  return JSON.stringify(text)
}
