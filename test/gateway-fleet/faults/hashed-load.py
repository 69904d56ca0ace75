# SPDX-License-Identifier: Apache-2.0
"""Several producers in one process (librdkafka), each with a topic of its own, and a reader in a group, that go on through faults. Every record carries its
number and the hash of all before it. The first line on standard input is the task; later lines are commands: `{"phase": name}`,
`{"burst": bytes}`. Four times a second the acknowledgements of the phase are printed. At the end of standard input everything is
read back and the last line is the account."""

import hashlib
import json
import sys
import threading
import time

from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition

task = json.loads(sys.stdin.readline())
PAUSE_SECONDS = 0.01
FLUSH_SECONDS = 60
READ_SECONDS = 60
BURST_RECORD_BYTES = 50_000


def settings(stream, **more):
    direct = stream.get("bootstrapServers")
    secured = {"security.protocol": "SASL_SSL", "ssl.ca.location": task["caFile"]}
    return {
        "bootstrap.servers": direct or task["bootstrapServers"],
        **({"security.protocol": "SASL_PLAINTEXT"} if direct else secured),
        "sasl.mechanism": "SCRAM-SHA-512",
        "sasl.username": stream["username"],
        "sasl.password": stream["password"],
        "socket.timeout.ms": task["requestTimeoutMs"],
        "reconnect.backoff.max.ms": 1000,
        "log_level": 0,
        **more,
    }


class Stream:
    """One producer, and what was acknowledged to it."""

    def __init__(self, stream):
        self.stream = stream
        self.number = 0
        self.acknowledged = set()
        self.failures = []
        self.last = [time.monotonic()] * stream["partitions"]
        self.begin("begin")
        limits = {"request.timeout.ms": task["requestTimeoutMs"], "delivery.timeout.ms": 120_000, "linger.ms": 2}
        self.producer = Producer(settings(stream, **limits, **stream["settings"]))
        self.reader = Reader(self) if stream.get("isRead") else None

    def begin(self, phase):
        self.phase = phase
        self.read_gap = 0
        self.acks = [0] * self.stream["partitions"]
        self.gaps = [0] * self.stream["partitions"]

    def send(self, size=200):
        text = f"{self.stream['name']}:{self.number}:".encode().ljust(size, b".")
        value = text + hashlib.sha256(text).hexdigest().encode()
        number, partition = self.number, self.number % self.stream["partitions"]
        self.number += 1
        while True:
            try:
                self.producer.produce(self.stream["topic"], value, partition=partition, on_delivery=self.delivered(number))
                return
            except BufferError:
                self.producer.poll(0.05)

    def delivered(self, number):
        def take(error, message):
            if error is not None:
                self.failures.append(f"{self.phase}: {error}")
                return
            self.acknowledged.add(number)
            partition, now = message.partition(), time.monotonic()
            self.acks[partition] += 1
            self.gaps[partition] = max(self.gaps[partition], round((now - self.last[partition]) * 1000))
            self.last[partition] = now

        return take

    def state(self):
        return {"acks": min(self.acks), "longestWaitMs": max(self.gaps), "longestReadWaitMs": self.read_gap}

    def account(self):
        counts, damaged = read_all(self.stream)
        return {
            "acknowledged": len(self.acknowledged),
            "lost": len([number for number in self.acknowledged if number not in counts]),
            "doubled": len([number for number, count in counts.items() if count > 1]),
            "unread": len(self.acknowledged - self.reader.finish()) if self.reader else 0,
            "damaged": damaged,
            "failures": self.failures,
        }


class Reader(threading.Thread):
    """Reads what a stream sends, in a group, while it is sent."""

    def __init__(self, stream):
        super().__init__(daemon=True)
        self.stream = stream
        self.seen = set()
        self.is_ending = False
        group = {"group.id": f"{stream.stream['name']}-readers", "auto.offset.reset": "earliest"}
        self.consumer = Consumer(settings(stream.stream, **group))
        self.consumer.subscribe([stream.stream["topic"]])
        self.start()

    def run(self):
        last = None
        while not (self.is_ending and self.stream.acknowledged <= self.seen):
            message = self.consumer.poll(0.2)
            if message is None or message.error():
                continue
            now = time.monotonic()
            if last is not None:
                self.stream.read_gap = max(self.stream.read_gap, round((now - last) * 1000))
            last = now
            self.seen.add(int(message.value().split(b":")[1]))

    def finish(self):
        self.is_ending = True
        self.join(READ_SECONDS)
        return self.seen


def read_all(stream):
    """How often each number stands in the topic, and how many records do not fit their hash."""
    consumer = Consumer(settings(stream, **{"group.id": f"{stream['name']}-check", "check.crcs": True, "enable.auto.commit": False}))
    ends = {}
    for partition in range(stream["partitions"]):
        ends[partition] = patiently(lambda: consumer.get_watermark_offsets(TopicPartition(stream["topic"], partition), 5))[1]
    consumer.assign([TopicPartition(stream["topic"], partition, 0) for partition in ends])
    counts, damaged = {}, 0
    unread = {partition for partition, end in ends.items() if end > 0}
    deadline = time.monotonic() + READ_SECONDS
    while unread and time.monotonic() < deadline:
        for message in consumer.consume(500, 0.5):
            if message.error():
                continue
            text, digest = message.value()[:-64], message.value()[-64:]
            if hashlib.sha256(text).hexdigest().encode() != digest:
                damaged += 1
            number = int(text.split(b":")[1])
            counts[number] = counts.get(number, 0) + 1
            if message.offset() + 1 >= ends[message.partition()]:
                unread.discard(message.partition())
    consumer.close()
    return counts, damaged


def patiently(ask):
    deadline = time.monotonic() + READ_SECONDS
    while True:
        try:
            return ask()
        except KafkaException:
            if time.monotonic() > deadline:
                raise


streams = [Stream(each) for each in task["streams"]]
commands = []
ended = threading.Event()


def listen():
    for line in sys.stdin:
        commands.append(json.loads(line))
    ended.set()


threading.Thread(target=listen, daemon=True).start()
printed = 0.0
while not ended.is_set() or commands:
    while commands:
        command = commands.pop(0)
        for stream in streams:
            if "phase" in command:
                stream.begin(command["phase"])
        if "burst" in command:
            for _ in range(command["burst"] // BURST_RECORD_BYTES):
                streams[0].send(BURST_RECORD_BYTES)
    for stream in streams:
        stream.send()
        stream.producer.poll(0)
    if time.monotonic() - printed > 0.25:
        printed = time.monotonic()
        print(json.dumps({"phase": streams[0].phase, "streams": {each.stream["name"]: each.state() for each in streams}}), flush=True)
    time.sleep(PAUSE_SECONDS)
for stream in streams:
    stream.producer.flush(FLUSH_SECONDS)
print(json.dumps({"account": {each.stream["name"]: each.account() for each in streams}}), flush=True)
