# Volumes that grow while pods use them.
needs snapshots
echo "# online expansion"
grow() { k patch pvc "$1" -p '{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}' > /dev/null; }
grow files
check "the claim grows" k wait --for=jsonpath='{.status.capacity.storage}'=2Gi pvc/files --timeout=120s
check "the running pod sees it" eventually 30 has_grown files-writer
check "and its file is there" in_pod files-writer "grep -qx kept /data/file"
grow raw
check "the raw device grows" eventually 120 in_pod raw-writer 'test "$(blockdev --getsize64 /dev/raw)" = 2147483648'
grow data
# The kernel lets only a process with CAP_SYS_RESOURCE (bit 24) grow a mounted ext4; the next stage of the volume does it anyway.
if [ $((0x$(cluster_capabilities) >> 24 & 1)) = 1 ]; then
  check "the claim of ext4 grows" k wait --for=jsonpath='{.status.capacity.storage}'=2Gi pvc/data --timeout=120s
  check "the running pod sees it" eventually 30 has_grown writer
else
  echo "SKIPPED ext4 while it is mounted: this machine does not grant CAP_SYS_RESOURCE; it has to grow when the pod comes again"
fi
k delete pod writer --wait=true > /dev/null
# A new pod that comes at once would find the volume still staged.
detached() { local all; [ -n "$1" ] && all=$(kubectl get volumeattachments -o jsonpath='{.items[*].spec.source.persistentVolumeName}') && ! grep -w "$1" <<< "$all"; }
check "the volume of a pod that has gone is detached" eventually 60 detached "$(volume_of data)"
pod writer data | k apply -f - > /dev/null
check "a pod comes again on it" ready writer
check "with its files" in_pod writer "grep -qx two /data/file && sha256sum -c /data/sum"
check "its file system has grown" eventually 60 has_grown writer
check "its claim has grown" k wait --for=jsonpath='{.status.capacity.storage}'=2Gi pvc/data --timeout=120s
