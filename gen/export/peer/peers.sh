#!/bin/sh
# Holds the exported documents against the tools that people feed them to: two linters, a mock server and a
# generator of TypeScript, all of npm. `go test` in this folder does the same with two Go libraries.
# Needs npm and curl; everything is installed below a temporary folder, or below $PEERS_TOOLS to keep it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=$(mktemp -d)
mock=
cleanup() {
    [ -z "$mock" ] || kill "$mock" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM

tools=${PEERS_TOOLS:-$work/tools}
mkdir -p "$tools" "$work/documents"
cp "$here/package.json" "$tools/"
(cd "$tools" && npm install --no-audit --no-fund --ignore-scripts --loglevel=error >"$work/npm.log" 2>&1) || { cat "$work/npm.log"; exit 1; }
PATH=$tools/node_modules/.bin:$PATH
export REDOCLY_TELEMETRY=off

(cd "$root" && go build -o "$work/ecsconform" ./cmd/ecsconform)
apis=$(cd "$root/spec/openapi" && for f in */openapi.yaml; do dirname "$f"; done)
export_to() { # api, name of the file, further flags
    api=$1 name=$2
    shift 2
    "$work/ecsconform" spec export --api "$api" -o "$work/documents/$name.yaml" "$@"
}
for api in $apis; do
    export_to "$api" "$api"
    export_to "$api" "$api-plain" --plain
done
for version in 2.1 2.26 2.60; do
    export_to nova "nova-$version" --plain --microversion "$version"
done

failed=0
fail() {
    echo "FAILED: $*"
    failed=1
}
cd "$work/documents"
for document in *.yaml; do
    echo "== $document"
    # Redocly's exit status passes over warnings.
    redocly lint "$document" --config "$here/redocly.yaml" --format=json >"$work/redocly.json" 2>"$work/redocly.err" || true
    node -e 'const {totals, problems} = JSON.parse(require("fs").readFileSync(process.argv[1]));
        for (const p of problems) console.log(`${p.severity} ${p.ruleId}: ${p.message} ${p.location[0]?.pointer ?? ""}`);
        process.exit(totals.errors + totals.warnings ? 1 : 0)' "$work/redocly.json" || { cat "$work/redocly.err"; fail "redocly lint $document"; }
    spectral lint "$document" -r "$here/spectral.yaml" --fail-severity=hint >"$work/spectral.txt" 2>&1 || { cat "$work/spectral.txt"; fail "spectral lint $document"; }
    openapi-typescript "$document" -o "$document.ts" >"$work/ts.txt" 2>&1 || { cat "$work/ts.txt"; fail "openapi-typescript $document"; }
done
tsc --strict --noEmit --target es2022 --module esnext --moduleResolution bundler ./*.ts || fail "tsc --strict"

port=${PEERS_PORT:-14910}
for api in $apis; do
    echo "== mock of $api"
    prism mock -h 127.0.0.1 -p "$port" "$api-plain.yaml" >"$work/prism.log" 2>&1 &
    mock=$!
    tries=0
    until grep -q "Prism is listening" "$work/prism.log" || [ "$tries" -ge 60 ] || ! kill -0 "$mock" 2>/dev/null; do
        tries=$((tries + 1))
        sleep 1
    done
    # A call without its body is refused by the mock, which has read the contract then.
    case $api in
    iam) want=422 call="-X POST http://127.0.0.1:$port/v3/auth/tokens" ;;
    ecs) want=200 call="http://127.0.0.1:$port/v1/p/cloudservers/limits" ;;
    nova) want=200 call="http://127.0.0.1:$port/v2.1/p/servers/detail" ;;
    workspace) want=200 call="http://127.0.0.1:$port/v1/p/app-server-groups" ;;
    *) want=422 call="-X POST http://127.0.0.1:$port/v2/d/auto-launch-groups" ;;
    esac
    # shellcheck disable=SC2086 # the call is two words on purpose
    got=$(curl -s -o "$work/answer" -w '%{http_code}' --max-time 20 -H 'X-Auth-Token: none' -H 'Content-Type: application/json' $call || true)
    [ "$got" = "$want" ] || { cat "$work/prism.log"; fail "prism mock $api: status $got, want $want"; }
    kill "$mock" 2>/dev/null || true
    wait "$mock" 2>/dev/null || true
    mock=
    port=$((port + 1)) # the last one may linger
done
[ "$failed" -eq 0 ] && echo "all tools take all documents"
exit "$failed"
