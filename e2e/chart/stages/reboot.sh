# The host loses power under its pods, and comes again.
echo "# reboot of the host"
able disks "the host loses power and comes again" || return 0
check "the raw device is written" in_pod raw-writer "dd if=/dev/urandom of=/dev/raw bs=1M seek=700 count=4 conv=fsync 2> /dev/null"
raw_sum() { in_pod raw-writer "dd if=/dev/raw bs=1M skip=700 count=4 2> /dev/null | sha256sum"; }
raw_before=$(raw_sum)
starts_of() { k get pod "$1" -o jsonpath='{.status.containerStatuses[0].restartCount}'; }
declare -A starts
for pod in writer files-writer raw-writer; do starts[$pod]=$(starts_of "$pod"); done
read_logs
check "the host loses power, and comes again" cluster_reboot
# Before that, they are ready by what was last known of them.
started_again() { local now; now=$(starts_of "$1") && [ "$now" -gt "${starts[$1]}" ] && ready "$1" 1; }
check "its pods come again: ext4" eventually 240 started_again writer
check "xfs" eventually 120 started_again files-writer
check "a raw device" eventually 120 started_again raw-writer
check "with all their files" in_pod writer "sha256sum -c /data/sum"
check "xfs too" in_pod files-writer "grep -qx kept /data/file"
check "the raw device holds the same" same "$(raw_sum)" "$raw_before"
check "a controller leads" eventually 90 sockets_are_served
check "the host is ready" eventually 90 host_is_ready
check "a new claim works" new_claim_works after-reboot
