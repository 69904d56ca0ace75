// SPDX-License-Identifier: Apache-2.0
export {
  type ApiClient,
  type ClientOptions,
  createClient,
  type EventOptions,
  type ListOptions,
  type ResourceName,
  type WriteOptions,
} from './client.ts'
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
export { errorOfAnswer, type ProblemDocument, problemSchema } from './problem.ts'
export { readEventStream, type ServerSentEvent } from './read-event-stream.ts'
export { renderOpenApi } from './render-open-api.ts'
export {
  type AuditEventAnswer,
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
export type { Access, Route } from './route.ts'
export { allRoutes, FIXED_ROUTES, type KindRoutes, routesOfKind } from './routes.ts'
export {
  type ConnectionAnswer,
  connectionSchema,
  type DedicatedObserved,
  dedicatedObservedSchema,
  type PlanChangeAnswer,
  type PlanChangeRequest,
  type ProvisioningStep,
  type PurgeAnswer,
} from './tenant-life.ts'
