# Local snapshots, restores, clones.
echo "# snapshot, restore, clone"
snapshot first data drover-snapshot | k apply -f - > /dev/null
check "a snapshot becomes ready" usable first 60
snapshot_is_shown() { d get snapshots.drover.io | grep -w "$(volume_of data)"; }
check "it is a Snapshot of Drover's" eventually 10 snapshot_is_shown
check "the pod changes its file" in_pod writer "echo two > /data/file && sync"
check "a claim is restored from the snapshot" runs_on 120 restored-reader restored 1Gi "VolumeSnapshot first"
check "it holds what the snapshot saw" in_pod restored-reader "grep -qx one /data/file && sha256sum -c /data/sum"
check "a larger claim is restored from the snapshot" runs_on 120 larger-reader larger 2Gi "VolumeSnapshot first"
check "its file system has grown" has_grown larger-reader
check "and holds what the snapshot saw" in_pod larger-reader "grep -qx one /data/file"
check "a claim is cloned from the claim" runs_on 120 clone-reader cloned 1Gi "PersistentVolumeClaim data"
check "it holds what the claim held" in_pod clone-reader "grep -qx two /data/file && sha256sum -c /data/sum"
