// SPDX-License-Identifier: Apache-2.0
export { type ChangeWords, changeOf, messageFor, type TenantChange } from './commit-message.ts'
export { openTenantRepository } from './open-tenant-repository.ts'
export { type RepositoryWatch, type RepositoryWatchOptions, watchRepository } from './repository-watch.ts'
export type {
  ChangedPaths,
  CommitEntry,
  CommitOutcome,
  CommitRequest,
  HistoryRequest,
  RepositoryOptions,
  TenantRepository,
} from './tenant-repository.ts'
