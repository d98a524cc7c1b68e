# A cluster that is there, known by $KUBECONFIG or ~/.kube/config: kind, or any other that may be thrown away. Sourced by `run`; what each function
# is for stands in README.md beside this.
#
#   DROVER_IMAGE_NAME=registry.example/drover:1.2   the image, which its nodes have or can pull
#   DROVER_BUSYBOX_IMAGE=…                          what the test's pods run (default: busybox:1.37)
#
# The cluster is asked through kubectl alone, and its hosts through the agents' containers. Backups go to deploy/backupstores' MinIO.
busybox_image=${DROVER_BUSYBOX_IMAGE:-busybox:1.37}
target_url=s3://backupbucket@us-east-1/chart/
minio=$top/deploy/backupstores/minio-backupstore.yaml

# Nothing of somebody's may be in danger: at the end, what is named like ours is deleted.
cluster_missing() {
  local found wanted
  command -v kubectl > /dev/null || { echo "the program kubectl is not installed"; return; }
  [ -n "${DROVER_IMAGE_NAME:-}" ] || { echo "set DROVER_IMAGE_NAME to an image that the cluster can pull (deploy/image/build makes one)"; return; }
  found=$(cluster_kubectl get nodes -o name --request-timeout=15s 2>&1) || { echo "the cluster does not answer: $(tail -n 1 <<< "$found")"; return; }
  # The stages write such; kubectl 1.32 takes it for JSON.
  cluster_kubectl create --dry-run=client -o name -f - <<< '{apiVersion: v1, kind: Namespace, metadata: {name: one-line}}' > /dev/null 2>&1 \
    || { echo "this kubectl does not read YAML that begins with a brace; take the one of the cluster's version ($(command -v kubectl))"; return; }
  [ "$(cluster_kubectl auth can-i '*' '*' --all-namespaces 2> /dev/null)" = yes ] || { echo "it needs an administrator of the cluster"; return; }
  found=$(cluster_kubectl get pv,csidrivers,crds,namespaces -o name 2>&1) || { echo "the cluster cannot be listed: $(tail -n 1 <<< "$found")"; return; }
  ! grep -q '^persistentvolume/' <<< "$found" || { echo "the cluster has volumes; give it one that may be thrown away"; return; }
  ! grep -q '\.drover\.io$\|/drover\.io$\|^namespace/drover-' <<< "$found" || { echo "there is or was a Drover in the cluster; give it one without"; return; }
  [ -z "$(cluster_kubectl -n default get deployment/minio-backupstore -o name --ignore-not-found)" ] || { echo "the cluster has a minio-backupstore of its own"; return; }
  for wanted in volumesnapshots.snapshot.storage volumegroupsnapshots.groupsnapshot.storage snapshotmetadataservices.cbt.storage; do
    grep -qF "/$wanted.k8s.io" <<< "$found" || { echo "the cluster does not know $wanted.k8s.io; e2e/chart/snapshot-controller installs what is needed"; return; }
  done
}
cluster_can() {
  case $1 in
    parts) echo "a cluster by kubeconfig keeps its own processes"; return 1 ;;
    processes | disks) echo "the hosts of a cluster by kubeconfig are not this one"; return 1 ;;
    network) echo "this host is not in the network of a cluster by kubeconfig"; return 1 ;;
  esac
}

cluster_image() { echo "# cluster ($(cluster_kubectl config current-context)) and image ($DROVER_IMAGE_NAME)"; }
cluster_up() { check "the nodes are ready" cluster_kubectl wait --for=condition=Ready nodes --all --timeout=120s; }
cluster_load_image() { :; }
cluster_kept() { echo "kubectl config current-context: $(cluster_kubectl config current-context)"; }
cluster_down() {
  # Claims while Drover is there to delete them; then Drover, its definitions, the rest.
  {
    k delete pods,volumesnapshots,pvc --all --timeout=120s
    cluster_kubectl wait --for=delete pv --all --timeout=120s
    helm uninstall drover -n $namespace --wait --timeout 120s
    cluster_kubectl get crd -o name | grep '\.drover\.io$' | while read -r definition; do cluster_kubectl delete "$definition" --timeout=60s < /dev/null; done
    cluster_kubectl delete storageclass drover-e2e-longhorn drover-from-backup --ignore-not-found --timeout=60s
    cluster_kubectl delete volumesnapshotclass drover-e2e-longhorn-snapshots drover-e2e-longhorn-backups drover-same-backup drover-kept \
      --ignore-not-found --timeout=60s
    cluster_kubectl delete clusterrole,clusterrolebinding drover-e2e-backup-software --ignore-not-found --timeout=60s
    cluster_kubectl delete -f "$minio" --ignore-not-found --timeout=60s
    cluster_kubectl delete namespace drover-e2e $namespace --ignore-not-found --timeout=120s
  } > "$work/down.log" 2>&1
}

# Not the function `kubectl` of cluster.sh, which comes here.
cluster_kubectl() { command kubectl "$@"; }
cluster_exec() { "$@"; }
cluster_node_name() { k get pod writer -o jsonpath='{.spec.nodeName}'; }
# The disk is the chart's default. The image's name is taken apart as the chart wants it: the registry is what has a dot or a port.
cluster_values() {
  local name=$DROVER_IMAGE_NAME registry= tag= digest=
  case $name in *@*) digest=${name##*@}; name=${name%@*} ;; esac
  case ${name##*/} in *:*) tag=${name##*:}; name=${name%:*} ;; esac
  case $name in */*) case ${name%%/*} in *.* | *:* | localhost) registry=${name%%/*}; name=${name#*/} ;; esac ;; esac
  echo "image: {registry: \"$registry\", repository: \"$name\", tag: \"$tag\", digest: \"$digest\"}"
}
cluster_capabilities() { agent "$(pod_of node)" cat /proc/self/status | awk '/CapEff/ { found = $2 } END { print found ? found : 0 }'; }

# agent <pod> <command>…: in the agent's container, which sees the host's devices, processes and the kubelet's mounts
agent() { local pod=$1; shift; d exec "$pod" -c agent -- "$@"; }
# on_hosts <script>: succeeds if it does on every host, and if there is one at all
on_hosts() {
  local pods pod
  pods=$(d get pods -l app.kubernetes.io/component=node -o jsonpath='{.items[*].metadata.name}') && [ -n "$pods" ] || return 1
  for pod in $pods; do agent "$pod" sh -c "$1" || return 1; done
}

start_s3() {
  s3_key=drover-trial
  s3_secret=drover-trial-secret
  s3_address=minio-service.default:9000
  cluster_kubectl apply -f "$minio" && cluster_kubectl -n default rollout status deployment/minio-backupstore --timeout=180s \
    && cluster_kubectl -n default wait --for=condition=Complete job/minio-bucket --timeout=180s
}
# MinIO keeps each object as a folder of its name; its image has no find.
bucket_files() { cluster_kubectl -n default exec deployment/minio-backupstore -- ls -R /storage/backupbucket; }

# By the agent on the same node: it sees all processes of the host. It may be the one to die, so that it answers first, and the death is awaited.
cluster_kill_container() {
  local id node by before
  before=$(restarts "$1" "$2")
  id=$(d get pod "$1" -o jsonpath="{.status.containerStatuses[?(@.name==\"$2\")].containerID}")
  node=$(d get pod "$1" -o jsonpath='{.spec.nodeName}')
  by=$(d get pods -l app.kubernetes.io/component=node --field-selector "spec.nodeName=$node" -o jsonpath='{.items[0].metadata.name}')
  [ -n "$id" ] && [ -n "$by" ] || return 1
  agent "$by" sh -c 'first=$(grep -l "$1" /proc/[0-9]*/cgroup 2> /dev/null | cut -d/ -f3 | sort -n | head -n 1)
    [ -n "$first" ] || exit 1
    (sleep 1; kill -9 "$first") > /dev/null 2>&1 < /dev/null &' - "${id#*://}" || return 1
  was_restarted() { test "$(restarts "$1" "$2")" -gt "$3"; }
  eventually 60 was_restarted "$1" "$2" "$before"
}
cluster_kill_part() { cluster_can parts; }
cluster_revive() { cluster_can parts; }
cluster_process() { cluster_can processes; }
cluster_wipe() { cluster_can disks; }

# Instead of fio on the host: the pod writes, makes it durable, compares. It reads what may be in the page cache still.
io_by="the pod"
io_begins() {
  rm -f "$work/io-stop" "$work/io-errors" "$work/io-rounds"
  while [ -d "$work" ] && [ ! -e "$work/io-stop" ]; do
    in_pod writer 'dd if=/dev/urandom of=/tmp/io bs=64k count=128 && dd if=/tmp/io of=/data/io bs=4k conv=fsync && cmp /tmp/io /data/io' > "$work/io.log" 2>&1 \
      || { cat "$work/io.log" >> "$work/io-errors"; }
    echo round >> "$work/io-rounds"
  done &
  io=$!
}

nothing_mounted() { on_hosts '! grep -q "volumes/pvc-\|kubernetes.io~csi/pvc" /proc/self/mountinfo'; }
# The kernel names a file by its path in the mount namespace that opened it: not the host's.
no_devices() { on_hosts '! grep -qs "/pvc-" /sys/block/loop*/loop/backing_file'; }
# A host has one disk at least: none that could be looked at is an error.
no_folders() {
  on_hosts 'looked=
    for disk in /var/lib/drover/disk /var/lib/drover/mounts/*; do
      [ -d "$disk/volumes" ] || continue
      left=$(ls -A "$disk/volumes") && [ -z "$left" ] || { echo "$left"; exit 1; }
      looked=yes
    done
    [ -n "$looked" ]'
}
