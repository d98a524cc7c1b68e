# Each operation is begun, and at once the parts that do it die: the leading controller and the host's agent and mover. It must end well by
# itself, as Kubernetes asks again.
echo "# killed at each operation"
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
check "the driver is whole" eventually 120 aim
# Both at once; true if both were there.
strike() { [ -n "$target" ] && [ -n "$host" ] && d delete pod "$target" "$host" --grace-period=0 --force > "$work/strike.log" 2>&1; }
# Others are in their place.
are_replaced() {
  local now
  now=$(parts_of_driver) && [ "$(grep -c . <<< "$now")" = "$parts" ] && ! grep -e "$target_uid" -e "$host_uid" <<< "$now"
}
has_hit() { cat "$work/strike.log"; [ "$hit" = yes ] && [ -n "$target_uid" ] && [ -n "$host_uid" ] && eventually 60 are_replaced; }
# survives <title> <seconds until they die> <command that is true when the operation has ended well>…
# Whether it had ended already is only told: how fast a machine is proves nothing. The command must not wait for that.
survives() {
  local title=$1 moment=$2 when="under way" hit=; shift 2
  : > "$work/strike.log"
  sleep "$moment"
  strike && hit=yes
  if "$@" > /dev/null 2>&1; then when="done before"; fi
  check "$title ($when)" eventually 240 "$@"
  check "its leader and its host's pod were replaced" has_hit
  check "the driver is whole" eventually 120 aim
}
io_begins

claim struck 1Gi "" | k apply -f - > /dev/null
pod struck-writer struck | k apply -f - > /dev/null
survives "a claim and its pod" 0.3 ready struck-writer 0
check "the pod writes" in_pod struck-writer "dd if=/dev/urandom of=/data/random bs=1M count=200 2> /dev/null && sha256sum /data/random > /data/sum && sync"

snapshot struck-snapshot struck drover-snapshot | k apply -f - > /dev/null
survives "a snapshot" 0 usable struck-snapshot 0
snapshot struck-backup struck drover-backup | k apply -f - > /dev/null
survives "a backup" 0.7 usable struck-backup 0
claim struck-restored 1Gi "VolumeSnapshot struck-backup" | k apply -f - > /dev/null
pod struck-reader struck-restored | k apply -f - > /dev/null
survives "a restore from the backup" 1 ready struck-reader 0
check "it is whole" in_pod struck-reader "sha256sum -c /data/sum"
claim struck-clone 1Gi "PersistentVolumeClaim struck" | k apply -f - > /dev/null
pod struck-clone-reader struck-clone | k apply -f - > /dev/null
survives "a clone" 0.3 ready struck-clone-reader 0
check "it is whole" in_pod struck-clone-reader "sha256sum -c /data/sum"

k patch pvc raw -p '{"spec":{"resources":{"requests":{"storage":"3Gi"}}}}' > /dev/null
survives "an expansion" 0.1 in_pod raw-writer 'test "$(blockdev --getsize64 /dev/raw)" = 3221225472'
k delete pod struck-clone-reader --wait=false > /dev/null
k delete pvc struck-clone --wait=false > /dev/null
survives "a deletion" 0.1 gone k get pvc/struck-clone
k delete volumesnapshot struck-backup --wait=false > /dev/null
survives "the deletion of a backup" 0 gone k get volumesnapshot/struck-backup
check "$io_by wrote and verified all the time without an error" io_ended_well
check "the first pod's files are whole" in_pod struck-writer "sha256sum -c /data/sum"
k delete pod struck-writer struck-reader --wait=true > /dev/null
k delete volumesnapshot struck-snapshot --wait=true > /dev/null
k delete pvc struck struck-restored --wait=true > /dev/null
