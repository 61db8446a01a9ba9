# SPDX-License-Identifier: ISC
# What ./demo and ./check share: packages and the build. Sourced by bash with
# `top` set to the checkout.

# Prints the packages of packages.txt for these times (build run test) that
# are not installed.
missing_packages() {
	local when name known
	known=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' 2>/dev/null |
		sed -n 's/^ii *//p') || return 0
	while read -r when name; do
		case " $* " in *" $when "*) ;; *) continue ;; esac
		grep -qxF -- "$name" <<<"$known" || printf '%s\n' "$name"
	done < <(grep -v '^#' "$top/packages.txt")
}

# Installs what is missing: as root, by one sudo, or says the command and ends.
install_packages() {
	local missing as=
	command -v dpkg-query >/dev/null || {
		echo "not a Debian system: see packages.txt for what is needed" >&2
		return 0
	}
	missing=$(missing_packages "$@" | sort -u | tr '\n' ' ')
	[ -n "$missing" ] || return 0
	if [ "$(id -u)" -ne 0 ]; then
		command -v sudo >/dev/null && sudo -n true 2>/dev/null && as=sudo
		[ -z "$as" ] && [ -t 0 ] && command -v sudo >/dev/null && as=sudo
		if [ -z "$as" ]; then
			echo "These packages are missing. Have this run as root, then come back:" >&2
			echo "  apt-get update" >&2
			echo "  apt-get install --no-install-recommends $missing" >&2
			exit 1
		fi
	fi
	echo "installing $missing" >&2
	# shellcheck disable=SC2086
	$as apt-get update -qq &&
		$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
			--no-install-recommends $missing >&2
}

# Builds in DIR (below the checkout) with these configure options.
build_in() {
	local dir=$1
	shift
	mkdir -p "$dir"
	if [ ! -x "$top/configure" ] || [ "$top/configure.ac" -nt "$top/configure" ]; then
		(cd "$top" && autoreconf -fi) >"$dir/autoreconf.log" 2>&1 || {
			cat "$dir/autoreconf.log" >&2
			return 1
		}
	fi
	if [ ! -f "$dir/Makefile" ] || [ "$(cat "$dir/options" 2>/dev/null)" != "$*" ]; then
		(cd "$dir" && "$top/configure" -q "$@") >&2 || return 1
		printf '%s' "$*" >"$dir/options"
	fi
	make -s -C "$dir" -j"$(nproc)" all >"$dir/make.log" 2>&1 || {
		cat "$dir/make.log" >&2
		return 1
	}
}
