# Backups to S3: the target and its Secret come from the chart's values.
echo "# backup"
check "the target works" eventually 30 drover target test default
snapshot saved data drover-backup | k apply -f - > /dev/null
check "a backup becomes ready" usable saved
blocks_in_bucket() { bucket_files | grep '\.blk'; }
check "it lies in the bucket" blocks_in_bucket
backup_is_shown() { d get backups.drover.io | grep -w "$(volume_of data)" | grep -w default | grep -w Ready; }
check "kubectl shows it" backup_is_shown
check "a claim is restored from the backup" runs_on 180 fetched-reader fetched 1Gi "VolumeSnapshot saved"
check "it holds what the backup saw" in_pod fetched-reader "sha256sum -c /data/sum"
found_snapshot found "$(handle_of saved)" drover.io | k apply -f - > /dev/null
check "a backup that exists is taken over by its handle" usable found 60
check "a larger claim is restored from that" runs_on 180 found-reader found-larger 2Gi "VolumeSnapshot found"
check "its file system has grown" has_grown found-reader
check "and holds the same" in_pod found-reader "sha256sum -c /data/sum"

echo "# made from a backup that exists (fromBackup)"
# url_of <handle>: the URL of the backup behind bak://<volume>/<backup>
url_of() { local path=${1#bak://}; echo "$target_url?backup=${path#*/}&volume=${path%%/*}"; }
from_backup=$(url_of "$(handle_of saved)")
{
  storage_class drover-from-backup "numberOfReplicas: \"1\", fromBackup: \"$from_backup\""
  snapshot_class drover-same-backup Delete "type: bak, fromBackup: \"$from_backup\""
} | kubectl apply -f - > /dev/null
check "a StorageClass restores each claim from a backup" runs_on 180 by-class-reader by-class 1Gi "" Filesystem drover-from-backup
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
