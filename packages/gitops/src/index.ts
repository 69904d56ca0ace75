// SPDX-License-Identifier: Apache-2.0
export type {
  ChangedPaths,
  CommitOutcome,
  CommitRequest,
  RepositoryOptions,
  TenantRepository,
} from './tenant-repository.ts'
