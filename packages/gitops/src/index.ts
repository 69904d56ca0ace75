// SPDX-License-Identifier: Apache-2.0
export { openTenantRepository } from './open-tenant-repository.ts'
export type {
  ChangedPaths,
  CommitOutcome,
  CommitRequest,
  RepositoryOptions,
  TenantRepository,
} from './tenant-repository.ts'
