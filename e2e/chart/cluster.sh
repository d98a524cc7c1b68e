# What the stages use of the cluster. Sourced by `run`.
namespace=drover-system

kubectl() { cluster_kubectl "$@"; }
k() { kubectl -n drover-e2e "$@"; }
d() { kubectl -n $namespace "$@"; }
helm() { cluster_exec "$helm" "$@"; }
in_pod() { local pod=$1; shift; k exec "$pod" -- sh -c "$*"; }
# able <ability> <title>…: whether the provider can do that; if not, these checks are SKIPPED
able() {
  local why title
  why=$(cluster_can "$1") && return
  shift
  for title; do echo "SKIPPED: $title: $why"; done
  return 1
}

# Logs go with their containers. So they are read after each stage and before containers are lost on purpose, and what tells of a right that is
# missing is kept. From $logs_since on, if it is set.
log_lines=0
logs_since=
read_logs() {
  d logs -l app.kubernetes.io/name=drover --all-containers --prefix --tail=2000 --ignore-errors \
    ${logs_since:+"--since-time=$logs_since"} > "$work/logs" 2> /dev/null
  grep -i '^\[pod/.*\(forbidden\|may not; grant\)' "$work/logs" >> "$work/refusals"
  log_lines=$((log_lines + $(grep -c '^\[pod/' "$work/logs")))
}
no_right_missing() { echo "$log_lines lines of logs were read"; sort -u "$work/refusals" | head -n 5; [ $log_lines -gt 0 ] && [ ! -s "$work/refusals" ]; }

finish() {
  if [ -n "${stages_done:-}" ]; then read_logs; check "no right was missing in all the logs" no_right_missing; fi
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

# Values of the test: one node has one replica.
values() {
  cat <<Y
$(cluster_values)
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
    AWS_ACCESS_KEY_ID: $s3_key
    AWS_SECRET_ACCESS_KEY: $s3_secret
    AWS_ENDPOINTS: http://$s3_address
  values: {allow-recurring-job-while-volume-detached: true}
recurringJobs:
  - {name: nightly, task: snapshot, cron: "0 3 * * *", retain: 2, groups: [nights]}
Y
}

# The pod that leads now.
leader() { d get lease drover-controller -o jsonpath='{.spec.holderIdentity}' | cut -d_ -f1; }
drover() { d exec "$(leader)" -c controller -- drover "$@"; }
# pod_of <component>: one of its pods
pod_of() { d get pods -l "app.kubernetes.io/component=$1" -o jsonpath='{.items[0].metadata.name}'; }
restarts() { d get pod "$1" -o jsonpath="{.status.containerStatuses[?(@.name==\"$2\")].restartCount}"; }
rolled_out() { d rollout status deployment/drover-controller --timeout=180s && d rollout status daemonset/drover-node --timeout=180s; }
# Helm takes the rights away before the pods have ended: what they say then of missing rights is no fault, so they are waited for.
uninstall() { read_logs; helm uninstall drover -n $namespace --wait --timeout 120s && eventually 60 none d get pods -o name; }
sockets_are_served() { drover status; }

ready() { k wait --for=condition=Ready "pod/$1" --timeout="${2:-120}s"; }
# runs_on <seconds> <pod> <claim> <size> …: a claim, as `claim` is told of it, is made, and a pod that runs on it
runs_on() { local limit=$1 by=$2; shift 2; claim "$@" | k apply -f - && pod "$by" "$1" | k apply -f - && ready "$by" "$limit"; }
usable() { k wait --for=jsonpath='{.status.readyToUse}'=true "volumesnapshot/$1" --timeout="${2:-120}s"; }
handle_of() { kubectl get volumesnapshotcontent "$(k get volumesnapshot "$1" -o jsonpath='{.status.boundVolumeSnapshotContentName}')" -o jsonpath='{.status.snapshotHandle}'; }
volume_of() { k get pvc "$1" -o jsonpath='{.spec.volumeName}'; }
# has_grown <pod>: the file system at its /data has nearly 2 GiB
has_grown() { in_pod "$1" 'test "$(df -kP /data | tail -n 1 | awk "{print \$2}")" -gt 1900000'; }
# event_tells <claim> <pattern>
event_tells() { k get events --field-selector "involvedObject.name=$1" -o jsonpath='{.items[*].message}' | grep "$2"; }
# mount_of <pod> <claim>: where the pod's file system is mounted on the host
mount_of() { echo "/var/lib/kubelet/pods/$(k get pod "$1" -o jsonpath='{.metadata.uid}')/volumes/kubernetes.io~csi/$(volume_of "$2")/mount"; }

# Nothing is left of what was deleted; a provider tells it of the hosts.
no_volumes() { none kubectl get pv -o name; }
no_records() { none d get volumes.drover.io,snapshots.drover.io,backups.drover.io,snapshotgroups.drover.io -o name; }
# no_claims <prefix>: none whose name begins with it
no_claims() { local all; all=$(k get pvc -o name) && ! grep "/$1" <<< "$all"; }
# gone k get pvc/data: that is not there; an error is no answer
gone() { none "$@" --ignore-not-found -o name; }
# volume_is_gone <volume>: for Drover and for Kubernetes
volume_is_gone() { gone d get volumes.drover.io "$1" && gone kubectl get pv "$1"; }
no_backups() { local files; files=$(bucket_files) && ! grep 'backup_.*\.cfg\|\.blk' <<< "$files"; }

figures_of_containers() {
  local component pod name id pid
  able processes "memory and CPU time of the containers' first processes" || return 0
  echo "memory and CPU time of the containers' first processes:"
  for component in controller node; do
    for pod in $(d get pods -l "app.kubernetes.io/component=$component" -o name); do
      d get "$pod" -o jsonpath='{range .status.containerStatuses[*]}{.name} {.containerID}{"\n"}{end}' | while read -r name id; do
        pid=$(cluster_process "$id")
        printf '  %-32s %-22s %5d MB  %5d s\n' "${pod#pod/}" "$name" "$(($(awk '/^VmRSS/ { print $2 }' "/proc/$pid/status") / 1024))" "$(ps -o cputimes= -p "$pid")"
      done
    done
  done
}
