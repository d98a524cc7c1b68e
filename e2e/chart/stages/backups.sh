# Backups to S3: the target and its Secret come from the chart's values.
echo "# backup"
check "the target works" eventually 30 drover target test default
snapshot saved data drover-backup | k apply -f - > /dev/null
check "a backup becomes ready" usable saved
blocks_in_bucket() { bucket_files | grep '\.blk'; }
check "it lies in the bucket" blocks_in_bucket
backup_is_shown() { d get backups.drover.io | grep -w "$(volume_of data)" | grep -w default | grep -w Ready; }
check "kubectl shows it" backup_is_shown
claim fetched 1Gi "VolumeSnapshot saved" | k apply -f - > /dev/null
pod fetched-reader fetched | k apply -f - > /dev/null
check "a claim is restored from the backup" ready fetched-reader 180
check "it holds what the backup saw" in_pod fetched-reader "sha256sum -c /data/sum"
found_snapshot found "$(handle_of saved)" drover.io | k apply -f - > /dev/null
check "a backup that exists is taken over by its handle" usable found 60
claim found-larger 2Gi "VolumeSnapshot found" | k apply -f - > /dev/null
pod found-reader found-larger | k apply -f - > /dev/null
check "a larger claim is restored from that" ready found-reader 180
check "its file system has grown, and holds the same" in_pod found-reader 'test "$(df -kP /data | tail -n 1 | awk "{print \$2}")" -gt 1900000 && cd /data && sha256sum -c /data/sum'

echo "# made from a backup that exists (fromBackup)"
# url_of <handle>: the URL of the backup behind bak://<volume>/<backup>
url_of() { local path=${1#bak://}; echo "$target_url?backup=${path#*/}&volume=${path%%/*}"; }
from_backup=$(url_of "$(handle_of saved)")
kubectl apply -f - > /dev/null <<Y
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: drover-from-backup}
provisioner: drover.io
parameters: {numberOfReplicas: "1", fromBackup: "$from_backup"}
---
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotClass
metadata: {name: drover-same-backup}
driver: drover.io
deletionPolicy: Delete
parameters: {type: bak, fromBackup: "$from_backup"}
Y
claim by-class 1Gi "" Filesystem drover-from-backup | k apply -f - > /dev/null
pod by-class-reader by-class | k apply -f - > /dev/null
check "a StorageClass restores each claim from a backup" ready by-class-reader 180
check "it holds what the backup saw" in_pod by-class-reader "sha256sum -c /data/sum"
snapshot same data drover-same-backup | k apply -f - > /dev/null
check "a VolumeSnapshotClass takes over a backup" usable same 60
same_content=$(k get volumesnapshot same -o jsonpath='{.status.boundVolumeSnapshotContentName}')
saved_backup=$(handle_of saved)
k delete volumesnapshot same --wait=true > /dev/null
# Only then has Drover been asked to delete it.
check "that VolumeSnapshot goes, with its content" eventually 60 gone kubectl get volumesnapshotcontent "$same_content"
check "the backup stays" backup_is_shown
backup_is_in_bucket() { local files; files=$(bucket_files) && [ -n "$saved_backup" ] && grep -F "backup_${saved_backup##*/}.cfg" <<< "$files"; }
check "in the bucket too" backup_is_in_bucket
check "with its blocks" blocks_in_bucket
