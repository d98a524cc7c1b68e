# Volumes that grow while pods use them.
echo "# online expansion"
grow() { k patch pvc "$1" -p '{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}' > /dev/null; }
has_grown() { in_pod "$1" 'test "$(df -kP /data | tail -n 1 | awk "{print \$2}")" -gt 1900000'; }
grow files
check "the claim grows" k wait --for=jsonpath='{.status.capacity.storage}'=2Gi pvc/files --timeout=120s
check "the running pod sees it" eventually 30 has_grown files-writer
check "and its file is there" in_pod files-writer "grep -qx kept /data/file"
grow raw
check "the raw device grows" eventually 120 in_pod raw-writer 'test "$(blockdev --getsize64 /dev/raw)" = 2147483648'
# The kernel lets only a process with CAP_SYS_RESOURCE (bit 24) grow a mounted ext4; the next stage of the volume does it anyway.
if [ $((0x$(awk '/CapEff/ { print $2 }' /proc/self/status) >> 24 & 1)) = 1 ]; then
  grow data
  check "the claim of ext4 grows" k wait --for=jsonpath='{.status.capacity.storage}'=2Gi pvc/data --timeout=120s
  check "the running pod sees it" eventually 30 has_grown writer
else
  echo "SKIPPED ext4 while it is mounted: this machine does not grant CAP_SYS_RESOURCE"
fi
