# Snapshots of several volumes at one moment.
echo "# group snapshot"
group_version=$(kubectl get crd volumegroupsnapshots.groupsnapshot.storage.k8s.io -o jsonpath='{.spec.versions[?(@.storage==true)].name}')
claim group-one 64Mi "" | k apply -f - > /dev/null
claim group-two 64Mi "" | k apply -f - > /dev/null
k label pvc group-one group-two group=pair > /dev/null
pod group-one-writer group-one | k apply -f - > /dev/null
pod group-two-writer group-two | k apply -f - > /dev/null
check "two pods run" ready group-one-writer
check "on two claims" ready group-two-writer
check "they write" in_pod group-one-writer "echo first > /data/file && sync"
check "both" in_pod group-two-writer "echo second > /data/file && sync"
k apply -f - > /dev/null <<Y
apiVersion: groupsnapshot.storage.k8s.io/$group_version
kind: VolumeGroupSnapshot
metadata: {name: pair}
spec:
  volumeGroupSnapshotClassName: drover-group-snapshot
  source: {selector: {matchLabels: {group: pair}}}
Y
check "a group snapshot becomes ready" k wait --for=jsonpath='{.status.readyToUse}'=true volumegroupsnapshot/pair --timeout=120s
# member <claim>: the VolumeSnapshot of the group that is of this claim
member() { k get volumesnapshot -o jsonpath="{range .items[?(@.spec.source.persistentVolumeClaimName==\"$1\")]}{.metadata.name}{\"\n\"}{end}" | grep .; }
has_members() { member group-one && member group-two; }
check "it has a snapshot of each" eventually 60 has_members
group_is_known() { d get snapshotgroups.drover.io -o name | grep .; }
check "Drover knows the group" eventually 10 group_is_known
check "they write again" in_pod group-two-writer "echo changed > /data/file && sync"
member_name=$(member group-two)
check "a claim is restored from a member" runs_on 120 group-reader group-restored 64Mi "VolumeSnapshot $member_name"
check "it holds what the group saw" in_pod group-reader "grep -qx second /data/file"
k delete pod group-one-writer group-two-writer group-reader --wait=true > /dev/null
k delete pvc group-restored --wait=true > /dev/null
check "the group goes" k delete volumegroupsnapshot pair --wait=true --timeout=120s
check "with its record" eventually 60 none d get snapshotgroups.drover.io -o name
k delete pvc group-one group-two --wait=true > /dev/null
