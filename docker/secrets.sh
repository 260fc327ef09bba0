#!/bin/sh
# Makes the secrets of compose.yaml: random passwords, and the master key that wraps each user's data key (a Tink keyset).
# What exists is kept: a new master key could not open what the old one sealed. Usage: sh docker/secrets.sh [FOLDER]
set -eu

case $0 in
    */*) here=${0%/*} ;;
    *) here=. ;;
esac
folder=${1:-$here/secrets}

# Containers read the files under user ids of their own, so the files are readable and the folder keeps others out.
umask 022
mkdir -p "$folder"
chmod 700 "$folder"

# secret NAME: stores what stands on the input, unless there is one already.
secret() {
    if [ -s "$folder/$1" ]; then
        cat >/dev/null
        echo "kept $folder/$1"
    else
        cat >"$folder/$1.new"
        mv "$folder/$1.new" "$folder/$1"
        echo "made $folder/$1"
    fi
}

base64_line() {
    base64 | tr -d '\n'
}

for role in postgres tideline_owner tideline_job tideline_support tideline_product tideline_privacy; do
    head -c 24 /dev/urandom | base64_line | tr '+/' '-_' | secret "${role}_password"
done

# An AesGcmKey in protocol-buffer form: field 3, 32 bytes.
key=$({
    printf '\032\040'
    head -c 32 /dev/urandom
} | base64_line)
id=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')
id=$((id % 2147483647 + 1))
printf '{"primaryKeyId":%s,"key":[{"keyData":{"typeUrl":"%s","value":"%s","keyMaterialType":"SYMMETRIC"},%s}]}\n' \
    "$id" type.googleapis.com/google.crypto.tink.AesGcmKey "$key" \
    "\"status\":\"ENABLED\",\"keyId\":$id,\"outputPrefixType\":\"TINK\"" | secret tideline_master_key
