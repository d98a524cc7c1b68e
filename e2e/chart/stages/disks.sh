# A disk is added to a host by its StorageNode, used, and taken away again; a host is closed for new volumes.
echo "# disks of a host"
able disks "a disk is added by the StorageNode, and taken away" || return 0
host=$(cluster_node_name)
extra=$data/extra
mkdir -p "$extra"
# A folder on btrfs or XFS is used as it is, and a size refused; elsewhere there has to be an image file.
case $(stat -f -c %T "$extra") in btrfs | xfs) extra_size= ;; *) extra_size=', "size": 1073741824' ;; esac
# edit_host <spec> [<option>…]
edit_host() { local spec=$1; shift; d patch storagenodes.drover.io "$host" --type=merge -p "{\"spec\": $spec}" "$@"; }
check "the StorageNode is given one more disk" edit_host "{\"disks\": [{\"path\": \"$extra\", \"tags\": [\"extra\"]$extra_size}]}"
# What the status tells of it: <uuid>|<problem>, and nothing of a disk that is not there
extra_status() { d get storagenodes.drover.io "$host" -o jsonpath="{range .status.disks[?(@.path==\"$extra\")]}{.uuid}|{.problem}{end}"; }
extra_is_healthy() { local now; now=$(extra_status); echo "$now"; [[ $now == ?*'|' ]]; }
check "it is there, and healthy" eventually 60 extra_is_healthy
extra_uuid=$(extra_status)
extra_uuid=${extra_uuid%%|*}
storage_class drover-e2e-extra 'numberOfReplicas: "1", diskSelector: extra' | kubectl apply -f - > /dev/null
check "a pod runs on a claim of a class with its tag" runs_on 120 on-extra-writer on-extra 64Mi "" Filesystem drover-e2e-extra
place_of() { d get volumes.drover.io "$(volume_of "$1")" -o jsonpath='{.status.placements[*].disk}'; }
check "it lies on that disk" same "$(place_of on-extra)" "$extra_uuid"
check "the pod writes and reads" in_pod on-extra-writer "echo extra > /data/file && sync && grep -qx extra /data/file"
# Not in earnest: an object that Drover cannot read would close the host.
check "an identity that cannot be one is refused" says 'disks\[0\].adopt' edit_host "{\"disks\": [{\"path\": \"$extra\", \"adopt\": \"a b\"}]}" --dry-run=server

check "the host is closed for new volumes" edit_host '{"schedulable": false}'
# The controller may hear of it a moment later.
sleep 2
claim waits 64Mi "" Filesystem drover-now | k apply -f - > /dev/null
check "a claim says in its event that no disk takes it, and why" eventually 60 event_tells waits 'no disk takes.*schedulable: false'
check "the pod on the host reads on" in_pod on-extra-writer "grep -qx extra /data/file"
check "the host is opened again" edit_host '{"schedulable": true}'
# The provisioner asks again later and later.
check "the claim is bound" k wait --for=jsonpath='{.status.phase}'=Bound pvc/waits --timeout=180s
k delete pvc waits --wait=true > /dev/null

extra_volume=$(volume_of on-extra)
k delete pod on-extra-writer --wait=true > /dev/null
k delete pvc on-extra --wait=true > /dev/null
check "the volume on it goes" eventually 60 volume_is_gone "$extra_volume"
check "the disk is taken out of the list" edit_host '{"disks": []}'
check "it is gone from the status" eventually 60 none extra_status
kubectl delete storageclass drover-e2e-extra > /dev/null
