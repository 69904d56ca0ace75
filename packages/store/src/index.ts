// SPDX-License-Identifier: Apache-2.0
export {
  ACTOR_KINDS,
  type ActorKind,
  AUDIT_WAYS,
  type AuditCheck,
  type AuditEntry,
  type AuditFilter,
  type AuditQuery,
  type AuditRecord,
  type AuditWay,
  type NumberedEntry,
} from './audit.ts'
export { checkGeneration } from './check-generation.ts'
export {
  type CredentialSummary,
  type NewCredential,
  SCRAM_MECHANISMS,
  type ScramEntry,
  type ScramMechanism,
  type ScramValue,
} from './credential.ts'
export type { Lease, LeaseProgress } from './lease.ts'
export type { ListQuery, Page } from './list-query.ts'
export { openStore, type StoreOptions } from './open-store.ts'
export type {
  ApiToken,
  DeviceAnswer,
  NewApiToken,
  NewSession,
  Person,
  PersonOutcome,
  PersonRecord,
  SessionRecord,
  SignInUnderWay,
  TokenKind,
} from './people/person.ts'
export type { GatewayHeard, LeaseState, WorkBacklog } from './platform-state.ts'
export {
  type ResourceIntent,
  type ResourceKey,
  renderKey,
  type SpecOf,
  type StoredHead,
  type StoredResource,
} from './resource.ts'
export type { RightsPlace, VersionedRights } from './rights-stored.ts'
export {
  SERIES_STEPS,
  SERIES_VALUES,
  type SeriesKind,
  type SeriesPoint,
  type SeriesStep,
} from './series/series-shape.ts'
export type { SeriesKept, SeriesName, SeriesSample } from './series/series-verbs.ts'
export type { SnapshotChanges, SnapshotContent } from './snapshot-content.ts'
export type { HistoryKept, SaveOptions, SaveOutcome, Store, StoreChange, StoreSession } from './store.ts'
export type { StoreEvent, StoreEventType } from './store-event.ts'
export type { ClaimRequest, WorkItem } from './work-item.ts'
