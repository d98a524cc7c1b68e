# The other ways in which pods use volumes.
echo "# kinds of use"
claim alone 1Gi "" | sed 's/ReadWriteOnce/ReadWriteOncePod/' | k apply -f - > /dev/null
pod_with ephemeral "[{name: scratch, ephemeral: {volumeClaimTemplate: {spec: {storageClassName: drover, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}}]" \
  "volumeMounts: [{name: scratch, mountPath: /data}]" | k apply -f - > /dev/null
claim parts 1Gi "" Filesystem drover-noatime | k apply -f - > /dev/null
pod_with parts-writer "[{name: parts, persistentVolumeClaim: {claimName: parts}}]" \
  "volumeMounts: [{name: parts, mountPath: /data, subPath: inner/one}, {name: parts, mountPath: /whole}, {name: parts, mountPath: /closed, readOnly: true}]" \
  | k apply -f - > /dev/null
pod alone-one alone | k apply -f - > /dev/null
check "ReadWriteOncePod: a pod runs" ready alone-one
pod alone-two alone | k apply -f - > /dev/null
is_not_scheduled() { k get pod alone-two -o jsonpath='{.status.conditions[?(@.type=="PodScheduled")].message}' | grep -i ReadWriteOncePod; }
check "ReadWriteOncePod: a second one does not" eventually 30 is_not_scheduled
k delete pod alone-one --wait=true > /dev/null
check "ReadWriteOncePod: it does when the first is gone" ready alone-two
check "a generic ephemeral volume works" ready ephemeral
ephemeral_volume=$(k get pvc ephemeral-scratch -o jsonpath='{.spec.volumeName}')
k delete pod ephemeral --wait=true > /dev/null
check "and goes with its pod" eventually 60 volume_is_gone "$ephemeral_volume"
check "subPath, whole and read-only mounts of one volume" ready parts-writer
check "they show the same file" in_pod parts-writer "echo x > /data/file && grep -qx x /whole/inner/one/file && grep -qx x /closed/inner/one/file"
check "read-only is read-only" in_pod parts-writer "! touch /closed/new"
check "the class' mount option is in effect" in_pod parts-writer "grep ' /whole ' /proc/mounts | grep -q noatime"
k delete pod alone-two parts-writer --wait=true > /dev/null
k delete pvc alone parts --wait=true > /dev/null

echo "# classes written for Longhorn, with only the provisioner's name changed"
kubectl apply -f - > /dev/null <<Y
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: drover-e2e-longhorn}
provisioner: drover.io
allowVolumeExpansion: true
reclaimPolicy: Delete
volumeBindingMode: Immediate
parameters:
  numberOfReplicas: "3"
  staleReplicaTimeout: "30"
  fromBackup: ""
  fsType: ext4
  dataLocality: disabled
  diskSelector: ""
  nodeSelector: ""
  recurringJobSelector: '[{"name":"nights","isGroup":true}]'
  unmapMarkSnapChainRemoved: ignored
  migratable: "false"
  encrypted: "false"
$(snapshot_class drover-e2e-longhorn-snapshots Delete "type: snap")
$(snapshot_class drover-e2e-longhorn-backups Delete "type: bak")
Y
check "a pod runs on a claim of the class" runs_on 120 foreign-writer foreign 1Gi "" Filesystem drover-e2e-longhorn
selects_jobs() { d get volumes.drover.io "$(volume_of foreign)" -o jsonpath='{.spec.parameters.recurringJobSelector[*].name}' | grep -x nights; }
check "the class' group of jobs is the volume's" selects_jobs
snapshot foreign-snapshot foreign drover-e2e-longhorn-snapshots | k apply -f - > /dev/null
check "a snapshot of the snapshot class becomes ready" usable foreign-snapshot 60
snapshot foreign-backup foreign drover-e2e-longhorn-backups | k apply -f - > /dev/null
check "a backup of the class with type bak becomes ready" usable foreign-backup
k delete volumesnapshot foreign-snapshot foreign-backup --wait=true > /dev/null
k delete pod foreign-writer --wait=true > /dev/null
k delete pvc foreign --wait=true > /dev/null
kubectl delete storageclass drover-e2e-longhorn > /dev/null
kubectl delete volumesnapshotclass drover-e2e-longhorn-snapshots drover-e2e-longhorn-backups > /dev/null

echo "# mistakes are told"
claim impossible 1Gi "" Filesystem drover-mistaken | k apply -f - > /dev/null
check "an unknown parameter is named, with the nearest one, in the claim's event" eventually 60 event_tells impossible 'numberOfReplica.*numberOfReplicas'
k delete pvc impossible > /dev/null
claim giant 900Ti "" Filesystem drover-now | k apply -f - > /dev/null
check "a claim that no disk can hold says why in its event" eventually 60 event_tells giant 'disk'
k delete pvc giant > /dev/null
told() { says "$2" kubectl apply --dry-run=server -f - <<< "$1"; }
check "a RecurringJob with a wrong cron is refused" told "{apiVersion: drover.io/v1alpha1, kind: RecurringJob, metadata: {name: j, namespace: $namespace}, spec: {task: backup, cron: '@dayly'}}" 'write five fields'
check "a RecurringJob that keeps nothing is refused" told "{apiVersion: drover.io/v1alpha1, kind: RecurringJob, metadata: {name: j, namespace: $namespace}, spec: {task: backup, cron: '@daily', retain: 0}}" 'retain must be at least 1'
check "a BackupTarget of an unknown kind is refused" told "{apiVersion: drover.io/v1alpha1, kind: BackupTarget, metadata: {name: t, namespace: $namespace}, spec: {url: 'ftp://x'}}" 'write s3://'
check "a setting out of its range is refused" told "{apiVersion: drover.io/v1alpha1, kind: Settings, metadata: {name: drover, namespace: $namespace}, spec: {values: {backup-cores: '0'}}}" 'backup-cores: possible is'
check "an unknown setting is refused" told "{apiVersion: drover.io/v1alpha1, kind: Settings, metadata: {name: drover, namespace: $namespace}, spec: {values: {backup-core: '1'}}}" 'unknown field "spec.values.backup-core"'
check "other settings than drover are refused" told "{apiVersion: drover.io/v1alpha1, kind: Settings, metadata: {name: mine, namespace: $namespace}, spec: {}}" 'one object of settings'
check "a volume cannot be made smaller by hand" says 'cannot shrink' d patch volumes.drover.io "$(volume_of data)" --type=merge -p '{"spec":{"size":2097152}}'
for example in "$top"/deploy/examples/*.yaml; do
  check "the API server accepts ${example##*/}" kubectl apply --dry-run=server -f "$example"
done
for store in minio nfs; do
  check "the API server accepts $store-backupstore.yaml" kubectl apply --dry-run=server --validate=strict -f "$top/deploy/backupstores/$store-backupstore.yaml"
done
