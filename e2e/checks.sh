# Counting checks of a shell test. Sourced; needs $work, a folder.
passed=0
failed=0
failures=

ok()     { passed=$((passed + 1)); echo "ok: $1"; }
failed() { failed=$((failed + 1)); failures+="  $1"$'\n'; echo "FAILED: $1"; }
# check <title> <command>…: the command's exit status decides; its output is shown when it fails.
check() {
  local title=$1; shift
  # In this shell and not in a sub-shell: what a command sets, such as a process id, must stay.
  if "$@" > "$work/check.log" 2>&1; then ok "$title"; else failed "$title"; sed 's/^/    /' "$work/check.log" | tail -n 15; fi
}
# eventually <seconds> <command>…: until it succeeds.
eventually() {
  local end=$((SECONDS + $1)); shift
  until "$@" > /dev/null 2>&1; do
    [ $SECONDS -lt $end ] || { "$@"; return; }
    sleep 0.3
  done
}
# none <command>…: it succeeds and prints nothing; what it prints is what is left. An error is no proof that nothing is.
none() { local out; out=$("$@") || return; [ -z "$out" ] || { echo "$out"; return 1; }; }
# Two values, of which neither may be empty: an empty one was not found.
same() { [ -n "$1" ] && [ "$1" = "$2" ] || { echo "'$1' and '$2'"; return 1; }; }
differ() { [ -n "$1" ] && [ -n "$2" ] && [ "$1" != "$2" ] || { echo "'$1' and '$2'"; return 1; }; }
# says <text> <command>…: it fails, and says this.
says() { local text=$1 said; shift; said=$("$@" 2>&1) && return 1; echo "$said"; grep -q -- "$text" <<< "$said"; }
