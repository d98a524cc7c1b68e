# What the stages use of the cluster. Sourced by `run`.
namespace=drover-system

kubectl() { "$lab" kubectl "$@"; }
k() { kubectl -n drover-e2e "$@"; }
d() { kubectl -n $namespace "$@"; }
helm() { "$lab" exec "$helm" "$@"; }
in_pod() { local pod=$1; shift; k exec "$pod" -- sh -c "$*"; }

finish() {
  if [ $failed -gt 0 ]; then
    echo "# pods"; kubectl get pods -A -o wide 2> /dev/null
    echo "# events"; kubectl get events -A --sort-by=.lastTimestamp 2> /dev/null | grep -v 'Normal\|MissingClusterDNS' | tail -n 25
    for pod in $(d get pods -o name 2> /dev/null); do
      for container in $(d get "$pod" -o jsonpath='{.spec.containers[*].name}'); do
        echo "# $pod $container"; d logs "$pod" -c "$container" --tail=12 2> /dev/null | cut -c1-600
      done
    done
    echo "# failed:"; printf '%s' "$failures"
  fi
  echo "$passed passed, $failed failed"
  [ $failed = 0 ]
  exit
}

target_url=s3://backups@us-east-1/chart/

# Values of the test: one node has one replica; the pool is a disk, and so is an image file in the data folder.
values() {
  cat <<Y
node:
  dataDir: $data
  disks:
    - {path: $pool, tags: [fast]}
storageClass:
  parameters: {numberOfReplicas: "1"}
extraStorageClasses:
  - {name: drover-xfs, parameters: {numberOfReplicas: 1, fsType: xfs}}
  - {name: drover-noatime, mountOptions: [noatime], parameters: {numberOfReplicas: 1}}
  - {name: drover-mistaken, volumeBindingMode: Immediate, parameters: {numberOfReplica: 1}}
  - name: drover-jobs
    parameters:
      numberOfReplicas: 1
      recurringJobs: [{name: own, task: snapshot, cron: "* * * * *", retain: 1}]
      recurringJobSelector: [{name: minutely, isGroup: false}]
  - {name: drover-now, volumeBindingMode: Immediate, parameters: {numberOfReplicas: 1}}
  - {name: drover-kept, reclaimPolicy: Retain, parameters: {numberOfReplicas: 1}}
snapshots:
  groups: {enabled: true}
snapshotMetadata: {enabled: true}
settings:
  backupTarget: $target_url
  backupTargetCredentials:
    AWS_ACCESS_KEY_ID: chart-key
    AWS_SECRET_ACCESS_KEY: $s3_secret
    AWS_ENDPOINTS: http://$s3_address
  values: {allow-recurring-job-while-volume-detached: true}
recurringJobs:
  - {name: nightly, task: snapshot, cron: "0 3 * * *", retain: 2, groups: [nights]}
Y
}

# A real S3 server in the cluster's network.
start_s3() {
  java=${JAVA_HOME:-$(cat "$top/program/target/launcher.jdk")}/bin/java
  s3_secret=$(openssl rand -hex 16)
  s3_address=$("$lab" env | sed -n 's/^NODE_IP=//p'):9000
  mkdir -p "$work/s3/backups"
  (umask 077; cat > "$work/s3.properties" <<P
s3proxy.endpoint=http://$s3_address
s3proxy.authorization=aws-v4
s3proxy.identity=chart-key
s3proxy.credential=$s3_secret
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=$work/s3
P
  )
  "$lab" exec "$java" -Xmx192m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$top/e2e/trial-s3/target/s3proxy/*" org.gaul.s3proxy.Main \
    --properties "$work/s3.properties" > "$work/s3.log" 2>&1 &
  s3=$!
  eventually 60 "$lab" exec bash -c ": < /dev/tcp/${s3_address%:*}/${s3_address#*:}"
}

# The pod that leads now.
leader() { d get lease drover-controller -o jsonpath='{.spec.holderIdentity}' | cut -d_ -f1; }
drover() { d exec "$(leader)" -c controller -- drover "$@"; }
# pod_of <component>: one of its pods
pod_of() { d get pods -l "app.kubernetes.io/component=$1" -o jsonpath='{.items[0].metadata.name}'; }
# kill_container <pod> <container>: its first process dies as by kill -9
kill_container() {
  local id
  id=$(d get pod "$1" -o jsonpath="{.status.containerStatuses[?(@.name==\"$2\")].containerID}")
  [ -n "$id" ] && "$lab" ctr tasks kill -s SIGKILL "${id#containerd://}"
}
restarts() { d get pod "$1" -o jsonpath="{.status.containerStatuses[?(@.name==\"$2\")].restartCount}"; }
rolled_out() { d rollout status deployment/drover-controller --timeout=180s && d rollout status daemonset/drover-node --timeout=180s; }
sockets_are_served() { drover status; }

ready() { k wait --for=condition=Ready "pod/$1" --timeout="${2:-120}s"; }
usable() { k wait --for=jsonpath='{.status.readyToUse}'=true "volumesnapshot/$1" --timeout="${2:-120}s"; }
handle_of() { kubectl get volumesnapshotcontent "$(k get volumesnapshot "$1" -o jsonpath='{.status.boundVolumeSnapshotContentName}')" -o jsonpath='{.status.snapshotHandle}'; }
volume_of() { k get pvc "$1" -o jsonpath='{.spec.volumeName}'; }
# mount_of <pod> <claim>: where the pod's file system is mounted on the host
mount_of() { echo "/var/lib/kubelet/pods/$(k get pod "$1" -o jsonpath='{.metadata.uid}')/volumes/kubernetes.io~csi/$(volume_of "$2")/mount"; }

# Nothing is left of what was deleted.
nothing_mounted() { ! grep -q "$pool/volumes\|kubernetes.io~csi/pvc" /proc/self/mountinfo; }
no_devices() { ! grep -qs "^$pool/" /sys/block/loop*/loop/backing_file; }
no_volumes() { test "$(kubectl get pv -o name | wc -l)" = 0; }
no_folders() { test -z "$(ls -A "$pool/volumes")"; }
no_records() { test -z "$(d get volumes.drover.io,snapshots.drover.io,backups.drover.io,snapshotgroups.drover.io -o name)"; }
no_backups() { test -z "$(find "$work/s3/backups" -name 'backup_*.cfg' -o -name '*.blk')"; }

figures_of_containers() {
  local component pod name id pid
  echo "memory and CPU time of the containers' first processes:"
  for component in controller node; do
    for pod in $(d get pods -l "app.kubernetes.io/component=$component" -o name); do
      d get "$pod" -o jsonpath='{range .status.containerStatuses[*]}{.name} {.containerID}{"\n"}{end}' | while read -r name id; do
        pid=$("$lab" ctr tasks ls | awk -v id="${id#containerd://}" '$1 == id { print $2 }')
        printf '  %-32s %-22s %5d MB  %5d s\n' "${pod#pod/}" "$name" "$(($(awk '/^VmRSS/ { print $2 }' "/proc/$pid/status") / 1024))" "$(ps -o cputimes= -p "$pid")"
      done
    done
  done
}
