// SPDX-License-Identifier: Apache-2.0
/**
 * Which metrics Kafka shows to Prometheus, as expressions over their names. Without a list there are some of every partition
 * and request: at 4000 partitions a broker more than anyone pays to keep.
 */

/** `values.allowList` of Strimzi's metrics reporter: health, load, time of requests, replication, and how controllers agree. */
export const ALLOWED_METRICS: readonly string[] = [
  'kafka_controller_kafkacontroller.*',
  'kafka_controller_controllerstats_.*',
  'kafka_server_brokertopicmetrics_.*',
  'kafka_server_replicamanager_.*',
  'kafka_server_replicafetchermanager_.*',
  'kafka_server_delayedoperationpurgatory_.*',
  'kafka_server_kafkarequesthandlerpool_.*',
  'kafka_server_socket_server_metrics_connection_(count|creation_rate)',
  'kafka_server_(produce|fetch|request|controllermutation).*throttle.*',
  'kafka_server_raft_metrics_.*',
  'kafka_server_broker_metadata_metrics_.*',
  'kafka_network_requestmetrics_(requests_total|totaltimems|errors_total).*',
  'kafka_network_socketserver_.*',
  'kafka_network_requestchannel_.*',
  'kafka_log_logmanager_.*',
  'kafka_log_remote_.*',
  'jvm_.*',
  'process_.*',
]
