# Begins what the stage `jobs` looks at when some minutes have passed: one job of the StorageClass, one that is a resource and is chosen by the
# class.
echo "# recurring jobs begin"
d apply -f - > /dev/null <<< "{apiVersion: drover.io/v1alpha1, kind: RecurringJob, metadata: {name: minutely}, spec: {task: backup, cron: '* * * * *', retain: 1}}"
claim regular 1Gi "" Filesystem drover-jobs | k apply -f - > /dev/null
pod regular-writer regular | k apply -f - > /dev/null
check "a pod runs on a claim whose class has jobs" ready regular-writer
# A job skips a volume with nothing new.
while [ -d "$work" ]; do in_pod regular-writer 'for i in $(seq 15); do date > /data/now; sync; sleep 2; done' || sleep 2; done > /dev/null 2>&1 &
clock=$!
succeeded() { d get jobhistories.drover.io "$(volume_of regular).$1" -o jsonpath='{.status.runs[0].outcome}' | grep -x Succeeded; }
