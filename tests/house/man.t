#!/bin/sh
# SPDX-License-Identifier: ISC
# Every man page is clean mdoc.
if ! command -v mandoc >/dev/null; then
	echo "1..0 # SKIP mandoc is not installed"
	exit 0
fi
n=0
for page in "$SG_SRC"/man/*.[1-8]; do
	n=$((n + 1))
	if said=$(mandoc -T lint -W warning "$page" 2>&1); then
		echo "ok $n - ${page##*/} is clean mdoc"
	else
		echo "$said" | sed 's/^/# /'
		echo "not ok $n - ${page##*/} is clean mdoc"
	fi
done
echo "1..$n"
