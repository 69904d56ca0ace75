{{/* The name of every object: that of the release, so that two gateways may live in one namespace. */}}
{{- define "gateway.name" -}}
{{ .Release.Name | trunc 50 | trimSuffix "-" }}
{{- end }}

{{/* Labels that choose the pods. They never change. */}}
{{- define "gateway.selector" -}}
app.kubernetes.io/name: kaas-gateway
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* Nothing that changes without the program: other labels would make new pods. */}}
{{- define "gateway.podLabels" -}}
{{ include "gateway.selector" . }}
app.kubernetes.io/component: gateway
app.kubernetes.io/part-of: kaas
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}

{{- define "gateway.labels" -}}
{{ include "gateway.podLabels" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ splitList "+" .Chart.Version | first }}
{{- end }}

{{- define "gateway.metadata" -}}
name: {{ include "gateway.name" . }}
namespace: {{ .Release.Namespace }}
labels:
  {{- include "gateway.labels" . | nindent 2 }}
{{- end }}

{{/* A digest wins: it cannot be moved to another image. */}}
{{- define "gateway.image" -}}
{{ .Values.image.repository }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag }}{{ end }}
{{- end }}

{{- define "gateway.certificateSecret" -}}
{{ .Values.certificate.secretName | default (printf "%s-tls" (include "gateway.name" .)) }}
{{- end }}

{{/* Files beside the secrets. A change of them is taken by the running program. */}}
{{- define "gateway.files" -}}
{{- if .Values.listeners }}
listeners.json: {{ .Values.listeners | toJson | quote }}
{{- end }}
{{- if .Values.tokenIssuers }}
issuers.json: {{ .Values.tokenIssuers | toJson | quote }}
{{- end }}
{{- end }}

{{/*
The bootstrap port, and one port for each broker node: bootstrap + 1 + node id (apps/gateway/src/listeners/addressing.ts). Each with
its number in the pod and the one that clients see. A listener by host name has one port only.
*/}}
{{- define "gateway.ports" -}}
{{- $ports := list }}
{{- if not .Values.listeners }}
{{- $ports = append $ports (dict "name" "kafka" "port" (int .Values.kafka.port) "seen" (int .Values.kafka.port)) }}
{{- range .Values.kafka.brokerNodes }}
{{- $port := add (int $.Values.kafka.port) 1 (int .) }}
{{- $ports = append $ports (dict "name" (printf "node-%d" (int .)) "port" $port "seen" $port) }}
{{- end }}
{{- end }}
{{- range $listener := .Values.listeners }}
{{- $first := int $listener.port }}
{{- $seen := int ($listener.addressing.advertisedPort | default $first) }}
{{- $ports = append $ports (dict "name" (printf "p%d" $first) "port" $first "seen" $seen) }}
{{- if eq $listener.addressing.kind "port" }}
{{- range $.Values.kafka.brokerNodes }}
{{- $port := add $first 1 (int .) }}
{{- $ports = append $ports (dict "name" (printf "p%d" $port) "port" $port "seen" (add $seen 1 (int .))) }}
{{- end }}
{{- end }}
{{- end }}
{{- toYaml $ports }}
{{- end }}
