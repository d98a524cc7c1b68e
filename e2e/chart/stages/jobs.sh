# Recurring jobs, after the stage `schedule`: what they have done by now.
needs schedule
echo "# recurring jobs"
succeeded() { d get jobhistories.drover.io "$(volume_of regular).$1" -o jsonpath='{.status.runs[0].outcome}' | grep -x Succeeded; }
check "the job of the class runs" eventually 150 succeeded own
check "the job that is a resource runs" eventually 150 succeeded minutely
kept() { test "$(d get snapshots.drover.io -o jsonpath="{range .items[?(@.spec.volume==\"$(volume_of regular)\")]}{.spec.labels.RecurringJob}{\"\\n\"}{end}" | grep -cx own)" = 1; }
check "it keeps as many snapshots as it is told" eventually 30 kept
last_backup() { d get volumes.drover.io "$(volume_of regular)" -o jsonpath='{.metadata.annotations.drover\.io/last-backup}' | grep T; }
check "kubectl shows when the last backup was" eventually 30 last_backup
kill $clock 2> /dev/null; wait $clock 2> /dev/null
clock=
d delete recurringjob minutely > /dev/null
k delete pod regular-writer --wait=true > /dev/null
k delete pvc regular --wait=true > /dev/null
# What a job has backed up outlives the volume, as it should.
delete_backups_of_jobs() {
  local backups backup
  # The one that `minutely` keeps must be among them.
  backups=$(d get backups.drover.io -o jsonpath='{range .items[?(@.spec.origin=="Job")]}{.spec.volume}/{.spec.backup}{"\n"}{end}') && [ -n "$backups" ] || return 1
  for backup in $backups; do
    drover backup delete "$backup" --yes || return 1
  done
}
check "the jobs' backups are deleted by hand" delete_backups_of_jobs
