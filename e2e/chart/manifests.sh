# Manifests of the test, printed. Sourced by `run`.

# claim NAME SIZE "KIND NAME" | "" [Filesystem | Block [CLASS]]
claim() {
  local source=
  case $3 in
    "VolumeSnapshot "*) source="dataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: ${3#* }}" ;;
    "PersistentVolumeClaim "*) source="dataSource: {kind: PersistentVolumeClaim, name: ${3#* }}" ;;
  esac
  cat <<Y
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: $1}
spec:
  storageClassName: ${5:-drover}
  accessModes: [ReadWriteOnce]
  volumeMode: ${4:-Filesystem}
  resources: {requests: {storage: $2}}
  $source
Y
}

# pod_with NAME VOLUMES USE [SECURITY]: one that only waits; USE is what its container has of the volumes, all as lines of YAML
pod_with() {
  cat <<Y
apiVersion: v1
kind: Pod
metadata: {name: $1}
spec:
  terminationGracePeriodSeconds: 0
  securityContext: {${4:-}}
  containers:
  - name: main
    image: $busybox_image
    command: [sh, -c, "while :; do sleep 3600; done"]
    $3
  volumes: $2
Y
}
# pod NAME CLAIM: mounts it at /data, as an ordinary user of the group 2000
pod() {
  pod_with "$1" "[{name: data, persistentVolumeClaim: {claimName: $2}}]" "volumeMounts: [{name: data, mountPath: /data}]" "runAsUser: 1000, fsGroup: 2000"
}
# block_pod NAME CLAIM: finds it at /dev/raw
block_pod() { pod_with "$1" "[{name: data, persistentVolumeClaim: {claimName: $2}}]" "volumeDevices: [{name: data, devicePath: /dev/raw}]"; }

# storage_class NAME PARAMETERS: makes volumes at once
storage_class() {
  cat <<Y
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: $1}
provisioner: drover.io
parameters: {$2}
Y
}
# snapshot_class NAME Delete | Retain PARAMETERS
snapshot_class() {
  cat <<Y
---
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotClass
metadata: {name: $1}
driver: drover.io
deletionPolicy: $2
parameters: {$3}
Y
}

# snapshot NAME CLAIM CLASS
snapshot() {
  cat <<Y
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata: {name: $1}
spec:
  volumeSnapshotClassName: $3
  source: {persistentVolumeClaimName: $2}
Y
}

# found_snapshot NAME HANDLE DRIVER [CLASS]: stands for something that exists already, and leaves it when it goes
found_snapshot() {
  cat <<Y
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotContent
metadata: {name: $1}
spec:
  deletionPolicy: Retain
  driver: $3
  sourceVolumeMode: Filesystem
  source: {snapshotHandle: "$2"}
  volumeSnapshotClassName: ${4:-drover-backup}
  volumeSnapshotRef: {name: $1, namespace: drover-e2e}
---
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata: {name: $1}
spec:
  volumeSnapshotClassName: ${4:-drover-backup}
  source: {volumeSnapshotContentName: $1}
Y
}
