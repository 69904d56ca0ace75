{{/*
One admission policy and its binding. Takes a list: the root, and a dict of name, resources (group, versions, resources), operations,
conditions (CEL that must hold for the policy to look at all), variables, validations. A request that the policy cannot judge is refused.
*/}}
{{- define "cluster.policy" -}}
{{- $root := index . 0 }}
{{- $policy := index . 1 }}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: {{ $policy.name }}
  labels:
    {{- include "cluster.labels" $root | nindent 4 }}
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
      - apiGroups: {{ toJson $policy.groups }}
        apiVersions: ["*"]
        operations: {{ toJson ($policy.operations | default (list "CREATE" "UPDATE")) }}
        resources: {{ toJson $policy.resources }}
  matchConditions: {{- toYaml $policy.conditions | nindent 4 }}
  {{- with $policy.variables }}
  variables: {{- toYaml . | nindent 4 }}
  {{- end }}
  validations: {{- toYaml $policy.validations | nindent 4 }}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: {{ $policy.name }}
  labels:
    {{- include "cluster.labels" $root | nindent 4 }}
spec:
  policyName: {{ $policy.name }}
  validationActions: {{ toJson $root.Values.policies.actions }}
{{- end }}

{{/* The namespaces that the policies are about, by name: a label could be taken off. */}}
{{- define "cluster.inNamespaces" -}}
- name: in-a-namespace-of-kaas
  expression: request.namespace.startsWith({{ .Values.policies.namespacePrefix | squote }})
{{- end }}
