# I/O on a volume while parts of Drover die, and what is expected of Drover then. Sourced by `run`.
#
# A provider's io_begins writes and verifies a file of the pod `writer` until this.
io_ended_well() { touch "$work/io-stop"; wait "$io"; io=; cat "$work/io-errors" 2> /dev/null; test ! -e "$work/io-errors" && test "$(wc -l < "$work/io-rounds")" -ge 2; }
another_leads() { local now; now=$(leader); [ -n "$now" ] && [ "$now" != "$1" ] && drover status; }
new_claim_works() { # <name>
  runs_on 180 "$1" "$1" 1Gi "" && in_pod "$1" "echo $1 > /data/file && sync" && k delete pod "$1" --wait=true && k delete pvc "$1" --wait=true
}
# lose <pod>: it dies at once with all its containers; its controller makes another one. Unlike a container that is killed again and again,
# that one is not held back by the kubelet.
lose() { [ -n "$1" ] && read_logs && d delete pod "$1" --grace-period=0 --force; }
kill_container() { read_logs; cluster_kill_container "$@"; }

# Loops that run beside the stages: io_begins' $io, and $clock of the stage `schedule`.
io=
clock=
# With what they run at that moment, which would go on without them.
end_background() {
  local loop all=
  touch "$work/io-stop"
  for loop in $io $clock; do all+=" $loop $(pgrep -P "$loop" | xargs)"; done
  [ -z "$all" ] || kill $all 2> /dev/null
  # Without a name it would wait for the S3 server too.
  [ -z "$io$clock" ] || wait $io $clock 2> /dev/null
  io=
  clock=
}
