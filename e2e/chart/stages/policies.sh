# Delete policies: with Retain, what Kubernetes forgets stays with Drover, and is taken up again.
echo "# policy Retain"
snapshot_class drover-kept Retain "type: snap" | kubectl apply -f - > /dev/null
check "a pod runs on a claim of a class with Retain" runs_on 120 kept-writer kept 64Mi "" Filesystem drover-kept
check "it writes" in_pod kept-writer "echo kept > /data/file && sync"
kept_volume=$(volume_of kept)
snapshot kept-snapshot kept drover-kept | k apply -f - > /dev/null
check "a snapshot of a class with Retain becomes ready" usable kept-snapshot 60
kept_handle=$(handle_of kept-snapshot)
kept_content=$(k get volumesnapshot kept-snapshot -o jsonpath='{.status.boundVolumeSnapshotContentName}')
k delete pod kept-writer --wait=true > /dev/null
k delete volumesnapshot kept-snapshot --wait=true > /dev/null
k delete pvc kept --wait=true > /dev/null
check "the volume is released" kubectl wait --for=jsonpath='{.status.phase}'=Released "pv/$kept_volume" --timeout=60s
check "and stays" d get volumes.drover.io "$kept_volume"
kept_has_snapshot() { d get snapshots.drover.io | grep -w "$kept_volume"; }
check "so does its snapshot" kept_has_snapshot
kubectl patch pv "$kept_volume" --type=json -p '[{"op": "remove", "path": "/spec/claimRef"}]' > /dev/null
claim kept-again 64Mi "" Filesystem drover-kept | sed "s/^  storageClassName: .*/&\n  volumeName: $kept_volume/" | k apply -f - > /dev/null
pod kept-reader kept-again | k apply -f - > /dev/null
check "another claim takes the volume" ready kept-reader
check "with its file" in_pod kept-reader "grep -qx kept /data/file"
kubectl delete volumesnapshotcontent "$kept_content" --wait=true > /dev/null
found_snapshot kept-found "$kept_handle" drover.io drover-kept | k apply -f - > /dev/null
check "the snapshot is taken over by its handle" usable kept-found 60
check "and restored" runs_on 120 kept-restored-reader kept-restored 64Mi "VolumeSnapshot kept-found"
check "with the file" in_pod kept-restored-reader "grep -qx kept /data/file"
k delete pod kept-reader kept-restored-reader --wait=true > /dev/null
# Now with the policy Delete.
kubectl patch volumesnapshotcontent kept-found --type=merge -p '{"spec":{"deletionPolicy":"Delete"}}' > /dev/null
kubectl patch pv "$kept_volume" --type=merge -p '{"spec":{"persistentVolumeReclaimPolicy":"Delete"}}' > /dev/null
k delete volumesnapshot kept-found --wait=true > /dev/null
k delete pvc kept-again kept-restored --wait=true > /dev/null
no_snapshots_of() { none d get snapshots.drover.io -o jsonpath="{range .items[?(@.spec.volume==\"$1\")]}{.metadata.name}{\"\\n\"}{end}"; }
kept_is_gone() { volume_is_gone "$kept_volume" && no_snapshots_of "$kept_volume"; }
check "with the policy Delete both go" eventually 90 kept_is_gone
