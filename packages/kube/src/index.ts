// SPDX-License-Identifier: Apache-2.0
export type {
  ClusterWatch,
  KindState,
  KubeOptions,
  ObjectKey,
  ObservedCondition,
  ObservedObject,
  WatchedKind,
  WatchTiming,
} from './cluster-watch.ts'
export { watchCluster } from './watching/watch-cluster.ts'
