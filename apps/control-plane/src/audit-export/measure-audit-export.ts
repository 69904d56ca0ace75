// SPDX-License-Identifier: Apache-2.0
/** Numbers of the audit export for Prometheus. */
import type { Store } from '@kaas/store'
import { Counter, Gauge, type Registry } from 'prom-client'
import { AUDIT_EXPORT, type AuditExporter } from './audit-exporter.ts'

/** Adds them; they are asked for when they are read. */
export function measureAuditExport(exporter: AuditExporter, store: Store, registry: Registry): void {
  new Gauge({
    name: 'kaas_audit_export_waiting',
    help: 'Audit records that are not in the topic yet, of all control planes together.',
    registers: [registry],
    async collect() {
      const progress = await store.leaseProgress(AUDIT_EXPORT).catch(() => undefined)
      if (progress !== undefined) this.set(progress.waiting)
    },
  })
  new Counter({
    name: 'kaas_audit_export_sent_total',
    help: 'Audit records that this control plane sent, doubles counted.',
    registers: [registry],
    collect() {
      this.reset()
      this.inc(exporter.sent)
    },
  })
  new Counter({
    name: 'kaas_audit_export_failures_total',
    help: 'Tries of this control plane to send audit records that failed.',
    registers: [registry],
    collect() {
      this.reset()
      this.inc(exporter.failed)
    },
  })
}
