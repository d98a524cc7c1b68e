# Claims and pods: ext4, xfs, raw block, at once or when a pod comes.
echo "# claims and pods"
check "a pod runs on a claim" runs_on 120 writer data 1Gi ""
check "the pod writes" in_pod writer "echo one > /data/file && dd if=/dev/urandom of=/data/random bs=1M count=32 2> /dev/null && sha256sum /data/random > /data/sum && sync"
check "the pod reads" in_pod writer "grep -qx one /data/file && sha256sum -c /data/sum"
check "the group of the pod may write (fsGroup)" in_pod writer 'test "$(stat -c %g /data)" = 2000'
check "it is ext4" in_pod writer "grep -q ' /data ext4 ' /proc/mounts"
check "a pod runs on a claim of xfs" runs_on 120 files-writer files 1Gi "" Filesystem drover-xfs
check "it is xfs, and is written" in_pod files-writer "grep -q ' /data xfs ' /proc/mounts && echo kept > /data/file && sync"
claim raw 1Gi "" Block | k apply -f - > /dev/null
block_pod raw-writer raw | k apply -f - > /dev/null
check "a pod gets a raw device" ready raw-writer
check "it has the claim's size" in_pod raw-writer 'test "$(blockdev --getsize64 /dev/raw)" = 1073741824'
check "it is written and read" in_pod raw-writer "dd if=/dev/urandom of=/tmp/x bs=1M count=4 2> /dev/null && dd if=/tmp/x of=/dev/raw bs=1M seek=100 conv=fsync 2> /dev/null && dd if=/dev/raw bs=1M skip=100 count=4 2> /dev/null | cmp - /tmp/x"
claim early 1Gi "" Filesystem drover-now | k apply -f - > /dev/null
check "a claim of an immediate class is bound without a pod" k wait --for=jsonpath='{.status.phase}'=Bound pvc/early --timeout=60s

volume_is_shown() {
  local line
  line=$(d get volumes.drover.io "$(volume_of data)") && grep -w Ready <<< "$line" && grep -w 1Gi <<< "$line" && grep -w 1/1 <<< "$line" && grep -w "$(cluster_node_name)" <<< "$line"
}
check "kubectl shows size, state, node and replicas of a volume" volume_is_shown
capacity_is_known() { d get csistoragecapacities -o jsonpath='{.items[*].capacity}' | grep .; }
check "the scheduler knows the free space (CSIStorageCapacity)" eventually 60 capacity_is_known
