# Each operation is begun, and at once the parts that do it die: the leading controller and the host's agent and mover. It must end well by
# itself, as Kubernetes asks again.
echo "# killed at each operation"
# strike <seconds>: a moment later both die
strike() { sleep "$1"; lose "$(leader)"; lose "$(pod_of node)"; }
# survives <title> <seconds until they die> <command that is true when the operation has ended well>…
survives() { local title=$1 moment=$2; shift 2; strike "$moment" > "$work/strike.log" 2>&1; check "$title" eventually 240 "$@"; }
io_begins

claim struck 1Gi "" | k apply -f - > /dev/null
pod struck-writer struck | k apply -f - > /dev/null
survives "a claim and its pod" 0.3 ready struck-writer 5
check "the pod writes" in_pod struck-writer "dd if=/dev/urandom of=/data/random bs=1M count=200 2> /dev/null && sha256sum /data/random > /data/sum && sync"

snapshot struck-snapshot struck drover-snapshot | k apply -f - > /dev/null
survives "a snapshot" 0 usable struck-snapshot 5
snapshot struck-backup struck drover-backup | k apply -f - > /dev/null
survives "a backup" 1.5 usable struck-backup 5
claim struck-restored 1Gi "VolumeSnapshot struck-backup" | k apply -f - > /dev/null
pod struck-reader struck-restored | k apply -f - > /dev/null
survives "a restore from the backup" 2 ready struck-reader 5
check "it is whole" in_pod struck-reader "sha256sum -c /data/sum"
claim struck-clone 1Gi "PersistentVolumeClaim struck" | k apply -f - > /dev/null
pod struck-clone-reader struck-clone | k apply -f - > /dev/null
survives "a clone" 0.3 ready struck-clone-reader 5
check "it is whole" in_pod struck-clone-reader "sha256sum -c /data/sum"

k patch pvc raw -p '{"spec":{"resources":{"requests":{"storage":"3Gi"}}}}' > /dev/null
survives "an expansion" 0.1 in_pod raw-writer 'test "$(blockdev --getsize64 /dev/raw)" = 3221225472'
k delete pod struck-clone-reader --wait=false > /dev/null
k delete pvc struck-clone --wait=false > /dev/null
gone() { ! k get "$1" 2> /dev/null; }
survives "a deletion" 0.2 gone pvc/struck-clone
k delete volumesnapshot struck-backup --wait=false > /dev/null
survives "the deletion of a backup" 0 gone volumesnapshot/struck-backup
check "$io_by wrote and verified all the time without an error" io_ended_well
check "the first pod's files are whole" in_pod struck-writer "sha256sum -c /data/sum"
k delete pod struck-writer struck-reader --wait=true > /dev/null
k delete volumesnapshot struck-snapshot --wait=true > /dev/null
k delete pvc struck struck-restored --wait=true > /dev/null
