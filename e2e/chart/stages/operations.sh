# Each operation is begun, and at once what does it dies: first the leading controller and the host's agent and mover, then, in a second round,
# the kubelet and the API server. It must end well by itself, as Kubernetes asks again.
# Before an operation begins: who is to die. Looking for them afterwards would give it time to end.
parts_of_driver() { d get pods -o jsonpath='{range .items[*]}{.metadata.uid} {.metadata.labels.app\.kubernetes\.io/component}{"\n"}{end}'; }
uid_of() { d get pod "$1" -o jsonpath='{.metadata.uid}'; }
aim() {
  target= target_uid= host= host_uid=
  drover status && rolled_out || return
  target=$(leader) && target_uid=$(uid_of "$target") && host=$(pod_of node) && host_uid=$(uid_of "$host") || return
  parts=$(parts_of_driver | grep -c .)
  [ -n "$target_uid" ] && [ -n "$host_uid" ] && read_logs
}
# Both at once; true if both were there.
driver_die() { [ -n "$target" ] && [ -n "$host" ] && d delete pod "$target" "$host" --grace-period=0 --force > "$work/strike.log" 2>&1; }
# Others are in their place.
are_replaced() {
  local now
  now=$(parts_of_driver) && [ "$(grep -c . <<< "$now")" = "$parts" ] && ! grep -e "$target_uid" -e "$host_uid" <<< "$now"
}
has_hit() { cat "$work/strike.log"; [ "$hit" = yes ] && [ -n "$target_uid" ] && [ -n "$host_uid" ] && eventually 60 are_replaced; }
# The driver's parts come by themselves, and may be needed for the operation. Whether it had ended already is only told: how fast a machine is
# proves nothing.
driver_come() {
  local title=$1 when="under way"; shift
  if "$@" > /dev/null 2>&1; then when="done before"; fi
  check "$title ($when)" eventually 240 "$@"
  check "its leader and its host's pod were replaced" has_hit
  check "the driver is whole" eventually 120 aim
}
kubernetes_die() { cluster_kill_part kubelet && cluster_kill_part kube-apiserver; }
both_come() { [ "$hit" = yes ] && cluster_revive; }
kubernetes_come() {
  local title=$1; shift
  check "kubelet and API server died, and come again" both_come
  check "$title" eventually 240 "$@"
  check "a controller leads" eventually 120 sockets_are_served
}
# survives <title> <seconds until they die> <command that is true when the operation has ended well>…
# The command must not wait for that.
survives() {
  local title=$1 moment=$2 hit=; shift 2
  : > "$work/strike.log"
  sleep "$moment"
  "${victims}_die" && hit=yes
  "${victims}_come" "$title" "$@"
}

# all_operations driver | kubernetes <prefix of all names> <new size of the claim raw, in GiB>
all_operations() {
  victims=$1
  local my=$2 size=$3
  claim $my 1Gi "" | k apply -f - > /dev/null
  pod $my-writer $my | k apply -f - > /dev/null
  survives "a claim and its pod" 0.3 ready $my-writer 0
  check "the pod writes" in_pod $my-writer "dd if=/dev/urandom of=/data/random bs=1M count=200 2> /dev/null && sha256sum /data/random > /data/sum && sync"

  snapshot $my-snapshot $my drover-snapshot | k apply -f - > /dev/null
  survives "a snapshot" 0 usable $my-snapshot 0
  snapshot $my-backup $my drover-backup | k apply -f - > /dev/null
  survives "a backup" 0.7 usable $my-backup 0
  claim $my-restored 1Gi "VolumeSnapshot $my-backup" | k apply -f - > /dev/null
  pod $my-reader $my-restored | k apply -f - > /dev/null
  survives "a restore from the backup" 1 ready $my-reader 0
  check "it is whole" in_pod $my-reader "sha256sum -c /data/sum"
  claim $my-clone 1Gi "PersistentVolumeClaim $my" | k apply -f - > /dev/null
  pod $my-clone-reader $my-clone | k apply -f - > /dev/null
  survives "a clone" 0.3 ready $my-clone-reader 0
  check "it is whole" in_pod $my-clone-reader "sha256sum -c /data/sum"

  k patch pvc raw -p "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"${size}Gi\"}}}}" > /dev/null
  survives "an expansion" 0.1 in_pod raw-writer "test \$(blockdev --getsize64 /dev/raw) = $((size << 30))"
  k delete pod $my-clone-reader --wait=false > /dev/null
  k delete pvc $my-clone --wait=false > /dev/null
  survives "a deletion" 0.1 gone k get pvc/$my-clone
  k delete volumesnapshot $my-backup --wait=false > /dev/null
  survives "the deletion of a backup" 0 gone k get volumesnapshot/$my-backup
  check "the first pod's files are whole" in_pod $my-writer "sha256sum -c /data/sum"
  k delete pod $my-writer $my-reader --wait=true > /dev/null
  k delete volumesnapshot $my-snapshot --wait=true > /dev/null
  k delete pvc $my $my-restored --wait=true > /dev/null
}

echo "# the driver is killed at each operation"
check "the driver is whole" eventually 120 aim
io_begins
all_operations driver struck 3
check "$io_by wrote and verified all the time without an error" io_ended_well
if able parts "kubelet and API server killed at each operation"; then
  echo "# kubelet and API server are killed at each operation"
  read_logs
  io_begins
  all_operations kubernetes halted 4
  check "$io_by wrote and verified all the time without an error" io_ended_well
  # An API server that begins forbids what it has not read the roles of: that is no right that is missing.
  logs_since=$(date -u +%FT%TZ)
fi
