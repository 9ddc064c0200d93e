#!/usr/bin/env bash
# Install the programs that the slow tests talk to, where that is allowed.
#
# As root on Debian they are installed; elsewhere what is missing is named, the tests that need it
# are skipped and say so. With CI=true a missing program is a failure.
set -euo pipefail

declare -A package=(
    [mosquitto]=mosquitto
    [mosquitto_pub]=mosquitto-clients
    [coap-client-notls]=libcoap3-bin
    [chromium]=chromium
    [tshark]=tshark
    [ip]=iproute2
    [ss]=iproute2
    [systemd-analyze]=systemd
    [mkfs.ext4]=e2fsprogs
    [mkfs.btrfs]=btrfs-progs
)

missing=()
for program in "${!package[@]}"; do
    PATH="$PATH:/usr/sbin:/sbin" command -v "$program" >/dev/null || missing+=("${package[$program]}")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "installing: ${missing[*]}"
    # A broker that came to be tested must not start by itself as a service.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e $policy ]; then
        printf '#!/bin/sh\nexit 101\n' >$policy
        chmod +x $policy
        trap 'rm -f $policy' EXIT
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    exit 0
fi

echo "not installed: ${missing[*]} (the tests that need them are skipped)" >&2
[ "${CI:-}" != true ]
