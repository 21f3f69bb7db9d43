#!/usr/bin/env bash
# Builds everything with warnings as errors, checks the format, runs all tests with coverage, and sums up in the last line.
# Ends with the exit code of the first stage that failed. Arguments go to `dotnet test` (--filter Name~Something).
set -uo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" || exit 1
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
if ! command -v dotnet >/dev/null 2>&1; then
  export PATH="$PATH:${DOTNET_ROOT:-$HOME/.dotnet}"
fi
if ! command -v dotnet >/dev/null 2>&1; then
  echo "run-tests: the .NET SDK 10.0 is not installed; install the package dotnet-sdk-10.0." >&2
  exit 2
fi

results=TestResults
rm -rf "$results"
mkdir -p "$results"
first_failure=0
started=$SECONDS

# stage NAME COMMAND...: runs it, says how long it took, remembers the first failure.
stage() {
  local name=$1 status=0 since=$SECONDS
  shift
  echo "== $name"
  "$@" || status=$?
  if [ "$status" -ne 0 ]; then
    echo "== $name failed with exit code $status"
    [ "$first_failure" -ne 0 ] || first_failure=$status
  else
    echo "== $name: $((SECONDS - since)) s"
  fi
  return "$status"
}

build() {
  # Nothing incremental: a project that is up to date would not be looked at by the analyzers.
  dotnet restore Conformance.sln -v quiet && dotnet build Conformance.sln -c Release --no-restore --no-incremental -warnaserror -v quiet -clp:NoSummary
}

# Style and analyzers are errors of the build already; what it does not see is the layout of the text.
format() { dotnet format whitespace Conformance.sln --no-restore --verify-no-changes; }

# The test projects one after the other, each with its own folder of results. Only the project's own subject is measured:
# counting every line of the model while suites run on it takes longer than running them.
tests() {
  local project name status=0 failed=0 measured=DataCollectionRunSettings.DataCollectors.DataCollector.Configuration.Include
  while IFS= read -r project; do
    name=$(basename "$project" .csproj)
    dotnet test "$project" -c Release --no-build -v quiet --results-directory "$results/$name" \
      --collect 'XPlat Code Coverage' --settings .ci/coverage.runsettings --logger 'console;verbosity=quiet' --logger "trx;LogFileName=$name.trx" "$@" \
      -- "$measured=[$(assembly "${name%.Tests}")]*" \
      >"$results/$name.log" 2>&1 || failed=$?
    if [ "$failed" -ne 0 ]; then
      status=$failed
      failed=0
      cat "$results/$name.log"
    fi
    awk -v name="$name" '
      match($0, /<Counters [^>]*>/) {
        counters = substr($0, RSTART, RLENGTH)
        printf "%-32s %6d passed %4d failed %4d skipped\n", name, value("passed"), value("failed") + value("error") + value("timeout"), \
          value("total") - value("executed")
      }
      function value(key,   at, text) {
        at = match(counters, " " key "=\"[0-9]+\"")
        if (!at) return 0
        text = substr(counters, RSTART, RLENGTH)
        gsub(/[^0-9]/, "", text)
        return text + 0
      }' "$results/$name/$name.trx" 2>/dev/null | tee -a "$results/counts"
    sed -n 's/^ *Skipped //p' "$results/$name.log"
  done < <(find . -name '*.Tests.csproj' -not -path '*/obj/*' | sort)
  return "$status"
}

# The assembly that a project makes.
assembly() { if [ "$1" = Conformance.Cli ]; then echo conformance; else echo "$1"; fi; }

# Lines of each project that its own tests run, from the Cobertura files of coverlet.
coverage() {
  local report name
  printf '%-32s %s\n' 'covered by its own tests' 'lines'
  for report in "$results"/*/*/coverage.cobertura.xml; do
    name=$(basename "$(dirname "$(dirname "$report")")" .Tests)
    awk -v project="$name" -v assembly="$(assembly "$name")" '
      /<package / { inside = index($0, "name=\"" assembly "\"") > 0 }
      inside && /<line / {
        # A line can stand twice, under its method and under its class; class lists come last and are whole.
        split($0, part, "\"")
        key = file ":" part[2]
        seen[key] = 1
        if (part[4] + 0 > 0) hit[key] = 1
      }
      /<class / { if (match($0, /filename="[^"]*"/)) file = substr($0, RSTART, RLENGTH) }
      END {
        for (key in seen) { lines++; if (key in hit) covered++ }
        if (lines) printf "%-32s %5.1f %% of %d\n", project, 100 * covered / lines, lines
        else printf "%-32s not measured\n", project
      }' "$report"
  done
}

if stage build build; then
  stage format format
  stage tests tests "$@"
  stage coverage coverage
fi
awk -v seconds=$((SECONDS - started)) '
  { passed += $2; failed += $4; skipped += $6 }
  END {
    printf "%d s in all\n%d passed, %d failed, %d skipped\n", seconds, passed, failed, skipped
    exit !(passed > 0)
  }' "$results/counts" 2>/dev/null || { [ -s "$results/counts" ] || echo '0 passed, 0 failed, 0 skipped'; [ "$first_failure" -ne 0 ] || first_failure=1; }
exit "$first_failure"
