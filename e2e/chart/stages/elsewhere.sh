# What outlives the cluster's records: volumes, which `drover recover` finds on the disks, and backups, which any other installation restores.
# Comes after `lifecycle`, which has left nothing.
needs lifecycle
echo "# records lost, disks kept"
install() { helm install drover "$top/charts/drover" -n $namespace --values "$work/values.yaml" && rolled_out && eventually 90 sockets_are_served; }
lose_records() { kubectl delete --timeout=60s $(kubectl get crd -o name | grep '\.drover\.io$'); }
check "helm install" install
check "a pod runs on a claim" runs_on 120 survivor-writer survivor 1Gi "" Filesystem drover-kept
check "it writes" in_pod survivor-writer "dd if=/dev/urandom of=/data/random bs=1M count=16 2> /dev/null && sha256sum /data/random > /data/sum && sync"
survivor=$(volume_of survivor)
snapshot survivor-snapshot survivor drover-snapshot | k apply -f - > /dev/null
check "a snapshot becomes ready" usable survivor-snapshot 60
k delete pod survivor-writer --wait=true > /dev/null
check "helm uninstall" uninstall
check "all records of Drover are deleted, with their definitions" lose_records
check "helm install" install
unknown() { gone d get volumes.drover.io "$survivor"; }
check "nothing is known of the volume" unknown
is_found() { drover recover --dry-run | grep -w "$survivor"; }
check "drover recover --dry-run finds it" is_found
check "and makes nothing" unknown
check "drover recover" drover recover
check "the volume is known" d get volumes.drover.io "$survivor"
its_snapshot() { d get snapshots.drover.io | grep -w "$survivor"; }
check "its snapshot too" its_snapshot
pod survivor-reader survivor | k apply -f - > /dev/null
check "a pod runs on the claim" ready survivor-reader
check "with its files" in_pod survivor-reader "sha256sum -c /data/sum"
check "the snapshot is restored" runs_on 120 survivor-restored-reader survivor-restored 1Gi "VolumeSnapshot survivor-snapshot"
check "with the files" in_pod survivor-restored-reader "sha256sum -c /data/sum"

echo "# another installation, and nothing but the bucket"
snapshot far survivor drover-backup | k apply -f - > /dev/null
check "a backup becomes ready" usable far
far=$(handle_of far)
kubectl patch volumesnapshotcontent "$(k get volumesnapshot far -o jsonpath='{.status.boundVolumeSnapshotContentName}')" --type=merge -p '{"spec":{"deletionPolicy":"Retain"}}' > /dev/null
kubectl patch pv "$survivor" --type=merge -p '{"spec":{"persistentVolumeReclaimPolicy":"Delete"}}' > /dev/null
check "pods go" k delete pod --all --timeout=120s
check "snapshots go" k delete volumesnapshot --all --timeout=120s
kubectl delete volumesnapshotcontent --all --timeout=60s > /dev/null
check "claims go" k delete pvc --all --timeout=120s
check "no persistent volume is left" eventually 120 no_volumes
backup_is_left() { bucket_files | grep 'backup_.*\.cfg'; }
check "the backup is left" backup_is_left
check "helm uninstall" uninstall
check "all records are deleted" lose_records
if able disks "the disk is wiped"; then check "the disk is wiped" eventually 30 cluster_wipe; fi
check "helm install" install
listed() { d get backups.drover.io -o jsonpath='{range .items[*]}{.spec.volume}/{.spec.backup}{"\n"}{end}' | grep -x "${far#bak://}"; }
check "the backup is listed by itself" eventually 90 listed
found_snapshot far "$far" drover.io | k apply -f - > /dev/null
check "it is taken over by its handle" usable far 60
check "a claim is restored from it" runs_on 180 far-reader far 1Gi "VolumeSnapshot far"
check "with the files" in_pod far-reader "sha256sum -c /data/sum"
check "it is deleted by hand" drover backup delete "${far#bak://}" --yes
check "no block is left in the bucket" no_backups
k delete pod far-reader --wait=true > /dev/null
k delete volumesnapshot far --wait=true > /dev/null
k delete pvc far --wait=true > /dev/null
check "no persistent volume is left" eventually 120 no_volumes
check "no loop device is left" eventually 30 no_devices
check "helm uninstall" uninstall
