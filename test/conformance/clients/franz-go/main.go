// SPDX-License-Identifier: Apache-2.0

// One task of the client story with franz-go. The task is JSON on standard input; the answer is JSON on standard output.
// test/conformance/client.ts says what each verb takes and answers.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sort"
	"strings"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sasl"
	"github.com/twmb/franz-go/pkg/sasl/plain"
	"github.com/twmb/franz-go/pkg/sasl/scram"
)

type record struct {
	Partition int32  `json:"partition"`
	Offset    int64  `json:"offset"`
	Key       string `json:"key"`
	Value     string `json:"value"`
	Header    string `json:"header"`
}

type task struct {
	BootstrapServers string   `json:"bootstrapServers"`
	Username         string   `json:"username"`
	Password         string   `json:"password"`
	Mechanism        string   `json:"mechanism"`
	CaFile           string   `json:"caFile"`
	Verb             string   `json:"verb"`
	Topic            string   `json:"topic"`
	Group            string   `json:"group"`
	TransactionalID  string   `json:"transactionalId"`
	Compression      string   `json:"compression"`
	Count            int      `json:"count"`
	Seconds          int      `json:"seconds"`
	Records          []record `json:"records"`
}

type answer map[string]any

func main() {
	var t task
	check(json.NewDecoder(os.Stdin).Decode(&t))
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(180+t.Seconds)*time.Second)
	defer cancel()
	verbs := map[string]func(context.Context, task) answer{
		"metadata": metadata, "produce": produce, "consume": consume, "transact": transact, "admin": admin, "steady": steady,
	}
	check(json.NewEncoder(os.Stdout).Encode(verbs[t.Verb](ctx, t)))
}

func connect(t task, more ...kgo.Opt) *kgo.Client {
	options := []kgo.Opt{kgo.SeedBrokers(t.BootstrapServers), kgo.SASL(mechanism(t))}
	if t.CaFile != "" {
		pem, err := os.ReadFile(t.CaFile)
		check(err)
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM(pem)
		options = append(options, kgo.DialTLSConfig(&tls.Config{RootCAs: roots}))
	}
	client, err := kgo.NewClient(append(options, more...)...)
	check(err)
	return client
}

func mechanism(t task) sasl.Mechanism {
	switch t.Mechanism {
	case "PLAIN":
		return plain.Auth{User: t.Username, Pass: t.Password}.AsMechanism()
	case "SCRAM-SHA-256":
		return scram.Auth{User: t.Username, Pass: t.Password}.AsSha256Mechanism()
	default:
		return scram.Auth{User: t.Username, Pass: t.Password}.AsSha512Mechanism()
	}
}

func metadata(ctx context.Context, t task) answer {
	client := connect(t)
	defer client.Close()
	found, err := kadm.NewClient(client).Metadata(ctx)
	check(err)
	topics := map[string]int{}
	for name, topic := range found.Topics {
		topics[name] = len(topic.Partitions)
	}
	brokers := [][]any{}
	for _, broker := range found.Brokers {
		brokers = append(brokers, []any{broker.Host, broker.Port})
	}
	sort.Slice(brokers, func(a, b int) bool { return brokers[a][1].(int32) < brokers[b][1].(int32) })
	return answer{"brokers": brokers, "topics": topics}
}

func codec(name string) kgo.CompressionCodec {
	return map[string]kgo.CompressionCodec{
		"none": kgo.NoCompression(), "gzip": kgo.GzipCompression(), "snappy": kgo.SnappyCompression(),
		"lz4": kgo.Lz4Compression(), "zstd": kgo.ZstdCompression(),
	}[name]
}

func toKafka(t task, records []record) []*kgo.Record {
	all := []*kgo.Record{}
	for _, each := range records {
		all = append(all, &kgo.Record{
			Topic: t.Topic, Partition: each.Partition, Key: []byte(each.Key), Value: []byte(each.Value),
			Headers: []kgo.RecordHeader{{Key: "index", Value: []byte(each.Header)}},
		})
	}
	return all
}

func produce(ctx context.Context, t task) answer {
	client := connect(t, kgo.RecordPartitioner(kgo.ManualPartitioner()), kgo.ProducerBatchCompression(codec(t.Compression)))
	defer client.Close()
	delivered := [][]int64{}
	for _, result := range client.ProduceSync(ctx, toKafka(t, t.Records)...) {
		check(result.Err)
		delivered = append(delivered, []int64{int64(result.Record.Partition), result.Record.Offset})
	}
	sort.Slice(delivered, func(a, b int) bool {
		if delivered[a][0] != delivered[b][0] {
			return delivered[a][0] < delivered[b][0]
		}
		return delivered[a][1] < delivered[b][1]
	})
	return answer{"delivered": delivered}
}

func consume(ctx context.Context, t task) answer {
	client := connect(t, kgo.ConsumerGroup(t.Group), kgo.ConsumeTopics(t.Topic), kgo.DisableAutoCommit(),
		kgo.FetchIsolationLevel(kgo.ReadCommitted()), kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()))
	defer client.Close()
	records := []record{}
	for len(records) < t.Count {
		fetches := client.PollRecords(ctx, t.Count-len(records))
		check(fetches.Err())
		for _, each := range fetches.Records() {
			records = append(records, record{each.Partition, each.Offset, string(each.Key), string(each.Value), string(each.Headers[0].Value)})
		}
		check(client.CommitRecords(ctx, fetches.Records()...))
	}
	return answer{"records": records}
}

func transact(ctx context.Context, t task) answer {
	client := connect(t, kgo.RecordPartitioner(kgo.ManualPartitioner()), kgo.TransactionalID(t.TransactionalID))
	half := len(t.Records) / 2
	for part, end := range []kgo.TransactionEndTry{kgo.TryAbort, kgo.TryCommit} {
		records := t.Records[:half]
		if part == 1 {
			records = t.Records[half:]
		}
		check(client.BeginTransaction())
		check(client.ProduceSync(ctx, toKafka(t, records)...).FirstErr())
		check(client.EndTransaction(ctx, end))
	}
	client.Close()
	t.Count = len(t.Records) - half
	return consume(ctx, t)
}

func admin(ctx context.Context, t task) answer {
	client := connect(t)
	defer client.Close()
	kafka := kadm.NewClient(client)
	retention := "3600000"
	_, err := kafka.CreateTopic(ctx, 2, 1, map[string]*string{"retention.ms": &retention}, t.Topic)
	check(err)
	updated, err := kafka.UpdatePartitions(ctx, 4, t.Topic)
	check(err)
	check(updated.Error())
	partitions := 0
	for waited := 0; partitions != 4 && waited < 300; waited++ {
		time.Sleep(100 * time.Millisecond)
		topics, err := kafka.ListTopics(ctx, t.Topic)
		check(err)
		partitions = len(topics[t.Topic].Partitions)
	}
	configs, err := kafka.DescribeTopicConfigs(ctx, t.Topic)
	check(err)
	config, err := configs.On(t.Topic, nil)
	check(err)
	seen := ""
	for _, each := range config.Configs {
		if each.Key == "retention.ms" {
			seen = each.MaybeValue()
		}
	}
	groups, err := kafka.ListGroups(ctx)
	check(err)
	offsets, err := kafka.FetchOffsets(ctx, t.Group)
	check(err)
	committed := [][]any{}
	for _, each := range offsets.Sorted() {
		committed = append(committed, []any{each.Topic, each.Partition, each.At})
	}
	_, err = kafka.DeleteTopic(ctx, t.Topic)
	check(err)
	return answer{"partitions": partitions, "retentionMs": seen, "groups": groups.Groups(), "committed": committed, "deleted": true}
}

// Produces and reads at the same time; whatever the application would be told is a failure.
func steady(ctx context.Context, t task) answer {
	var mutex sync.Mutex
	failures := []string{}
	fail := func(what string, err error) {
		mutex.Lock()
		defer mutex.Unlock()
		failures = append(failures, what+": "+err.Error())
	}
	acknowledged, gap := 0, time.Duration(0)
	last := time.Now()
	producer := connect(t, kgo.RequiredAcks(kgo.AllISRAcks()))
	read := make(chan int)
	produced := make(chan int, 1)
	go readSteadily(ctx, t, produced, read, fail)
	end := time.Now().Add(time.Duration(t.Seconds) * time.Second)
	for number := 0; time.Now().Before(end); number++ {
		value := []byte(fmt.Sprintf("%s-%d", t.Group, number))
		producer.Produce(ctx, &kgo.Record{Topic: t.Topic, Value: value}, func(_ *kgo.Record, err error) {
			if err != nil {
				fail("produce", err)
				return
			}
			mutex.Lock()
			defer mutex.Unlock()
			acknowledged++
			gap = max(gap, time.Since(last))
			last = time.Now()
		})
		time.Sleep(10 * time.Millisecond)
	}
	check(producer.Flush(ctx))
	producer.Close()
	produced <- acknowledged
	different := <-read
	return answer{"acknowledged": acknowledged, "read": different, "failures": failures, "longestGapMs": gap.Milliseconds()}
}

func readSteadily(ctx context.Context, t task, produced chan int, read chan int, fail func(string, error)) {
	client := connect(t, kgo.ConsumerGroup(t.Group), kgo.ConsumeTopics(t.Topic), kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()))
	defer client.Close()
	seen := map[string]bool{}
	wanted := -1
	var deadline time.Time
	for wanted < 0 || (len(seen) < wanted && time.Now().Before(deadline)) {
		select {
		case wanted = <-produced:
			deadline = time.Now().Add(120 * time.Second)
		default:
		}
		soon, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
		fetches := client.PollFetches(soon)
		cancel()
		fetches.EachError(func(_ string, _ int32, err error) {
			if !errors.Is(err, context.DeadlineExceeded) {
				fail("read", err)
			}
		})
		fetches.EachRecord(func(each *kgo.Record) {
			if strings.HasPrefix(string(each.Value), t.Group+"-") {
				seen[string(each.Value)] = true
			}
		})
	}
	read <- len(seen)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
