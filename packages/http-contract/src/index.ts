// SPDX-License-Identifier: Apache-2.0
export { type Call, type CheckedCall, type ClientOptions, callApi, callStream } from './call-api.ts'
export {
  type ApiClient,
  createClient,
  type EventOptions,
  type ListOptions,
  type ResourceName,
  type WriteOptions,
} from './client.ts'
export type { AccessQuestion, ConnectionTest, UserAccess } from './kafka/access.ts'
export type { GroupAnswer, GroupOffset, GroupSummary, OffsetReset, OffsetTarget } from './kafka/groups.ts'
export {
  type BrowseEvent,
  type BrowseQuery,
  type BrowseRequest,
  browseQuerySchema,
  CONTENT_FORMATS,
  type ContentFormat,
  type ExportQuery,
  type ExportRequest,
  exportQuerySchema,
  LONGEST_FILTER,
  type Message,
  type MessageContent,
  type MessageQuery,
  MOST_EXPORTED,
  MOST_SHOWN,
  type Payload,
  type ProduceAnswer,
  type ProduceRequest,
  type WholeMessage,
} from './kafka/message-shapes.ts'
export {
  type BrowseOptions,
  exportPath,
  MESSAGE_ROUTES,
  type MessageCalls,
  messagePartPath,
  type TopicPath,
} from './kafka/messages.ts'
export type { ClusterView, PlatformPart } from './kafka/platform.ts'
export { SERIES_METRICS, type Series, type SeriesAnswer, type SeriesMetric } from './kafka/series.ts'
export type {
  KafkaTopicAnswer,
  PartialProblem,
  PartitionAnswer,
  SharedBy,
  TopicSetting,
  ViewListOptions,
} from './kafka/topic-views.ts'
export {
  collectionPath,
  describeKind,
  KINDS_MEMBER,
  type KindDescription,
  KNOWN_KINDS,
  kindDescriptionSchema,
  kindsIn,
  resourcePath,
} from './kind-description.ts'
export type { KubernetesAuditEvent, KubernetesAuditEvents } from './kubernetes-routes.ts'
export {
  type AuditCheckAnswer,
  type AuditEventAnswer,
  type AuditExportQuery,
  type AuditPage,
  type AuditQueryInput,
  auditExportPath,
} from './people/audit.ts'
export type { PolicyFailure, PolicyFinding, PolicyTrial, PolicyTrialRequest } from './people/policies.ts'
export type { ExplainRequest, Explanation, PersonAnswer, ShippedRole } from './people/rights.ts'
export type {
  DeviceStart,
  DeviceToken,
  GrantAnswer,
  SessionAnswer,
  SessionSummary,
  SignInOptions,
} from './people/sign-in.ts'
export type { NewToken, TokenSummary } from './people/tokens.ts'
export { errorOfAnswer, type ProblemDocument, problemSchema } from './problem.ts'
export { readEventStream, type ServerSentEvent } from './read-event-stream.ts'
export type { ReceivedShare } from './received-shares.ts'
export { renderOpenApi } from './render-open-api.ts'
export {
  type Change,
  type CredentialAnswer,
  type DeleteAnswer,
  type EventAnswer,
  type IssuedCredentials,
  type ListAnswer,
  type PutAnswer,
  type ResourceAnswer,
  SERVER_METADATA,
} from './resource-answer.ts'
export type { Access, Right, Route } from './route.ts'
export { allRoutes, FIXED_ROUTES, type KindRoutes, routesOfKind } from './routes.ts'
export {
  type ConnectionAnswer,
  connectionSchema,
  type DedicatedObserved,
  dedicatedObservedSchema,
  type KubeconfigAnswer,
  kubeconfigAnswerSchema,
  type PlanChangeAnswer,
  type PlanChangeRequest,
  type ProvisioningStep,
  type PurgeAnswer,
} from './tenant-life.ts'
