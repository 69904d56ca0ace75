// SPDX-License-Identifier: Apache-2.0
/** Every pod that a chart makes, by the rules of Pod Security "restricted" and of the house. The API server judges the same in the cluster lane. */
import { describe, expect, it } from 'vitest'
import { EXAMPLES, type Json, objectsOf, ofKind, podsOf } from './charts.ts'

const PODS = EXAMPLES.flatMap((each) => podsOf(objectsOf(each)).map((pod) => ({ ...each, ...pod })))
const DEPLOYMENTS = EXAMPLES.flatMap((each) => {
  const objects = objectsOf(each)
  return ofKind(objects, 'Deployment').map((deployment) => ({ ...each, objects, deployment }))
})

describe('a pod has no more rights than it needs', () => {
  it.each(PODS)(
    '$chart $example, $of: no root, no capabilities, no way to write but its own folders [R84] [R129] [R130]',
    ({ spec }) => {
      expect(spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: expect.any(Number),
        seccompProfile: { type: 'RuntimeDefault' },
      })
      expect(spec.securityContext.runAsUser).toBeGreaterThan(0)
      expect([spec.hostNetwork, spec.hostPID, spec.hostIPC]).toEqual([undefined, undefined, undefined])
      for (const container of spec.containers) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
          capabilities: { drop: ['ALL'] },
          seccompProfile: { type: 'RuntimeDefault' },
        })
      }
    },
  )

  it.each(PODS)('$chart $example, $of: folders are bounded, secrets are read-only and for the pod alone', ({ spec }) => {
    for (const volume of spec.volumes) {
      expect(Object.keys(volume)).not.toContain('hostPath')
      if (volume.emptyDir !== undefined) expect(volume.emptyDir.sizeLimit).toMatch(/^\d+(Mi|Gi)$/)
      const mode = volume.secret?.defaultMode ?? volume.projected?.defaultMode
      if (volume.configMap === undefined && volume.emptyDir === undefined) expect(mode).toBe(0o440)
      const mounts = spec.containers.flatMap((each: Json) =>
        each.volumeMounts.filter((mount: Json) => mount.name === volume.name),
      )
      expect(mounts.length).toBe(1)
      if (volume.emptyDir === undefined) expect(mounts[0].readOnly).toBe(true)
    }
  })

  it.each(DEPLOYMENTS)(
    '$chart $example: it claims no volume; what console, control plane or gateway write is scratch space, gone with the pod [R47] [R48]',
    ({ deployment, objects }) => {
      expect(ofKind(objects, 'PersistentVolumeClaim')).toEqual([])
      for (const { name, ...source } of deployment.spec.template.spec.volumes) {
        expect(['emptyDir', 'configMap', 'secret', 'projected'], name).toContain(Object.keys(source).join())
      }
    },
  )

  it.each(PODS)('$chart $example, $of: no token of Kubernetes is in it by itself', ({ spec }) => {
    expect(spec.automountServiceAccountToken).toBe(false)
    expect(spec.enableServiceLinks).toBe(false)
  })

  it.each(PODS)('$chart $example, $of: its image has a version or a digest', ({ spec }) => {
    for (const { image } of spec.containers) expect(image).toMatch(/@sha256:[0-9a-f]{64}$|:(?!latest$)[^/:]+$/)
  })

  it.each(PODS)('$chart $example, $of: requests and limits are set [R149]', ({ spec }) => {
    for (const { resources } of spec.containers) {
      expect(resources).toEqual({
        requests: { cpu: expect.any(String), memory: expect.any(String) },
        limits: { cpu: expect.any(String), memory: expect.any(String) },
      })
    }
  })
})

describe('a part that serves goes on serving', () => {
  it.each(DEPLOYMENTS)(
    '$chart $example: two pods at least, over zones, and a drain takes one at a time [R138]',
    ({ objects, deployment }) => {
      const [scaler] = ofKind(objects, 'HorizontalPodAutoscaler')
      expect(deployment.spec.replicas ?? scaler.spec.minReplicas).toBeGreaterThanOrEqual(2)
      const [zones] = deployment.spec.template.spec.topologySpreadConstraints.filter(
        (each: Json) => each.topologyKey === 'topology.kubernetes.io/zone',
      )
      const labels = deployment.spec.template.metadata.labels
      expect(labels).toMatchObject(zones.labelSelector.matchLabels)
      const [budget] = ofKind(objects, 'PodDisruptionBudget')
      expect(budget.spec).toMatchObject({
        maxUnavailable: 1,
        selector: { matchLabels: deployment.spec.selector.matchLabels },
      })
      expect(labels).toMatchObject(deployment.spec.selector.matchLabels)
      expect(deployment.spec.strategy.rollingUpdate.maxUnavailable).toBe(0)
    },
  )

  it.each(DEPLOYMENTS)('$chart $example: a pod that stops has time to send its clients away', ({ deployment, objects }) => {
    const { terminationGracePeriodSeconds, containers } = deployment.spec.template.spec
    const drain = Number.parseInt(ofKind(objects, 'ConfigMap')[0].data.KAAS_GATEWAY_DRAIN ?? '20', 10)
    expect(terminationGracePeriodSeconds).toBeGreaterThan(containers[0].lifecycle.preStop.sleep.seconds + drain)
  })

  it.each(DEPLOYMENTS)('$chart $example: probes ask the program itself [R160]', ({ deployment }) => {
    const [container] = deployment.spec.template.spec.containers
    for (const [probe, path] of [
      ['startupProbe', '/healthz'],
      ['livenessProbe', '/healthz'],
      ['readinessProbe', '/readyz'],
    ] as const) {
      expect(container[probe].httpGet.path).toBe(path)
      expect(container.ports.map((port: Json) => port.name)).toContain(container[probe].httpGet.port)
    }
  })

  it.each(DEPLOYMENTS)('$chart $example: a change of its configuration makes new pods [R171]', ({ deployment, objects }) => {
    expect(deployment.spec.template.metadata.annotations['checksum/config']).toMatch(/^[0-9a-f]{64}$/)
    const [{ configMapRef }] = deployment.spec.template.spec.containers[0].envFrom
    expect(ofKind(objects, 'ConfigMap').map((each) => each.metadata.name)).toContain(configMapRef.name)
  })
})

describe('the network', () => {
  it.each(DEPLOYMENTS)(
    '$chart $example: all traffic that no other policy allows is denied, for the job as well [R28]',
    ({ objects }) => {
      const [deny] = ofKind(objects, 'NetworkPolicy').filter(({ metadata }) => metadata.name.endsWith('-default-deny'))
      expect(deny.spec).toMatchObject({ policyTypes: ['Ingress', 'Egress'] })
      expect(Object.keys(deny.spec).sort()).toEqual(['podSelector', 'policyTypes'])
      const made = objects.filter((each) => each.spec?.template?.metadata?.labels !== undefined)
      for (const { spec } of made) expect(spec.template.metadata.labels).toMatchObject(deny.spec.podSelector.matchLabels)
    },
  )

  it.each(DEPLOYMENTS)(
    '$chart $example: clients come by a load balancer or from inside, never by a port of a node [R32]',
    ({ objects }) => {
      for (const { spec } of ofKind(objects, 'Service')) {
        expect(['LoadBalancer', 'ClusterIP']).toContain(spec.type)
        for (const port of spec.ports) expect(port.nodePort).toBeUndefined()
      }
    },
  )

  it('the console is reached from outside by one host name with TLS, which is the one that it knows itself by', () => {
    const served = DEPLOYMENTS.filter(({ objects }) => 'KAAS_CONSOLE_DIR' in (ofKind(objects, 'ConfigMap')[0]?.data ?? {}))
    expect(served.length).toBeGreaterThan(0)
    for (const { objects } of served) {
      const [{ spec }] = ofKind(objects, 'Ingress')
      const [{ host, http }] = spec.rules
      expect(ofKind(objects, 'ConfigMap')[0].data.KAAS_PUBLIC_URL).toBe(`https://${host}`)
      expect(spec.tls).toEqual([{ hosts: [host], secretName: expect.any(String) }])
      const [service] = ofKind(objects, 'Service')
      const backend = { service: { name: service.metadata.name, port: { name: service.spec.ports[0].name } } }
      expect(http.paths).toEqual([{ path: '/', pathType: 'Prefix', backend }])
    }
  })

  it.each(DEPLOYMENTS)(
    '$chart $example: each port of the Service is one of the pods, and is let in',
    ({ objects, deployment }) => {
      const [{ ports: open }] = deployment.spec.template.spec.containers
      const policies = ofKind(objects, 'NetworkPolicy')
      const allowed = policies.flatMap(({ spec }) =>
        (spec.ingress ?? []).flatMap((rule: Json) => rule.ports.map((each: Json) => each.port)),
      )
      for (const { targetPort } of ofKind(objects, 'Service')[0].spec.ports) {
        const [port] = open.filter((each: Json) => each.name === targetPort)
        expect(port, targetPort).toBeDefined()
        expect(allowed).toContain(port.containerPort)
      }
    },
  )
})
