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

# pod NAME CLAIM: mounts it at /data, as an ordinary user of the group 2000
pod() {
  cat <<Y
apiVersion: v1
kind: Pod
metadata: {name: $1}
spec:
  terminationGracePeriodSeconds: 0
  securityContext: {runAsUser: 1000, fsGroup: 2000}
  containers:
  - name: main
    image: ${busybox_image:-busybox:lab}
    command: [sh, -c, "while :; do sleep 3600; done"]
    volumeMounts: [{name: data, mountPath: /data}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: $2}}]
Y
}

# block_pod NAME CLAIM: finds it at /dev/raw
block_pod() {
  cat <<Y
apiVersion: v1
kind: Pod
metadata: {name: $1}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - name: main
    image: ${busybox_image:-busybox:lab}
    command: [sh, -c, "while :; do sleep 3600; done"]
    volumeDevices: [{name: data, devicePath: /dev/raw}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: $2}}]
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
