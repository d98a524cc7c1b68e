# Begins what the stage `jobs` looks at when some minutes have passed: one job of the StorageClass, one that is a resource and is chosen by the
# class.
echo "# recurring jobs begin"
d apply -f - > /dev/null <<< "{apiVersion: drover.io/v1alpha1, kind: RecurringJob, metadata: {name: minutely}, spec: {task: backup, cron: '* * * * *', retain: 1}}"
check "a pod runs on a claim whose class has jobs" runs_on 120 regular-writer regular 1Gi "" Filesystem drover-jobs
# A job skips a volume with nothing new.
while [ -d "$work" ]; do in_pod regular-writer 'for i in $(seq 15); do date > /data/now; sync; sleep 2; done' || sleep 2; done > /dev/null 2>&1 &
clock=$!
