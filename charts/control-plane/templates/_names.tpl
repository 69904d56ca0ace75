{{/* The name of every object: that of the release. */}}
{{- define "control-plane.name" -}}
{{ .Release.Name | trunc 50 | trimSuffix "-" }}
{{- end }}

{{/* Everything of the release: the network policies take all of it. */}}
{{- define "control-plane.all" -}}
app.kubernetes.io/name: kaas-control-plane
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* The pods that serve. The job of the migration must not be among them. Never changes. */}}
{{- define "control-plane.selector" -}}
{{ include "control-plane.all" . }}
app.kubernetes.io/component: api
{{- end }}

{{/* Nothing that changes without the program: other labels would make new pods. */}}
{{- define "control-plane.podLabels" -}}
{{ include "control-plane.all" . }}
app.kubernetes.io/part-of: kaas
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}

{{- define "control-plane.labels" -}}
{{ include "control-plane.podLabels" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ splitList "+" .Chart.Version | first }}
{{- end }}

{{- define "control-plane.metadata" -}}
name: {{ include "control-plane.name" . }}
namespace: {{ .Release.Namespace }}
labels:
  {{- include "control-plane.labels" . | nindent 2 }}
{{- end }}

{{/* Objects without a namespace carry it in their names, so that two releases do not meet. */}}
{{- define "control-plane.clusterName" -}}
{{ .Release.Namespace }}-{{ include "control-plane.name" . }}
{{- end }}

{{/* A digest wins: it cannot be moved to another image. */}}
{{- define "control-plane.image" -}}
{{ .Values.image.repository }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag }}{{ end }}
{{- end }}
