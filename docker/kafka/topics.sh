#!/bin/sh
# Creates the topics that are missing; those that exist stay as they are.
# BOOTSTRAP (host:port), PARTITIONS (default 6), REPLICATION (default 3), KAFKA_HOME (default /opt/kafka),
# COMMAND_CONFIG (a file of client properties, for a broker that asks for a login).
#
# The job writes segment-changes in transactions that must outlive an outage: its setting kafka.transaction-timeout
# may not exceed transaction.max.timeout.ms of the brokers, which is 15 min unless raised.
set -eu

partitions=${PARTITIONS:-6}
replication=${REPLICATION:-3}
month=2592000000

# Outputs bear event time as their records' timestamp. Where that is old, as in a replay, retention would delete them
# at once; so their age counts from when the broker took them.
arrival=message.timestamp.type=LogAppendTime

# topic NAME PARTITIONS SETTING…
topic() {
    name=$1
    count=$2
    shift 2
    settings=
    for setting in "$@"; do
        settings="$settings --config $setting"
    done
    # shellcheck disable=SC2086 # settings is a list of words
    "${KAFKA_HOME:-/opt/kafka}/bin/kafka-topics.sh" --bootstrap-server "$BOOTSTRAP" \
        ${COMMAND_CONFIG:+--command-config "$COMMAND_CONFIG"} \
        --create --if-not-exists --topic "$name" \
        --partitions "$count" --replication-factor "$replication" $settings
}

topic behavioral-events "$partitions" retention.ms=$month
topic user-profiles "$partitions" cleanup.policy=compact
# A job that starts anew reads every request there ever was: consent is not something to forget after a week.
topic privacy-requests "$partitions" retention.ms=-1
# One partition: rules that refer to each other keep their order.
topic rules 1 cleanup.policy=compact
topic alert-actions "$partitions" retention.ms=$month

topic risk-alerts "$partitions" $arrival retention.ms=$month
topic segment-changes "$partitions" $arrival retention.ms=$month
# Snapshots are for readers that begin now.
topic segment-memberships "$partitions" $arrival retention.ms=604800000
topic rule-status 1 $arrival cleanup.policy=compact
topic dead-letters "$partitions" $arrival retention.ms=$month
topic health 1 $arrival retention.ms=604800000
