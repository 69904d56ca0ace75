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
export { apiServerOf } from './connection/kubeconfig.ts'
export { readAuthority, readUserCredentials, type UserCredentials } from './read-user-credentials.ts'
export { type Endpoint, endpointOf, endpointsOf, type ListenerLogin } from './steps/endpoint-of.ts'
export { commitOfRevision } from './steps/flux-steps.ts'
export { type DeletionView, progressOfDeletion } from './steps/progress-of-deletion.ts'
export { type ClusterView, currentStep, type Judgement, type Step, type StepState, viewOf } from './steps/step.ts'
export { type TenantView, tenantSteps } from './steps/tenant-steps.ts'
export { type MirroredCondition, mirrorTenant, TENANT_KIND, type TenantMirror, tenantDefinition } from './tenant-mirror.ts'
export { watchCluster } from './watching/watch-cluster.ts'
