// SPDX-License-Identifier: Apache-2.0
/** All migrations by name, in order. A name is never changed and never removed once it was released. */
import type { Migration } from 'kysely/migration'
import { foundation } from './0001-foundation.ts'
import { people } from './0002-people.ts'
import { audit } from './0003-audit.ts'
import { rights } from './0005-rights.ts'
import { gatewayLoad } from './0006-gateway-load.ts'
import { series } from './0007-series.ts'
import { gatewayAudit } from './0008-gateway-audit.ts'
import { topicShares } from './0009-topic-shares.ts'
import { gatewayRates } from './0010-gateway-rates.ts'

export const ALL_MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-foundation': foundation,
  '0002-people': people,
  '0003-audit': audit,
  '0005-rights': rights,
  '0006-gateway-load': gatewayLoad,
  '0007-series': series,
  '0008-gateway-audit': gatewayAudit,
  '0009-topic-shares': topicShares,
  '0010-gateway-rates': gatewayRates,
}
