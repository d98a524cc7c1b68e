# Recurring jobs: one of the StorageClass, one that is a resource and is chosen by the class.
echo "# recurring jobs"
d apply -f - > /dev/null <<< "{apiVersion: drover.io/v1alpha1, kind: RecurringJob, metadata: {name: minutely}, spec: {task: backup, cron: '* * * * *', retain: 1}}"
claim regular 1Gi "" Filesystem drover-jobs | k apply -f - > /dev/null
pod regular-writer regular | k apply -f - > /dev/null
check "a pod runs on a claim whose class has jobs" ready regular-writer
# A job skips a volume with nothing new.
in_pod regular-writer 'while :; do date > /data/now; sync; sleep 2; done' > /dev/null 2>&1 &
clock=$!
succeeded() { d get jobhistories.drover.io "$(volume_of regular).$1" -o jsonpath='{.status.runs[0].outcome}' | grep -x Succeeded; }
check "the job of the class runs" eventually 150 succeeded own
check "the job that is a resource runs" eventually 150 succeeded minutely
kept() { test "$(d get snapshots.drover.io -o jsonpath="{range .items[?(@.spec.volume==\"$(volume_of regular)\")]}{.spec.labels.RecurringJob}{\"\\n\"}{end}" | grep -cx own)" = 1; }
check "it keeps as many snapshots as it is told" eventually 30 kept
last_backup() { d get volumes.drover.io "$(volume_of regular)" -o jsonpath='{.metadata.annotations.drover\.io/last-backup}' | grep T; }
check "kubectl shows when the last backup was" eventually 30 last_backup
kill $clock 2> /dev/null; wait $clock 2> /dev/null
d delete recurringjob minutely > /dev/null
k delete pod regular-writer --wait=true > /dev/null
k delete pvc regular --wait=true > /dev/null
# What a job has backed up outlives the volume, as it should.
delete_backups_of_jobs() {
  local backup
  for backup in $(d get backups.drover.io -o jsonpath='{range .items[?(@.spec.origin=="Job")]}{.spec.volume}/{.spec.backup}{"\n"}{end}'); do
    drover backup delete "$backup" --yes || return 1
  done
}
check "the jobs' backups are deleted by hand" delete_backups_of_jobs
