{{- define "drover.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/name: drover
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- /* metadata of an object: (dict "root" $ "name" … "component" … "namespaced" bool "labels" … "annotations" …) */ -}}
{{- define "drover.metadata" -}}
metadata:
  name: {{ .name }}
  {{- if ne .namespaced false }}
  namespace: {{ .root.Release.Namespace }}
  {{- end }}
  labels:
    {{- include "drover.labels" .root | nindent 4 }}
    {{- with .component }}
    app.kubernetes.io/component: {{ . }}
    {{- end }}
    {{- with .labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with merge (dict) (.annotations | default dict) .root.Values.commonAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{- define "drover.selector" -}}
app.kubernetes.io/name: drover
app.kubernetes.io/component: {{ . }}
{{- end }}

{{- define "drover.image" -}}
{{- $image := .Values.image -}}
{{- $registry := .Values.imageRegistry | default $image.registry -}}
{{- $name := $image.repository -}}
{{- if $registry }}{{ $name = printf "%s/%s" (trimSuffix "/" $registry) $name }}{{ end -}}
{{- if $image.digest }}{{ printf "%s@%s" $name $image.digest }}{{ else }}{{ printf "%s:%s" $name ($image.tag | default .Chart.AppVersion) }}{{ end -}}
{{- end }}

{{- /* (dict "root" $ "image" sidecar): the registry is what comes before the first slash */ -}}
{{- define "drover.sidecarImage" -}}
{{- $repository := .image.repository -}}
{{- with .root.Values.imageRegistry -}}
{{- $repository = printf "%s/%s" (trimSuffix "/" .) (regexReplaceAll "^[^/]*[.:][^/]*/" $repository "") -}}
{{- end -}}
{{- printf "%s:%s" $repository .image.tag -}}
{{- end }}

{{- define "drover.pullSecrets" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "drover.snapshotMetadataName" -}}drover-snapshot-metadata{{- end }}
{{- define "drover.controllerTls" -}}{{ if eq .Values.tls.source "existing" }}{{ .Values.tls.existing.controllerSecret }}{{ else }}drover-controller-tls{{ end }}{{- end }}
{{- define "drover.nodeTls" -}}{{ if eq .Values.tls.source "existing" }}{{ .Values.tls.existing.nodeSecret }}{{ else }}drover-node-tls{{ end }}{{- end }}
{{- define "drover.snapshotMetadataTls" -}}{{ if eq .Values.tls.source "existing" }}{{ .Values.tls.existing.snapshotMetadataSecret }}{{ else }}drover-snapshot-metadata-tls{{ end }}{{- end }}

{{- /* Whether a cluster answers, or somebody only renders: then nothing can be said about what the cluster has. */ -}}
{{- define "drover.online" -}}{{ if lookup "v1" "Namespace" "" "kube-system" }}true{{ end }}{{- end }}

{{- /* (dict "root" $ "group" … "kind" … "versions" list "given" …): the version given, or the newest that the cluster has, or the newest known */ -}}
{{- define "drover.apiVersion" -}}
{{- $found := .given -}}
{{- range .versions -}}
{{- if and (not $found) ($.root.Capabilities.APIVersions.Has (printf "%s/%s/%s" $.group . $.kind)) }}{{ $found = . }}{{ end -}}
{{- end -}}
{{- printf "%s/%s" .group ($found | default (first .versions)) -}}
{{- end }}

{{- /* A resource that the cluster must know, with what to do where it does not. */ -}}
{{- define "drover.require" -}}
{{- if and (include "drover.online" .root) (not (.root.Capabilities.APIVersions.Has .api)) }}
{{- fail (printf "the cluster has no %s: %s, or set %s=false" .api .remedy .value) }}
{{- end }}
{{- end }}

{{- /* Parameters of a class: texts as they are, lists as JSON, what is empty left out. */ -}}
{{- define "drover.parameters" -}}
{{- range $key, $value := . }}
{{- if kindIs "slice" $value }}
{{- if $value }}
{{ $key }}: {{ toJson $value | quote }}
{{- end }}
{{- else if not (kindIs "invalid" $value) }}
{{- if ne (toString $value) "" }}
{{ $key }}: {{ toString $value | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* A disk as the command line wants it. */ -}}
{{- define "drover.disk" -}}
{{- .path -}}
{{- with .tags }},tags={{ join "+" . }}{{ end -}}
{{- with .size }},size={{ . }}{{ end -}}
{{- with .engine }},engine={{ . }}{{ end -}}
{{- with .name }},name={{ . }}{{ end -}}
{{- end }}
