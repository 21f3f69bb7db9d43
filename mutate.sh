#!/usr/bin/env bash
# Changes the model in one place after the other and sees whether the suites notice: ./mutate.sh --count 300 --seed 7
# For developers; CONTRIBUTING.md says what to do with a survivor.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
if ! command -v dotnet >/dev/null 2>&1; then
  export PATH="$PATH:${DOTNET_ROOT:-$HOME/.dotnet}"
fi
if ! command -v dotnet >/dev/null 2>&1; then
  echo "mutate: the .NET SDK 10.0 is not installed; install the package dotnet-sdk-10.0." >&2
  exit 2
fi
ready=$root/Mutation/bin/ready
publish() {
  dotnet publish "$root/Mutation/Conformance.Mutation.csproj" -c Release -o "$ready" --use-current-runtime --no-self-contained \
    -nologo -v quiet -clp:NoSummary -p:RunAnalyzers=false "$@"
}

# Compiled ahead of time it is ready in half the time. That takes a package which not every NuGet source has.
publish -p:PublishReadyToRun=true >/dev/null 2>&1 || publish
exec "$ready/Conformance.Mutation" --root "$root" "$@"
