# make demo and make test are all a newcomer needs; each installs what it lacks.

PACKAGES := libssl-dev libusb-1.0-0-dev libsqlite3-dev libzip-dev libp11-kit-dev libxml2 libzint-dev pkg-config
# What only the tests use: the auditor's tools, a third verifier, a reader of QR codes, a token.
TEST_PACKAGES := bash openssl python3 sqlite3 golang-go golang-golang-x-mod-dev softhsm2 opensc zbar-tools
MINTMARK := .build/debug/mintmark
RELEASE  := .build-release
# bench and soak share one release build, so both have their flags from here.
RELEASED := -c release --scratch-path $(RELEASE) -Xswiftc -enable-testing
SOURCES  := Sources Tests Package.swift

.PHONY: demo test check build packages lint format docs examples bench crash soak

demo: build
	$(MINTMARK) demo

test: PACKAGES += $(TEST_PACKAGES)
test: packages
	swift build --build-tests
	swift test --skip-build --disable-xctest --no-parallel

# The same here and in CI.
check: PACKAGES += $(TEST_PACKAGES)
check: packages lint
	swift build --build-tests --explicit-target-dependency-import-check error
	@scripts=Tests/Scripts; $$scripts/run-tests.sh
	$(MINTMARK) docs check
	$(MAKE) examples

build: packages
	swift build --product mintmark

# Installs the Debian packages that are missing, with one retry.
packages:
	@missing=$$(for p in $(PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	  sudo=$$([ $$(id -u) -eq 0 ] || echo sudo); \
	  install() { $$sudo apt-get update -q && $$sudo apt-get install -q -y --no-install-recommends $$missing; }; \
	  install || { sleep 5; install; }; \
	fi

lint:
	swift format lint --strict --parallel --recursive $(SOURCES)

format:
	swift format --in-place --parallel --recursive $(SOURCES)

docs: build
	$(MINTMARK) docs generate

# Every station file and template in the tree.
examples:
	$(MINTMARK) station check stations/*.yaml
	$(MINTMARK) template check $(wildcard templates/*)

bench: packages
	swift build $(RELEASED) --product mintmark
	swift build $(RELEASED) --product bench-dialog
	swift build $(RELEASED) --product bench-ledger
	Tests/Bench/run.sh $(RELEASE)/release

crash: PACKAGES += $(TEST_PACKAGES)
crash: packages
	swift build --build-tests
	MINTMARK_FLEETS=100 swift test --skip-build --disable-xctest --no-parallel --filter FleetTests
	MINTMARK_KILLS=200 swift test --skip-build --disable-xctest --no-parallel --filter KillTests
	MINTMARK_SWEEP=all swift test --skip-build --disable-xctest --no-parallel --filter KillSweepTests
	MINTMARK_IMAGES=100000 swift test --skip-build --disable-xctest --no-parallel --filter PowerCutTests
	MINTMARK_FAULTS=all swift test --skip-build --disable-xctest --no-parallel --filter FailingCallTests
	MINTMARK_DAMAGES=2000 swift test --skip-build --disable-xctest --no-parallel --filter DamageTests
	MINTMARK_MIRRORS=100 swift test --skip-build --disable-xctest --no-parallel --filter MirrorTests
	MINTMARK_MUTANTS=5000 swift test --skip-build --disable-xctest --no-parallel --filter BundleTests

# A million registrations through outages, storms and power cuts.
soak: PACKAGES += $(TEST_PACKAGES)
soak: packages
	swift build $(RELEASED) --build-tests
	MINTMARK_STORMS=100 swift test $(RELEASED) --skip-build --disable-xctest --no-parallel --filter StormTests
