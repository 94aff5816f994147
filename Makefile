# The verbs of the house. `make` alone prints them.
GO       ?= go
GOLANGCI ?= $(GO) run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
REPORT   ?= report
TARGET   ?=
PEERS    := gen/auth/peer gen/export/peer fixtures/simulator/peer

.DEFAULT_GOAL := help
.PHONY: help build conformance conform test race check fmt vet lint gen gen-check kill bench fuzz peers clean

help: ## print this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build bin/ecsconform
	$(GO) build -trimpath -o bin/ecsconform ./cmd/ecsconform

conformance: build ## run the suite on the embedded simulator and open the way to the report
	./bin/ecsconform run --simulator --report $(REPORT)

conform: build ## run the suite on a real endpoint: make conform TARGET=endpoint.yaml
	@test -n "$(TARGET)" || { echo "say which endpoint: make conform TARGET=endpoint.yaml"; exit 2; }
	./bin/ecsconform run --endpoint $(TARGET) --report $(REPORT)

test: ## pass all tests (peers included; needs Debian's chromium for the page)
	$(GO) test ./...
	@for m in $(PEERS); do (cd $$m && echo "$(GO) test $$m" && $(GO) test ./...) || exit 1; done

race: ## the same under the race detector
	$(GO) test -race ./...

check: fmt vet gen-check lint ## format, vet, regenerate-and-diff, lint, import directions
	$(GO) test ./conformance/selftest -run 'TestImport' -count=1

fmt:
	@out=$$(gofmt -l $$(git ls-files -co --exclude-standard '*.go')); test -z "$$out" || { echo "gofmt these:"; echo "$$out"; exit 1; }

vet:
	$(GO) vet ./...

lint:
	$(GOLANGCI) run ./...

gen: ## recreate everything generated, byte for byte
	$(GO) run ./cmd/ecsgen

gen-check:
	$(GO) run ./cmd/ecsgen -check

kill: ## run every fault and see that the right checks turn red
	$(GO) test ./conformance/selftest -run 'TestKillMatrix' -count=1 -v

bench: ## benchmarks of the judge, also beside its peers, of the simulator and the report
	$(GO) test -run '^$$' -bench . -benchmem ./gen/... ./conformance/... ./fixtures/...
	cd gen/validate/bench && $(GO) test . && $(GO) run .

fuzz: ## fuzz each target for a bounded time: make fuzz FUZZTIME=30s or 2000x
	@FUZZTIME=$${FUZZTIME:-10s}; $(GO) list ./... | while read p; do \
	  for f in $$($(GO) test -list '^Fuzz' $$p 2>/dev/null | grep '^Fuzz'); do \
	    echo "fuzz $$p $$f $$FUZZTIME"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $$FUZZTIME $$p || exit 1; \
	  done; done

peers: ## hold the exported documents against the tools of others (needs npm)
	./gen/export/peer/peers.sh

clean: ## remove what the verbs above made
	rm -rf bin $(REPORT)
