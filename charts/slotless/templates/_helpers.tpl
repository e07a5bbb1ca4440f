{{- define "slotless.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{/* The release's name where it says what this is, else both. 50 characters leave room for what is appended. */}}
{{- define "slotless.fullname" -}}
{{- $name := include "slotless.name" . -}}
{{- $full := contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name) -}}
{{- .Values.fullnameOverride | default $full | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "slotless.webhook" -}}
{{- include "slotless.fullname" . }}-webhook
{{- end -}}

{{/* Immutable in a Deployment: commonLabels stay out. */}}
{{- define "slotless.selectorLabels" -}}
app.kubernetes.io/name: {{ include "slotless.name" . }}-webhook
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "slotless.labels" -}}
{{ include "slotless.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: slotless
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Of an object that somebody else's operator finds: labels from values win. Takes the root and these labels. */}}
{{- define "slotless.labelsWith" -}}
{{- merge (dict) .labels (include "slotless.labels" .root | fromYaml) | toYaml -}}
{{- end -}}

{{- define "slotless.priorityClass" -}}
{{- .Values.priorityClass.create | ternary (include "slotless.webhook" .) .Values.priorityClass.name -}}
{{- end -}}

{{- define "slotless.certificateSecret" -}}
{{- if .Values.certificate.certManager.enabled -}}
{{ include "slotless.webhook" . }}-tls
{{- else -}}
{{ required "certificate.existingSecret is needed where certificate.certManager.enabled is false" .Values.certificate.existingSecret }}
{{- end -}}
{{- end -}}

{{/* What both webhooks share: everything but which pods they are called for. */}}
{{- define "slotless.admission" -}}
admissionReviewVersions: [v1]
sideEffects: None
failurePolicy: {{ .Values.admission.failurePolicy }}
timeoutSeconds: {{ .Values.admission.timeoutSeconds }}
reinvocationPolicy: IfNeeded
matchPolicy: Equivalent
rules:
  - apiGroups: [""]
    apiVersions: [v1]
    operations: [CREATE]
    resources: [pods]
    scope: Namespaced
clientConfig:
  service:
    name: {{ include "slotless.webhook" . }}
    namespace: {{ .Release.Namespace }}
    path: /mutate
    port: 443
  {{- if not .Values.certificate.certManager.enabled }}
  caBundle: {{ required "certificate.caBundle is needed where certificate.certManager.enabled is false" .Values.certificate.caBundle | b64enc }}
  {{- end }}
{{- end -}}

{{- define "slotless.notExcluded" -}}
- key: kubernetes.io/metadata.name
  operator: NotIn
  values: {{ append .Values.admission.excludedNamespaces .Release.Namespace | uniq | toJson }}
{{- end -}}
