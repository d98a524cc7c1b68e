# Local snapshots, restores, clones.
echo "# snapshot, restore, clone"
snapshot first data drover-snapshot | k apply -f - > /dev/null
check "a snapshot becomes ready" usable first 60
snapshot_is_shown() { d get snapshots.drover.io | grep -w "$(volume_of data)"; }
check "it is a Snapshot of Drover's" eventually 10 snapshot_is_shown
check "the pod changes its file" in_pod writer "echo two > /data/file && sync"
claim restored 1Gi "VolumeSnapshot first" | k apply -f - > /dev/null
pod restored-reader restored | k apply -f - > /dev/null
check "a claim is restored from the snapshot" ready restored-reader
check "it holds what the snapshot saw" in_pod restored-reader "grep -qx one /data/file && sha256sum -c /data/sum"
claim larger 2Gi "VolumeSnapshot first" | k apply -f - > /dev/null
pod larger-reader larger | k apply -f - > /dev/null
check "a larger claim is restored from the snapshot" ready larger-reader
check "its file system has grown" in_pod larger-reader 'test "$(df -kP /data | tail -n 1 | awk "{print \$2}")" -gt 1900000 && grep -qx one /data/file'
claim cloned 1Gi "PersistentVolumeClaim data" | k apply -f - > /dev/null
pod clone-reader cloned | k apply -f - > /dev/null
check "a claim is cloned from the claim" ready clone-reader
check "it holds what the claim held" in_pod clone-reader "grep -qx two /data/file && sha256sum -c /data/sum"
